import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// An acceptance as a partner attests it.
package struct AttestationWish: Sendable {
    package let template: ID<AgreementTemplate>
    package let kind: AgreementKind
    package let contact: AgreementContact
    package let agreed: Instant

    package init(template: ID<AgreementTemplate>, kind: AgreementKind, contact: AgreementContact, agreed: Instant) {
        (self.template, self.kind, self.contact, self.agreed) = (template, kind, contact, agreed)
    }
}

/// Whose signature under the partner agreement is asked about.
package enum SignatureQuestion: Sendable {
    case tenant(ID<Tenant>)
    case networkNumber(String)
}

extension PartnerService {
    /// The texts a customer can accept, the newest of a kind last; all kinds where `kind` is `nil`.
    package func agreementTemplates(_ kind: AgreementKind?, _ context: CallContext) async throws -> [AgreementTemplate]
    {
        try await read(context, .readProfile, in: .tenant(context.tenant)) { _ in
            try AgreementTemplates.read().all.filter { kind == nil || $0.kind == kind }.sorted { $0.rank < $1.rank }
        }
    }

    package func agreementTemplate(
        _ id: ID<AgreementTemplate>,
        _ context: CallContext
    ) async throws -> AgreementTemplate {
        try await read(context, .readProfile, in: .tenant(context.tenant)) { _ in
            try AgreementTemplates.read().named(id)
        }
    }

    /// What the customer has accepted, newest first. A partner sees what it attested and what the customer signed.
    package func agreements(
        of customer: ID<Customer>,
        kind: AgreementKind?,
        _ context: CallContext
    ) async throws -> [(AgreementAcceptance, AgreementTemplate)] {
        try await read(context, .readOrders, in: .customer(customer)) { tx in
            let partner = tx.permit.principal.flatMap { $0.kind.isPartner ? $0.tenant.as(Partner.self) : nil }
            let templates = try AgreementTemplates.read()
            return try tx.agreements(of: customer, seenBy: partner, kind: kind).map { found in
                (found, try templates.named(found.template))
            }
        }
    }

