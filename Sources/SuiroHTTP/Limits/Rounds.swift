import Synchronization

/// Which customers a person has turned to in the last hour: at most `limit` of them, of at most `capacity` people.
final class Rounds: Sendable {
    private struct Round {
        var customers: [String: ContinuousClock.Instant] = [:]
        var told: ContinuousClock.Instant?
    }

    private static let hour = Duration.seconds(3600)
    private let limit: Int
    private let capacity: Int
    private let rounds = Mutex<[String: Round]>([:])

    init(limit: Int, capacity: Int) {
        (self.limit, self.capacity) = (limit, capacity)
    }

    /// Notes a visit, or says when another customer may be turned to. Customers who are among the hour's are always free.
    func visit(_ customer: String, by person: String, at now: ContinuousClock.Instant) -> RoundEnded? {
        rounds.withLock { rounds in
            if rounds[person] == nil, rounds.count >= capacity {
                rounds = rounds.filter { $0.value.customers.values.contains { now - $0 < Self.hour } }
                // Nobody goes uncounted because there is no room.
                if rounds.count >= capacity, let first = rounds.keys.first { rounds[first] = nil }
            }
            var round = rounds[person] ?? Round()
            round.customers = round.customers.filter { now - $0.value < Self.hour }
            defer { rounds[person] = round }
            if round.customers[customer] == nil, round.customers.count >= limit {
                let isNews = round.told.map { now - $0 >= Self.hour } ?? true
                if isNews { round.told = now }
                let left = (round.customers.values.min() ?? now) + Self.hour - now
                return RoundEnded(seconds: max(1, Int((left / .seconds(1)).rounded(.up))), isNews: isNews)
            }
            round.customers[customer] = round.customers[customer] ?? now
            return nil
        }
    }
}
