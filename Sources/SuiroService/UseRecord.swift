import SuiroDomain

/// A path into a customer's tenant whose use is noted.
enum UsedPath: Hashable {
    case grant(ID<AccessGrant>)
    case relationship(ID<DelegatedAdminRelationship>)
}

/// What is on record at one moment of somebody's work in a customer's tenant. A note stands for an hour.
struct UseRecord: Sendable {
    let at: Instant
    /// The paths that the work used, and when the use of each was last noted.
    let paths: [(path: UsedPath, lastUsedAt: Instant?)]
    /// When it was last recorded that the caller looked.
    let lastRead: Instant?

    private static let hour = 3600

    /// The paths whose use is to be noted again.
    var due: [UsedPath] {
        paths.filter { dueAgain($0.lastUsedAt) <= at }.map(\.path)
    }

    /// When the first of the notes runs out, once all that is due has been noted.
    var standsUntil: Instant {
        let ends = paths.map { used in
            let end = dueAgain(used.lastUsedAt)
            return end <= at ? dueAgain(at) : end
        }
        let read = (lastRead ?? at).adding(seconds: Self.hour)
        return ends.reduce(read, min)
    }

    /// A use is noted again when more than an hour has passed.
    private func dueAgain(_ last: Instant?) -> Instant {
        guard let last else { return at }
        return last.adding(seconds: Self.hour).adding(milliseconds: 1)
    }
}
