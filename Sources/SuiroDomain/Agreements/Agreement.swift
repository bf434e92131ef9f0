/// A contract between the vendor and a customer, by the name that the wire has for it (domain section 3.15).
package enum AgreementKind: String, Hashable, Codable, CaseIterable, Sendable {
    case cloud = "MicrosoftCloudAgreement"
    case customer = "MicrosoftCustomerAgreement"
}

/// The text of a contract. Which text a customer reads depends on its country and language (AGR-01).
package struct AgreementTemplate: Hashable, Codable, Sendable {
    package let id: ID<AgreementTemplate>
    package let kind: AgreementKind
    /// The newest text of a kind has the highest.
    package let rank: Int
    /// Where the vendor publishes it.
    package let document: String

    package init(id: ID<AgreementTemplate>, kind: AgreementKind, rank: Int, document: String) {
        (self.id, self.kind, self.rank, self.document) = (id, kind, rank, document)
    }

    /// The published text for one country and language.
    package func address(language: String, country: String) -> String {
        "\(document)?language=\(language)&country=\(country)"
    }
}

/// Who agreed for the customer.
package struct AgreementContact: Hashable, Codable, Sendable {
    package let firstName: String
    package let lastName: String
    package let mail: String
    package let phone: String?

    package init(firstName: String, lastName: String, mail: String, phone: String?) {
        (self.firstName, self.lastName, self.mail, self.phone) = (firstName, lastName, mail, phone)
    }
}

/// That a customer has agreed to a contract, and how that is known (SM-13). It is never changed.
package struct AgreementAcceptance: Hashable, Codable, Sendable {
    package enum Way: Hashable, Codable, Sendable {
        /// The partner attests that the contact agreed (AGR-03).
        case attested(by: ID<Partner>)
        /// The customer's own administrator signed it.
        case signed
    }

    package let id: ID<AgreementAcceptance>
    package let customer: ID<Customer>
    package let template: ID<AgreementTemplate>
    package let kind: AgreementKind
    package let contact: AgreementContact
    /// When the customer agreed, as it was told.
    package let agreed: Instant
    package let way: Way
    /// Who entered it.
    package let person: ID<Person>?
    package let at: Instant

    package init(
        id: ID<AgreementAcceptance>,
        customer: ID<Customer>,
        template: AgreementTemplate,
        contact: AgreementContact,
        agreed: Instant,
        way: Way,
        person: ID<Person>?,
        at now: Instant
    ) {
        (self.id, self.customer, self.template, self.kind) = (id, customer, template.id, template.kind)
        (self.contact, self.agreed, self.way, self.person, self.at) = (contact, agreed, way, person, now)
    }

    /// AGR-03: nobody has agreed tomorrow. It is still today somewhere for fourteen hours after midnight in Greenwich has
    /// passed elsewhere, and dates come without a zone.
    package static func isPast(_ agreed: Instant, at now: Instant) -> Bool {
        agreed <= now.adding(seconds: 14 * 3600)
    }
}

/// What happens to a customer's agreements.
package enum AgreementEvent: String, Hashable, CaseIterable, Sendable {
    case agreementAttested, agreementSigned
}
