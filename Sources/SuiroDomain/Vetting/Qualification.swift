/// What kind of buyer a customer is, for offers that only some may have.
package enum QualificationKind: String, Hashable, Codable, CaseIterable, Sendable {
    case education = "Education"
    case nonprofit = "Nonprofit"
    case governmentCommunityCloud = "GovernmentCommunityCloud"
    case stateOwnedEntity = "StateOwnedEntity"

    /// The word of the older operation, which knows one qualification.
    package var oldWord: String {
        switch self {
        case .education: "education"
        case .nonprofit: "nonprofit"
        case .governmentCommunityCloud: "government_community_cloud"
        case .stateOwnedEntity: "state_owned_entity"
        }
    }

    /// Whether a partner may ask for it to be looked into; the others come about elsewhere.
    package var isVetted: Bool { self != .nonprofit }
}

/// What kind of school it is.
package enum EducationSegment: String, Hashable, Codable, CaseIterable, Sendable {
    case k12 = "K12"
    case higherEducation = "HigherEducation"
}

/// A qualification of a customer on its way from being asked for to an answer.
package struct Qualification: Hashable, Codable, Sendable {
    package enum Vetting: Hashable, Codable, Sendable {
        case inReview
        case approved
        case denied(Ground)
    }

    /// Why it was denied.
    package enum Ground: String, Hashable, Codable, CaseIterable, Sendable {
        /// The school's website lies under a domain that is none of the customer's.
        case websiteOfOther
    }

    package let kind: QualificationKind
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let segment: EducationSegment?
    package let website: String?
    /// The code with which a partner may qualify a government's office.
    package let code: String?
    package let at: Instant
    /// When the review ends, and with what.
    package let decided: Instant
    package let ground: Ground?

    package init(
        kind: QualificationKind,
        customer: ID<Customer>,
        partner: ID<Partner>,
        segment: EducationSegment? = nil,
        website: String? = nil,
        code: String? = nil,
        at now: Instant,
        decided: Instant,
        ground: Ground? = nil
    ) {
        (self.kind, self.customer, self.partner, self.segment) = (kind, customer, partner, segment)
        (self.website, self.code, self.at, self.decided, self.ground) = (website, code, now, decided, ground)
    }

    package func vetting(at now: Instant) -> Vetting {
        guard now >= decided else { return .inReview }
        return ground.map { .denied($0) } ?? .approved
    }

    /// Whether a review of this website will end well: a school's own site lies under a domain of its own.
    package static func ground(website: String?, domains: [String]) -> Ground? {
        guard let website, let host = host(of: website) else { return nil }
        let isOwn = domains.contains { host == $0 || host.hasSuffix("." + $0) }
        return isOwn ? nil : .websiteOfOther
    }

    /// The host in an address with or without its scheme, in small letters.
    package static func host(of website: String) -> String? {
        var rest = website.lowercased()[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        let host = String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" })
        return host.isDomain ? host : nil
    }
}

/// What a partner may qualify government offices with, a number of times.
package struct ValidationCode: Hashable, Codable, Sendable {
    /// Digits.
    package let id: String
    package let partner: ID<Partner>
    package let organizationName: String
    package let maximum: Int
    package var remaining: Int
    package var revision: Int

    package init(
        id: String,
        partner: ID<Partner>,
        organizationName: String,
        maximum: Int,
        remaining: Int,
        revision: Int = 1
    ) {
        (self.id, self.partner, self.organizationName) = (id, partner, organizationName)
        (self.maximum, self.remaining, self.revision) = (maximum, remaining, revision)
    }
}

/// What a partner has had a customer's tenant consent to: an application, and what it may do there.
package struct ApplicationConsent: Hashable, Codable, Sendable {
    package struct Grant: Hashable, Codable, Sendable {
        /// The service that is used, such as Graph.
        package let enterpriseApplication: String
        /// Permissions, separated by commas.
        package let scope: String

        package init(enterpriseApplication: String, scope: String) {
            (self.enterpriseApplication, self.scope) = (enterpriseApplication, scope)
        }
    }

    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let application: ID<ApplicationConsent>
    package let displayName: String?
    package let grants: [Grant]
    package let at: Instant

    package init(
        customer: ID<Customer>,
        partner: ID<Partner>,
        application: ID<ApplicationConsent>,
        displayName: String?,
        grants: [Grant],
        at now: Instant
    ) {
        (self.customer, self.partner, self.application) = (customer, partner, application)
        (self.displayName, self.grants, self.at) = (displayName, grants, now)
    }
}

/// A domain that a customer has proved to own, beside the one its tenant began with.
package struct VerifiedDomain: Hashable, Codable, Sendable {
    package let name: String
    package let customer: ID<Customer>
    package let isFederated: Bool
    package let isDefault: Bool
    package let at: Instant

    package init(name: String, customer: ID<Customer>, isFederated: Bool, isDefault: Bool, at now: Instant) {
        (self.name, self.customer, self.isFederated, self.isDefault, self.at) =
            (name, customer, isFederated, isDefault, now)
    }
}

/// What happens to how a customer is known.
package enum VettingEvent: String, Hashable, CaseIterable, Sendable {
    case qualificationRequested, qualificationSet, domainVerified, applicationConsented, applicationConsentWithdrawn
}
