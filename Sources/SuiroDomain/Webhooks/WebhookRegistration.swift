/// Where one partner wants to be told of what. A partner has one (conventions, section 15).
package struct WebhookRegistration: Hashable, Codable, Sendable {
    package let tenant: ID<Tenant>
    /// What Partner Center calls `SubscriberId`.
    package let id: ID<WebhookRegistration>
    package private(set) var url: String
    package private(set) var events: Set<WebhookEventName>
    /// Whether the signature stands in `x-ms-signature` instead of `Authorization`.
    package private(set) var signsInOwnHeader: Bool
    /// The key of the second signature, shared with the receiver; text that begins with `whsec_`.
    package private(set) var secret: String
    package private(set) var secretSince: Instant
    package let createdAt: Instant
    package private(set) var changedAt: Instant
    package private(set) var revision: Int

    package init(
        tenant: ID<Tenant>,
        id: ID<WebhookRegistration>,
        url: String,
        events: Set<WebhookEventName>,
        signsInOwnHeader: Bool,
        secret: String,
        secretSince: Instant,
        createdAt: Instant,
        changedAt: Instant,
        revision: Int = 1
    ) {
        (self.tenant, self.id, self.url, self.events) = (tenant, id, url, events)
        (self.signsInOwnHeader, self.secret, self.secretSince) = (signsInOwnHeader, secret, secretSince)
        (self.createdAt, self.changedAt, self.revision) = (createdAt, changedAt, revision)
    }

    /// Takes another wish; a new secret only where one is given.
    package mutating func change(to wish: WebhookWish, secret: String?, at now: Instant) {
        (url, events, signsInOwnHeader) = (wish.url, wish.events, wish.signsInOwnHeader)
        if let secret { (self.secret, secretSince) = (secret, now) }
        changedAt = now
        revision += 1
    }
}

/// What a partner asks for when it registers.
package struct WebhookWish: Hashable, Sendable {
    package let url: String
    package let events: Set<WebhookEventName>
    package let signsInOwnHeader: Bool
    /// Whether the secret shall be replaced by a new one.
    package let wantsNewSecret: Bool

    package init(url: String, events: Set<WebhookEventName>, signsInOwnHeader: Bool, wantsNewSecret: Bool = false) {
        (self.url, self.events) = (url, events)
        (self.signsInOwnHeader, self.wantsNewSecret) = (signsInOwnHeader, wantsNewSecret)
    }
}
