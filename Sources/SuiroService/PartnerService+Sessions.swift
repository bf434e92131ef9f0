package import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// How long a session of the portal lasts (ASVS 7.3.1, 7.3.2): by the roles its person has now.
package struct SessionLimits: Hashable, Sendable {
    /// Minutes without a request, and in all.
    package let idle: Int
    package let total: Int

    private static let privileged: Set<Role> = [.adminAgent, .globalAdmin, .policyOwner, .auditor, .operator]

    package init(for roles: Set<Role>) {
        let isPrivileged = !roles.isDisjoint(with: Self.privileged)
        (idle, total) = isPrivileged ? (15, 12 * 60) : (60, 24 * 60)
    }

    /// Whether a session that is used like that still stands. The end itself is no longer part of it.
    package func allow(_ use: SessionUse, at now: Instant) -> Bool {
        use.isUnlimited
            || now < use.seen.adding(seconds: idle * 60) && now < use.began.adding(seconds: total * 60)
    }
}

extension PartnerService {
    /// Sessions one person may have at once (reliability 4.7).
    private static let mostSessions = 5
    /// A use is written down again after so many seconds: the idle limit is kept to that, on the short side.
    private static let touchAfter = 30

    /// Makes room for a session that has just begun: the oldest of too many end.
    func makeRoom(for person: Person, keeping new: String, _ tx: Transaction) throws {
        // In the sandbox one persona is many people's.
        guard !isSandbox else { return }
        // Several may have begun in one instant, so the new one need not come last.
        let older = try tx.sessionUses(of: person.id).filter { $0.idHash != new }
        try end(older.dropLast(Self.mostSessions - 1).map(\.idHash), of: person.id, as: .sessionEnded, tx)
    }

    /// Notes what a session is used with, and whether only signing out ends it.
    package func describeSession(
        _ cookie: String,
        device: String,
        isUnlimited: Bool,
        correlation: UUID
    ) async throws {
        let intent = Intent(.system, .serve, in: .system, at: environment.now(), correlation: correlation)
        try await store.write(intent) { tx in
            try tx.describeSession(
                idHash: sessionHash(cookie),
                device: String(device.prefix(80)),
                isUnlimited: isUnlimited
            )
        }
    }

    /// The session of a cookie, if it stands; its person, roles and limits are read anew with every request.
    package func liveSession(_ cookie: String) async throws -> (PortalSession, SessionUse)? {
        guard cookie.utf8.count == 64 else { return nil }
        let (hash, now) = (sessionHash(cookie), environment.now())
        let found = try await readAsSystem { tx -> (PortalSession, SessionUse)? in
            guard let session = try tx.portalSession(idHash: hash), let use = try tx.sessionUse(idHash: hash),
                let person = try tx.person(session.person), SessionLimits(for: person.roles).allow(use, at: now)
            else { return nil }
            return (session, use)
        }
        guard let found else { return nil }
        if !found.1.isUnlimited, now >= found.1.seen.adding(seconds: Self.touchAfter) {
            _ = try await writeAsSystem { tx in
                try tx.touchSession(idHash: hash)
                return true
            }
        }
        return found
    }

    /// The sessions of a person that stand.
    package func sessions(of person: ID<Person>) async throws -> [SessionUse] {
        let now = environment.now()
        return try await readAsSystem { tx in
            guard let roles = try tx.person(person)?.roles else { return [] }
            let limits = SessionLimits(for: roles)
            return try tx.sessionUses(of: person).filter { limits.allow($0, at: now) }
        }
    }

    /// Ends those of a person's sessions that `isMeant` names; whoever uses one is a stranger from the next request on.
    package func endSessions(
        of person: ID<Person>,
        where isMeant: @escaping @Sendable (SessionUse) -> Bool
    ) async throws {
        let intent = systemIntent(.serve)
        guard let tenant = try await store.read(intent, { tx in try tx.person(person)?.tenant }) else { return }
        _ = try await store.write(intent.moved(to: .tenant(tenant))) { tx in
            let meant = try tx.sessionUses(of: person).filter(isMeant).map(\.idHash)
            try end(meant, of: person, as: .sessionEnded, tx)
            return true
        }
    }
}

extension Intent {
    /// The server's same errand, where it writes.
    func moved(to scope: Scope) -> Intent { Intent(caller, action, in: scope, at: at, correlation: correlation) }
}

extension PartnerService {
    /// Keeps that somebody was stopped who turned to one customer after the other (D-06).
    package func noteEndedRound(_ context: CallContext) async {
        guard let tenant = context.caller.tenant else { return }
        let intent = Intent(
            context.caller,
            .readSelf,
            in: .tenant(tenant),
            at: environment.now(),
            correlation: context.correlation
        )
        let remark = Remark(details: ["reason": "TOO_MANY_REQUESTS", "limit": "round"], hasSucceeded: false)
        // Whoever is nobody to the gate is refused by it in any case.
        try? await store.write(intent) { tx in
            try tx.record(.attemptRefused(operation: "turnToCustomers"), remark)
        }
    }
}
