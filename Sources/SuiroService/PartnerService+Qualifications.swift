package import SuiroDomain
import SuiroStore

/// A qualification as a partner asks for it.
package struct QualificationWish: Sendable {
    package let kind: QualificationKind
    package let segment: EducationSegment?
    package let website: String?
    /// The number of a validation code, for offices of a government.
    package let code: String?

    package init(kind: QualificationKind, segment: EducationSegment?, website: String?, code: String?) {
        (self.kind, self.segment, self.website, self.code) = (kind, segment, website, code)
    }
}

extension PartnerService {
    /// What the customer is qualified as or asked to be, and the time by which reviews are to be read.
    package func qualifications(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> (found: [Qualification], now: Instant) {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            (try tx.qualifications(of: customer), tx.permit.intent.at)
        }
    }

    /// Asks for a qualification. A government's office needs a code with uses left and is qualified at once; the others
    /// are looked into for as long as the policy says.
    package func qualify(
        _ customer: ID<Customer>,
        as wish: QualificationWish,
        _ context: CallContext
    ) async throws -> (made: Qualification, now: Instant) {
        let made = try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            guard wish.kind.isVetted else {
                throw Refusal.invalid([InputFault(field: "qualification", code: .outOfRange, value: wish.kind.rawValue)]
                )
            }
            let now = deliberation.at
            let held = try tx.qualifications(of: customer).first { $0.kind == wish.kind }
            if let held, held.ground == nil || held.vetting(at: now) == .inReview {
                throw Refusal.commerce(.qualificationHeld(wish.kind))
            }
            let made: Qualification
            if wish.kind == .governmentCommunityCloud {
                made = try admit(customer, by: wish.code, now, tx)
            } else {
                let days = try deliberation.decide(.qualificationReviewDays)
                let buyer = try house(of: customer, tx)
                let domains = [buyer.domain] + (try tx.verifiedDomains(of: customer).map(\.name))
                made = Qualification(
                    kind: wish.kind,
                    customer: customer,
                    partner: try caller(tx),
                    segment: wish.segment,
                    website: wish.website,
                    at: now,
                    decided: now.adding(seconds: days.value * 86_400),
                    ground: Qualification.ground(website: wish.website, domains: domains)
                )
            }
            try tx.save(made)
            try tx.record(
                .vetting(.qualificationRequested, of: "\(customer)"),
                Remark(
                    customer: customer,
                    edition: deliberation.book.edition,
                    details: ["qualification": wish.kind.rawValue]
                )
            )
            return made
        }
        return (made, made.at)
    }

    /// The older way: the partner says what the customer is, and that holds at once. `nil` takes every qualification away.
    /// The word is read only after the caller has been looked at.
    package func setQualification(
        of customer: ID<Customer>,
        to word: @escaping @Sendable () throws -> QualificationKind?,
        code: String?,
        _ context: CallContext
    ) async throws -> QualificationKind? {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let kind = try word()
            let now = deliberation.at
            try tx.deleteQualifications(of: customer)
            switch kind {
            case nil: break
            case .governmentCommunityCloud: try tx.save(try admit(customer, by: code, now, tx))
            case .education, .nonprofit, .stateOwnedEntity:
                guard let kind else { break }
                try tx.save(
                    Qualification(kind: kind, customer: customer, partner: try caller(tx), at: now, decided: now)
                )
            }
            try tx.record(
                .vetting(.qualificationSet, of: "\(customer)"),
                Remark(customer: customer, details: ["qualification": kind?.rawValue ?? "None"])
            )
            return kind
        }
    }

    /// The caller's codes for offices of a government.
    package func validationCodes(_ context: CallContext) async throws -> [ValidationCode] {
        let tenant = try context.tenant
        return try await read(context, .readOffers, in: .tenant(tenant)) { tx in
            try tx.validationCodes(of: tenant.as(Partner.self))
        }
    }

    /// The code that the caller has qualified this customer with.
    package func validationCode(of customer: ID<Customer>, _ context: CallContext) async throws -> ValidationCode {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            let partner = try caller(tx)
            let made = try tx.qualifications(of: customer).first { $0.code != nil && $0.partner == partner }
            guard let code = try made?.code.flatMap({ try tx.validationCode($0, of: partner) }) else {
                throw Refusal.notFound(.validationCode, "\(customer)")
            }
            return code
        }
    }

    /// Whether the customer may be sold to, as the vendor's check of its account says: a tenant that resells itself may
    /// not (S-26). With when that was found.
    package func accountValidation(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> (isAllowed: Bool, at: Instant) {
        try await read(context, .readCustomer, in: .customer(customer)) { tx in
            let buyer = try house(of: customer, tx)
            var deliberation = try deliberation(tx)
            do throws(Refusal) {
                try Ordering.checkResale(buyer: buyer, &deliberation)
                return (true, buyer.createdAt)
            } catch {
                return (false, buyer.createdAt)
            }
        }
    }

    /// Gives a partner a code, as the vendor does.
    package func issue(_ code: ValidationCode) async throws {
        _ = try await writeAsSystem(in: .tenant(code.partner.as(Tenant.self))) { tx in
            guard try tx.organization(code.partner.as(Tenant.self))?.kind.isPartner == true else {
                throw Refusal.notFound(.organization, "\(code.partner)")
            }
            try tx.insert(code)
            return true
        }
    }

    private func admit(
        _ customer: ID<Customer>,
        by code: String?,
        _ now: Instant,
        _ tx: Transaction
    ) throws -> Qualification {
        guard let code else { throw Refusal.invalid([InputFault(field: "code", code: .required)]) }
        let partner = try caller(tx)
        guard try house(of: customer, tx).country == "US" else {
            throw Refusal.invalid([InputFault(field: "qualification", code: .outOfRange)])
        }
        guard var known = try tx.validationCode(code, of: partner) else {
            throw Refusal.invalid([InputFault(field: "code", code: .unknown, value: code)])
        }
        guard known.remaining > 0 else {
            throw Refusal.invalid([InputFault(field: "code", code: .outOfRange, value: code)])
        }
        known.remaining -= 1
        known.revision += 1
        try tx.update(known)
        return Qualification(
            kind: .governmentCommunityCloud,
            customer: customer,
            partner: partner,
            code: code,
            at: now,
            decided: now
        )
    }

    private func house(of customer: ID<Customer>, _ tx: Transaction) throws -> Organization {
        guard let found = try tx.organization(customer.as(Tenant.self)) else {
            throw Refusal.notFound(.customer, "\(customer)")
        }
        return found
    }

    private func caller(_ tx: Transaction) throws -> ID<Partner> {
        guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "live principal") }
        return principal.tenant.as(Partner.self)
    }
}