    /// A partner attests that the contact agreed (AGR-03): whoever may order for the customer may attest, indirect
    /// resellers may do neither (IND-01). Where the policy says so, the contact is told by mail.
    package func attest(
        _ wish: AttestationWish,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> AgreementAcceptance {
        try await write(context, .placeOrder, in: .customer(customer)) { tx, deliberation in
            guard let principal = tx.permit.principal, let buyer = try tx.organization(customer.as(Tenant.self)) else {
                throw Refusal.notFound(.customer, "\(customer)")
            }
            let kinds = try deliberation.decide(.transactingPartners)
            guard kinds.value.contains(principal.kind.rawValue) else {
                throw Refusal.partnerCannotTransact(row: kinds.row)
            }
            let partner = principal.tenant.as(Partner.self)
            let template = try AgreementTemplates.read().named(wish.template)
            guard template.kind == wish.kind else {
                throw Refusal.invalid([InputFault(field: "type", code: .outOfRange, value: wish.kind.rawValue)])
            }
            guard AgreementAcceptance.isPast(wish.agreed, at: deliberation.at) else {
                throw Refusal.invalid([InputFault(field: "dateAgreed", code: .outOfRange, value: "\(wish.agreed)")])
            }
            let acceptance = AgreementAcceptance(
                id: environment.newID(),
                customer: customer,
                template: template,
                contact: wish.contact,
                agreed: wish.agreed,
                way: .attested(by: partner),
                person: principal.person,
                at: deliberation.at
            )
            guard try !tx.isAttested(acceptance, by: partner) else {
                throw Refusal.agreement(.alreadyConfirmed(mail: wish.contact.mail))
            }
            try keep(acceptance, tx, &deliberation)
            if try deliberation.decide(.agreementNotice).value {
                try tell(of: acceptance, by: principal.tenantName, to: buyer, tx)
            }
            return acceptance
        }
    }

    /// The customer's own administrator signs.
    package func signAgreement(
        _ template: ID<AgreementTemplate>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> AgreementAcceptance {
        try await write(context, .signAgreement, in: .customer(customer)) { tx, deliberation in
            try sign(AgreementTemplates.read().named(template), for: customer, &deliberation, tx)
        }
    }

    /// Whether the customer has a contract that an order can rest on: an acceptance that is kept, or the one that was in
    /// place when it became this partner's customer, before orders asked for an acceptance.
    func hasContract(_ customer: ID<Customer>, with partner: ID<Partner>, _ tx: Transaction) throws -> Bool {
        if try tx.hasAgreement(of: customer) { return true }
        let now = tx.permit.intent.at
        let tie = try tx.grants(in: customer).map(\.grant).first {
            $0.kind == .resellerTie && $0.partner == partner && $0.isLive(at: now)
        }
        guard let tie else { return false }
        // Whoever accepts a partner where orders ask for an acceptance gives one with it (REL-13): who has given none was
        // a customer before. Of those whose tenant the partner made, nobody has been asked.
        if try tx.basis(of: tie.consent) != .attestedByPartner { return true }
        guard let edition = try tx.edition(publishedBy: tie.from) else { return false }
        var then = Deliberation(book: try book(edition, tx), at: tie.from, cloud: cloud)
        return try !then.decide(.agreementRequired).value
    }

    /// REL-13: what a customer accepts along with a partner that may sell to it, where orders need an agreement and it has
    /// accepted none.
    func promptedAgreement(
        by request: RelationshipRequest,
        of customer: ID<Customer>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> AgreementKind? {
        guard request.scope.reseller, try deliberation.decide(.agreementRequired).value else { return nil }
        return try tx.hasAgreement(of: customer) ? nil : .customer
    }

    /// The caller signs the newest text of a kind.
    func sign(
        _ kind: AgreementKind,
        for customer: ID<Customer>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> AgreementAcceptance {
        let texts = try AgreementTemplates.read().all.filter { $0.kind == kind }
        guard let newest = texts.max(by: { $0.rank < $1.rank }) else {
            throw Refusal.notFound(.agreementTemplate, kind.rawValue)
        }
        return try sign(newest, for: customer, &deliberation, tx)
    }

    private func sign(
        _ template: AgreementTemplate,
        for customer: ID<Customer>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> AgreementAcceptance {
        guard let principal = tx.permit.principal, let person = try tx.person(principal.person) else {
            throw Refusal.accessDenied(missing: "live principal")
        }
        let names = person.name.split(separator: " ", maxSplits: 1).map(String.init)
        let acceptance = AgreementAcceptance(
            id: environment.newID(),
            customer: customer,
            template: template,
            contact: AgreementContact(
                firstName: names.first ?? "",
                lastName: names.dropFirst().first ?? "",
                mail: person.mail,
                phone: nil
            ),
            agreed: deliberation.at,
            way: .signed,
            person: person.id,
            at: deliberation.at
        )
        try keep(acceptance, tx, &deliberation)
        return acceptance
    }

    /// Whether the customer itself has signed the agreement of that kind.
    package func hasSigned(_ kind: AgreementKind, _ customer: ID<Customer>, _ context: CallContext) async throws -> Bool
    {
        try await read(context, .readOrders, in: .customer(customer)) { tx in
            try tx.agreements(of: customer, seenBy: nil, kind: kind).contains { $0.way == .signed }
        }
    }

    /// Whether a partner has signed the partner agreement (AGR-04). A partner has its account here only once it has, so
    /// the answer for one that is found is yes; everything else is a refusal that says what was not found.
    package func hasPartnerSigned(_ question: SignatureQuestion, _ context: CallContext) async throws -> Bool {
        let tenant = try context.tenant
        return try await read(context, .readPartnerRelationships, in: .tenant(tenant)) { tx in
            switch question {
            case .tenant(let id):
                guard let found = try tx.organization(id), found.kind.isPartner else {
                    throw Refusal.agreement(.noAccount("\(id)"))
                }
            case .networkNumber(let number):
                let found = try tx.partners(numbered: number)
                guard !found.isEmpty else { throw Refusal.agreement(.networkNumberUnknown(number)) }
                let resellers = found.filter { $0.kind == .indirectReseller }
                guard !resellers.isEmpty else { throw Refusal.agreement(.notReseller(number)) }
                let country = try tx.organization(tenant)?.country
                guard resellers.contains(where: { $0.country == country }) else {
                    throw Refusal.agreement(.otherRegion(number))
                }
            }
            return true
        }
    }

    private func keep(
        _ acceptance: AgreementAcceptance,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws {
        try tx.insert(acceptance)
        let event: AgreementEvent = acceptance.way == .signed ? .agreementSigned : .agreementAttested
        try tx.record(
            .agreement(event, acceptance.id),
            Remark(
                customer: acceptance.customer,
                edition: deliberation.book.edition,
                details: ["type": acceptance.kind.rawValue, "template": "\(acceptance.template)"]
            )
        )
    }

    /// The contact reads what was attested about it, in the customer's language.
    private func tell(
        of acceptance: AgreementAcceptance,
        by partner: String,
        to buyer: Organization,
        _ tx: Transaction
    ) throws {
        let contact = acceptance.contact
        let language = buyer.language
        let name =
            language == .ja ? "\(contact.lastName) \(contact.firstName)" : "\(contact.firstName) \(contact.lastName)"
        let arguments: [String: Argument] = [
            "partner": .text(partner), "company": .text(buyer.name), "recipient": .text(name),
            "kind": .words("agreementKind.\(acceptance.kind.rawValue)"), "date": .day(acceptance.agreed),
        ]
        try tx.send(
            OutgoingMail(
                id: environment.newUUID().lowercased,
                to: contact.mail,
                toName: name,
                from: "no-reply@suiro.example",
                subject: words.say("mail.agreementAttested.subject", language, arguments),
                body: words.say("mail.agreementAttested.body", language, arguments),
                language: language,
                kind: "agreementAttested",
                link: nil,
                at: acceptance.at
            )
        )
    }
}
