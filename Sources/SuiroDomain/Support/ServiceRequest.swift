/// What a partner asks the provider's engineers for, in its own matter or in a customer's (SM-11, SUP-05, SUP-15).
package struct ServiceRequest: Hashable, Codable, Sendable {
    package enum Severity: String, Hashable, Codable, Sendable, CaseIterable {
        case critical, moderate, minimal
    }

    package enum Status: String, Hashable, Codable, Sendable, CaseIterable {
        case open, closed
        /// The engineers wait for the partner.
        case attentionNeeded = "attention_needed"
    }

    package struct Note: Hashable, Codable, Sendable {
        package let author: String
        package let text: String
        package let at: Instant

        package init(author: String, text: String, at: Instant) {
            (self.author, self.text, self.at) = (author, text, at)
        }
    }

    /// Who speaks about it: the partner's own person, never the customer's (SUP-05, SUP-08).
    package struct Contact: Hashable, Codable, Sendable {
        package let id: ID<Person>?
        package let organization: ID<Tenant>
        package let organizationName: String
        package let firstName: String?
        package let lastName: String?
        package let mail: String?
        package let phone: String?

        package init(
            id: ID<Person>?,
            organization: ID<Tenant>,
            organizationName: String,
            firstName: String? = nil,
            lastName: String? = nil,
            mail: String? = nil,
            phone: String? = nil
        ) {
            (self.id, self.organization, self.organizationName) = (id, organization, organizationName)
            (self.firstName, self.lastName, self.mail, self.phone) = (firstName, lastName, mail, phone)
        }
    }

    package let number: ServiceRequestNumber
    package let partner: ID<Partner>
    /// `nil` in the partner's own matter.
    package let customer: ID<Customer>?
    package let topic: SupportTopic.Code
    package private(set) var title: String
    package private(set) var description: String
    package private(set) var severity: Severity
    package private(set) var status = Status.open
    package let contact: Contact
    package private(set) var lastUpdatedBy: Contact
    package let product: Product?
    package let country: String?
    package let createdAt: Instant
    package private(set) var modifiedAt: Instant
    /// When it was closed the last time; kept when it is opened again.
    package private(set) var closedAt: Instant?
    package private(set) var notes: [Note] = []
    package private(set) var revision = 1

    package struct Product: Hashable, Codable, Sendable {
        package let id: String?
        package let name: String?

        package init(id: String?, name: String?) { (self.id, self.name) = (id, name) }
    }

    /// What the partner writes when it asks.
    package struct Draft: Hashable, Sendable {
        package let customer: ID<Customer>?
        package let topic: SupportTopic.Code
        package let title: String
        package let description: String
        package let severity: Severity
        package let product: Product?
        package let country: String?

        package init(
            customer: ID<Customer>?,
            topic: SupportTopic.Code,
            title: String,
            description: String,
            severity: Severity,
            product: Product?,
            country: String?
        ) {
            (self.customer, self.topic, self.title) = (customer, topic, title)
            (self.description, self.severity) = (description, severity)
            (self.product, self.country) = (product, country)
        }
    }

    package init(
        _ draft: Draft,
        number: ServiceRequestNumber,
        by contact: Contact,
        of partner: ID<Partner>,
        at now: Instant
    ) {
        (self.number, self.partner, customer, topic) = (number, partner, draft.customer, draft.topic)
        (title, description, severity) = (draft.title, draft.description, draft.severity)
        (self.contact, lastUpdatedBy) = (contact, contact)
        (product, country, createdAt, modifiedAt) = (draft.product, draft.country, now, now)
    }

    /// What changes; `nil` leaves a thing as it is.
    package struct Change: Hashable, Sendable {
        package var title: String?
        package var description: String?
        package var severity: Severity?
        package var status: Status?
        package var note: String?

        package init() {}
    }

    /// SUP-15: the partner closes its request and opens it again, writes notes and changes its words. That attention is
    /// needed only the engineers say.
    ///
    /// - Returns: `false` when nothing differs from what is.
    package mutating func apply(_ change: Change, by author: Contact, at now: Instant) throws(Refusal) -> Bool {
        if change.status == .attentionNeeded, status != .attentionNeeded {
            throw .invalid([InputFault(field: "status", code: .unknown, value: Status.attentionNeeded.rawValue)])
        }
        let before = self
        title = change.title ?? title
        description = change.description ?? description
        severity = change.severity ?? severity
        if let wanted = change.status, wanted != status {
            status = wanted
            if wanted == .closed { closedAt = now }
        }
        if let text = change.note {
            notes.append(Note(author: author.name, text: text, at: now))
            // Whoever answers has given the engineers what they waited for.
            if status == .attentionNeeded, change.status == nil { status = .open }
        }
        guard self != before else { return false }
        (lastUpdatedBy, modifiedAt, revision) = (author, now, revision + 1)
        return true
    }
}

extension ServiceRequest.Contact {
    package var name: String { [firstName, lastName].compactMap(\.self).joined(separator: " ") }
}

/// The number people quote on the telephone: fifteen digits.
package struct ServiceRequestNumber: Hashable, Codable, Sendable, CustomStringConvertible {
    package let description: String

    /// `nil` unless it is digits, at most fifteen.
    package init?(_ text: String) {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        description = text
    }

    /// A new one: six digits for the day, the rest from chance, so that numbers tell nobody how many there are.
    package init(on day: Instant, chance: [UInt8]) {
        let civil = CivilTime(day)
        let date = [civil.year % 100, civil.month, civil.day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
        let rest = chance.reduce(UInt64(0)) { $0 &* 256 &+ UInt64($1) } % 100_000_000
        let digits = String(rest)
        description = "6" + date + String(repeating: "0", count: 8 - digits.count) + digits
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let number = Self(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: text))
        }
        self = number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What happened to a service request; the raw value is its name in the event log.
package enum ServiceRequestEvent: String, Hashable, CaseIterable, Sendable {
    case serviceRequestOpened, serviceRequestChanged, serviceRequestClosed, serviceRequestReopened
}
