/// What a partner asks for, before policy has spoken.
package struct RelationshipWish: Hashable, Sendable {
    package var customerDomain: String?
    package var customer: Organization?
    package var recipientName: String?
    package var recipientMail: String?
    package var language: Language
    package var reseller: Bool
    /// `nil` when the caller said nothing: policy then decides.
    package var delegatedAdmin: Bool?
    package var roles: [AdminRole]
    package var days: Int?
    package var services: [String]
    package var provider: ID<Partner>?

    package init(
        customerDomain: String?,
        customer: Organization?,
        recipientName: String?,
        recipientMail: String?,
        language: Language,
        reseller: Bool = true,
        delegatedAdmin: Bool?,
        roles: [AdminRole],
        days: Int?,
        services: [String] = [],
        provider: ID<Partner>? = nil
    ) {
        (self.customerDomain, self.customer) = (customerDomain, customer)
        (self.recipientName, self.recipientMail, self.language) = (recipientName, recipientMail, language)
        (self.reseller, self.delegatedAdmin, self.roles, self.days) = (reseller, delegatedAdmin, roles, days)
        (self.services, self.provider) = (services, provider)
    }
}

extension Organization: Hashable {
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension RelationshipWish {
    /// The scope that policy allows, and when the invitation expires; or the first thing that stands in the way.
    ///
    /// In order: the cloud offers it (S-02 … S-05, X-02), the account stands well (REL-30), the role may ask, the
    /// customer is no partner of the program (S-26), the market fits (REL-12), delegated administration is asked for
    /// as the era demands (REL-09, REL-10), and it has an end.
    package func settle(
        for partner: Organization,
        by roles: Set<Role>,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> (scope: RequestedScope, expires: Instant) {
        let enabled = try deliberation.decide(.multichannelEnabled)
        guard enabled.value else { throw .multichannelNotAvailable(row: enabled.row) }
        guard partner.standing != .suspended else { throw .partnerSuspended }
        let requestors = try deliberation.decide(.requestors)
        guard roles.contains(where: { requestors.value.contains($0.rawValue) }) else {
            throw .requestorRole(required: requestors.value, row: requestors.row)
        }
        if let customer { try RelationshipRequest.checkParties(customer, partner, &deliberation) }
        let optional = try deliberation.decide(.delegatedAdminOptional)
        let wantsAdmin = delegatedAdmin ?? (!optional.value || !self.roles.isEmpty)
        guard wantsAdmin || optional.value else { throw .delegatedAdminNotSeparable(row: optional.row) }
        let days = try settledDays(&deliberation)
        let expiry = try deliberation.decide(.linkExpiryDays)
        let tie = try deliberation.decide(.resellerDays)
        let names = self.roles.isEmpty ? [AdminRole.adminAgent, .helpdeskAgent] : self.roles
        return (
            RequestedScope(
                reseller: reseller,
                delegatedAdmin: wantsAdmin,
                roles: wantsAdmin ? names.map(\.rawValue) : [],
                days: days,
                resellerDays: tie.value,
                services: services
            ),
            deliberation.at.adding(days: expiry.value)
        )
    }

    private func settledDays(_ deliberation: inout Deliberation) throws(Refusal) -> Int {
        let maximum = try deliberation.decide(.adminMaximumDays)
        guard let days else { return try deliberation.decide(.adminDefaultDays).value }
        guard (1...max(maximum.value, 1)).contains(days) else {
            throw .invalid([InputFault(field: "scope.days", code: .outOfRange, value: "\(days)")])
        }
        return days
    }
}

/// Who else holds delegated administration when an invitation is accepted.
package struct Rival: Hashable, Sendable {
    package let partner: ID<Partner>
    package let name: String
    package let isCSP: Bool
    package let services: [String]

    package init(partner: ID<Partner>, name: String, isCSP: Bool, services: [String]) {
        (self.partner, self.name, self.isCSP, self.services) = (partner, name, isCSP, services)
    }
}

extension RelationshipRequest {
    /// Whether these two may have a relationship at all: asked when it is requested, and again when a tenant that the
    /// request did not name accepts it (S-26, REL-12).
    package static func checkParties(
        _ customer: Organization,
        _ partner: Organization,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        try Ordering.checkResale(buyer: customer, &deliberation)
        let market = try deliberation.decide(.market)
        guard market.value == "none" || customer.country == partner.country else { throw .otherMarket(row: market.row) }
    }

    /// Whether accepting would put more partners on one service than policy allows (REL-16, X-06, INV-12).
    package func checkExclusivity(
        against rivals: [Rival],
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        let policy = try deliberation.decide(.adminExclusivity)
        let wanted = Set(scope.services)
        let inTheWay = rivals.first { rival in
            guard rival.partner != partner, !wanted.isDisjoint(with: rival.services) else { return false }
            switch policy.value {
            case "onePerService": return true
            case "oneTransactingPerService": return rival.isCSP
            default: return false
            }
        }
        if let inTheWay { throw .adminExclusivity(holder: inTheWay.name, row: policy.row) }
    }
}
