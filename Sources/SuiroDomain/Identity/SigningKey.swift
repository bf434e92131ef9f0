/// A key the built-in issuer signs with, as it is kept: its public part in the open, its private part wrapped.
package struct SigningKey: Hashable, Sendable {
    /// The thumbprint of the public key (RFC 7638).
    package let id: String
    /// 1, 2, 3 …: no two keys of one database share a number, so that two servers cannot both add the next one.
    package let generation: Int
    /// The two coordinates of the public point, 64 bytes in base64url.
    package let point: String
    package var wrapped: String
    /// The name the key had before names were thumbprints; tokens from then carry it.
    package let formerID: String?
    package let createdAt: Instant
    package let publishedFrom: Instant
    package let signsFrom: Instant
    /// From when on no token of this key can be alive; `nil` while there is no successor.
    package var retiredAt: Instant?

    package init(
        id: String,
        generation: Int,
        point: String,
        wrapped: String,
        formerID: String?,
        createdAt: Instant,
        publishedFrom: Instant,
        signsFrom: Instant,
        retiredAt: Instant? = nil
    ) {
        (self.id, self.generation, self.point, self.wrapped) = (id, generation, point, wrapped)
        (self.formerID, self.createdAt, self.publishedFrom) = (formerID, createdAt, publishedFrom)
        (self.signsFrom, self.retiredAt) = (signsFrom, retiredAt)
    }

    /// Whether a token that this key signed can still be alive.
    package func counts(at now: Instant) -> Bool { retiredAt.map { now < $0 } ?? true }
}

/// When keys change (reliability 4.2).
package enum KeySchedule {
    package static let days = 30
    /// Seconds a key is published before it signs, so that everybody has it by then.
    package static let headStart = 86_400
    /// Seconds a key stays after its successor signs: the longest life of a token, and a day.
    package static let stay = 3600 + 60 + 86_400
}

extension [SigningKey] {
    /// The key that signs: the newest whose time has come; where a clock was set back before all of them, the oldest.
    package func signer(at now: Instant) -> SigningKey? {
        let ordered = sorted { $0.generation < $1.generation }
        return ordered.last { $0.signsFrom <= now } ?? ordered.first
    }

    /// What others are told: every key whose tokens may be alive or are about to be.
    package func published(at now: Instant) -> [SigningKey] {
        let signer = signer(at: now)
        return filter { $0.id == signer?.id || ($0.publishedFrom <= now && $0.counts(at: now)) }
            .sorted { $0.generation < $1.generation }
    }

    /// Whether a successor has to be made: none waits, and the newest has signed long enough.
    package func needSuccessor(at now: Instant) -> Bool {
        guard let newest = self.max(by: { $0.generation < $1.generation }) else { return true }
        return newest.signsFrom.adding(days: KeySchedule.days).adding(seconds: -KeySchedule.headStart) <= now
    }

    /// Whether a key is published that does not sign yet.
    package func hasWaiting(at now: Instant) -> Bool { contains { now < $0.signsFrom } }
}
