import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// Delivers what is due: for each partner in order, different partners side by side, so that a slow or dead receiver
/// keeps nobody else waiting. Any number of servers may do so at once: what one of them holds no other touches, and what
/// a server held when it died is free again after two minutes, on SQLite with the next start. Receivers are told at least once.
package actor WebhookDispatcher {
    /// Makes the request for a delivery, as the wire wants it.
    package typealias Compose = @Sendable (OutgoingWebhook, _ wall: Instant) async throws -> WebhookCall

    private static let lanesAtOnce = 256
    private static let heldAtOnce = 8
    /// Longer than the attempts of everything that is held at once can take.
    private static let hold = 120

    private let service: PartnerService
    private let transport: WebhookTransport
    private let schedule: RetrySchedule
    private let wall: @Sendable () -> Instant
    private let compose: Compose
    private let complain: @Sendable (any Error) -> Void
    private var lanes: [ID<Tenant>: Task<Void, Never>] = [:]

    /// `wall` is the real time, which holds and attempts are measured in: a test clock would end holds
    /// early.
    package init(
        _ service: PartnerService,
        transport: WebhookTransport,
        schedule: RetrySchedule = .usual,
        wall: @escaping @Sendable () -> Instant = {
            Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        },
        complain: @escaping @Sendable (any Error) -> Void = { _ in },
        compose: @escaping Compose
    ) {
        (self.service, self.transport, self.schedule) = (service, transport, schedule)
        (self.wall, self.complain, self.compose) = (wall, complain, compose)
    }

    /// Delivers until it is cancelled; what is then under way is let go of and tried again later.
    package func run() async {
        await takeOver()
        while !Task.isCancelled {
            await start()
            try? await Task.sleep(for: .seconds(1))
        }
        for lane in lanes.values { lane.cancel() }
        for lane in lanes.values { await lane.value }
    }

    /// Where no other process can hold anything, what is held is from before our start.
    private func takeOver() async {
        guard service.store.kind == "sqlite" else { return }
        do {
            _ = try await service.writeAsSystem { tx in
                try tx.releaseAllWebhooks()
                return true
            }
        } catch {
            complain(error)
        }
    }

    /// Returns when nothing is due any more, or when the time is over; answers which.
    @discardableResult
    package func settle(within limit: Duration) async -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end, !Task.isCancelled {
            if lanes.isEmpty {
                await start()
                if lanes.isEmpty { return true }
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    /// Opens a lane for each partner that has something due and none open.
    private func start() async {
        do {
            let wall = wall()
            let due = try await service.readAsSystem { tx in
                try tx.partnersWithDueWebhooks(wall: wall, limit: Self.lanesAtOnce)
            }
            for tenant in due where lanes[tenant] == nil && lanes.count < Self.lanesAtOnce {
                lanes[tenant] = Task { await drain(tenant) }
            }
        } catch {
            complain(error)
        }
    }

    private func drain(_ tenant: ID<Tenant>) async {
        let holder = service.environment.newUUID().lowercased
        do {
            var goesOn = true
            while goesOn, !Task.isCancelled {
                let held = try await hold(tenant, holder)
                guard !held.isEmpty else { break }
                for outgoing in held where goesOn && !Task.isCancelled {
                    goesOn = try await deliver(outgoing, holder)
                }
            }
        } catch {
            complain(error)
        }
        await release(tenant, holder)
        lanes[tenant] = nil
    }

    private func hold(_ tenant: ID<Tenant>, _ holder: String) async throws -> [OutgoingWebhook] {
        let wall = wall()
        return try await service.writeAsSystem(in: .tenant(tenant)) { tx in
            try tx.holdWebhooks(
                of: tenant,
                by: holder,
                wall: wall,
                until: wall.adding(seconds: Self.hold),
                limit: Self.heldAtOnce
            )
        }
    }

    /// One attempt. Answers whether the next event may go out now: not where nobody answered.
    private func deliver(_ outgoing: OutgoingWebhook, _ holder: String) async throws -> Bool {
        let call = try await compose(outgoing, wall())
        let began = wall()
        let result = await transport.post(call)
        // An attempt that was cut off by our own end is none of the receiver's.
        guard !Task.isCancelled else { return false }
        let took = max(0, wall().milliseconds - began.milliseconds)
        let (status, cause, response): (Int?, DeliveryCause?, String) =
            switch result {
            case .success(let answer): (answer.status, DeliveryCause(status: answer.status), answer.body)
            case .failure(let failure): (nil, failure.cause, "")
            }
        let now = service.environment.now()
        var delivery = outgoing.delivery
        delivery.conclude(cause, by: schedule, at: now)
        let attempt = DeliveryAttempt(
            number: delivery.attempts,
            at: now,
            status: status,
            cause: cause,
            milliseconds: Int(took),
            response: response
        )
        let concluded = delivery
        let isOurs = try await service.writeAsSystem(in: .tenant(delivery.tenant)) { tx in
            try tx.conclude(concluded, attempt, heldBy: holder)
        }
        return isOurs && cause?.isWithoutAnswer != true
    }

    private func release(_ tenant: ID<Tenant>, _ holder: String) async {
        do {
            _ = try await service.writeAsSystem(in: .tenant(tenant)) { tx in
                try tx.releaseWebhooks(of: tenant, heldBy: holder)
                return true
            }
        } catch {
            complain(error)
        }
    }
}
