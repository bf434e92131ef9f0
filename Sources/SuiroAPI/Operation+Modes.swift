import SuiroDomain
import SuiroHTTP

extension Operation {
    /// Operations that give power away or take it: a person's sign-in must be fresh for them (reliability 4.5).
    package static let dangerous: Set<String> = [
        "multichannel.access.end", "multichannel.delegations.accept", "multichannel.invitations.accept",
        "multichannel.killswitches.set", "multichannel.moves.consent", "multichannel.policypackages.publish",
        "transfers.accept",
    ]
    /// Seconds a sign-in is fresh for.
    static let freshness = 300

    /// Whether this kind of token may be used here: program or person (endpoints catalogue), second factor (K-08),
    /// fresh sign-in. `trustsUndated` takes the built-in issuer's tokens that do not say when the sign-in was for fresh.
    func admit(_ bearer: Bearer, at now: Instant, trustsUndated: Bool) throws {
        if access == .userOnly, !bearer.isUser { throw Refusal.accessDenied(missing: "app+user token") }
        guard bearer.isUser else { return }
        guard bearer.usedSecondFactor else { throw TokenFault.noMFA }
        guard Self.dangerous.contains(id) else { return }
        try Self.requireFresh(bearer, at: now, trustsUndated: trustsUndated)
    }

    /// The same for an operation that is dangerous only by what its body asks for: approving what Graph calls a request.
    static func requireFresh(_ bearer: Bearer, at now: Instant, trustsUndated: Bool) throws {
        guard bearer.isUser else { return }
        guard let signedIn = bearer.authTime else {
            guard trustsUndated, !bearer.isExternal else { throw TokenFault.signInTooOld }
            return
        }
        guard signedIn <= now.adding(seconds: TokenGate.leeway), now <= signedIn.adding(seconds: Self.freshness) else {
            throw TokenFault.signInTooOld
        }
    }
}
