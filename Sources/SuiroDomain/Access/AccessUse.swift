extension Action {
    /// The kinds of path that a partner uses when it does this in a customer's house. Looking at who has access, and
    /// ending it, is no use of it; buying needs no delegated administration (GD-20).
    package var pathsUsed: Set<AccessKind> {
        switch self {
        case .readSubscriptions, .readOptions, .recordSubscription, .changeSubscription, .importUsage, .readStatement:
            [.resellerTie, .dap, .gdap]
        case .placeOrder, .readOrders, .readUsage, .readSales, .previewMove, .requestMove: [.resellerTie]
        default: []
        }
    }
}

extension AccessKind {
    /// Whether use of such a path can be seen from here: roles on resources and guest accounts are used elsewhere.
    package var isUseSeen: Bool {
        switch self {
        case .resellerTie, .dap, .gdap: true
        case .resourceRole, .guest, .supportContact: false
        }
    }
}

extension AccessGrant {
    /// Since when nobody has used it: the last use, or its beginning where there was none. `nil` where use is not seen.
    package func unusedSince(_ lastUsed: Instant?) -> Instant? { kind.isUseSeen ? lastUsed ?? from : nil }
}

extension EffectiveAccess {
    /// The relationships that carry somebody's work. Where there is any, delegated administration carries none (GD-16).
    package func granularInUse(at now: Instant) -> [DelegatedAdminRelationship] {
        guard standing != .suspended else { return [] }
        return granted.filter { each in
            each.assignments.contains { !$0.roles(under: each.relationship, at: now).isEmpty }
        }.map(\.relationship)
    }
}
