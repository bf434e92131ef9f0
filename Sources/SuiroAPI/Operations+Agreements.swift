import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    private static let ofCustomer = "/v1/customers/{customer_id}/agreements"

    /// Agreements with the vendor and their confirmation by the customer; incidents of its services.
    static let agreements: [Operation] = [
        Operation("agreements.metadata", .get, "/v1/agreements", .userOnly) { call in
            let kind = try call.agreementKind(usual: .cloud)
            let found = try await call.service.agreementTemplates(kind, call.context)
            return Page(found, of: call).reply(call) { writer, template in
                writer.object { writer in
                    writer.member("templateId", template.id)
                    writer.member("agreementLink", template.document)
                    writer.member("versionRank", template.rank)
                    writer.member("agreementType", template.kind.rawValue)
                }
            }
        },
        Operation("agreements.document", .get, "/v1/agreementtemplates/{agreement_template_id}/document", .userOnly) {
            call in
            let template = try await call.service.agreementTemplate(
                call.id("agreement_template_id", .agreementTemplate),
                call.context
            )
            let (language, country) = (try call.documentLanguage(), try call.documentCountry())
            let address = template.address(language: language, country: country)
            return Reply.json { writer in
                writer.member("displayUri", address)
                writer.member("downloadUri", address)
                writer.member("language", language)
                writer.member("country", country)
            }
        },
        Operation("customers.agreements.list", .get, ofCustomer, .userOnly) { call in
            let kind = try call.agreementKind(usual: nil)
            let found = try await call.service.agreements(
                of: call.id("customer_id", .customer),
                kind: kind,
                call.context
            )
            return Page(found, of: call).reply(call) { writer, pair in
                writer.object { writeAgreement(pair.0, link: pair.1.document, to: &$0) }
            }
        },
        Operation("customers.agreements.create", .post, ofCustomer, .userOnly) { call in
            let wish = try AttestationWish(call.fields())
            let made = try await call.service.attest(wish, for: call.id("customer_id", .customer), call.context)
            return Reply.json(.created) { writeAgreement(made, link: nil, to: &$0) }
        },
        Operation(
            "customers.agreements.directSign",
            .get,
            "/v1/customers/{customer_id}/directSignedMicrosoftCustomerAgreementStatus",
            .userOnly
        ) { call in
            let isSigned = try await call.service.hasSigned(
                .customer,
                call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { $0.member("isSigned", isSigned) }
        },
        Operation(
            "multichannel.agreements.sign",
            .post,
            "/multichannel/v1/customers/{customer_id}/agreements",
            .userOnly
        ) { call in
            let fields = try call.fields()
            let template: ID<AgreementTemplate> = try fields.required("templateId", fields.id("templateId"))
            let made = try await call.service.signAgreement(
                template,
                for: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json(.created) { writeAgreement(made, link: nil, to: &$0) }
        },
        Operation("compliance.agreementStatus", .get, "/v1/compliance/csp/agreementstatus", .userOnly) { call in
            let isSigned = try await call.service.hasPartnerSigned(try call.signatureQuestion(), call.context)
            return Reply.json { $0.member("isAgreementSigned", isSigned) }
        },
    ]

    /// The actions of these operations (see `Operation.actions`).
    static let agreementsActions: [String: Set<Action>] = [
        "agreements.metadata": [.readProfile], "agreements.document": [.readProfile],
        "customers.agreements.list": [.readOrders], "customers.agreements.create": [.placeOrder],
        "customers.agreements.directSign": [.readOrders], "multichannel.agreements.sign": [.signAgreement],
        "compliance.agreementStatus": [.readPartnerRelationships],
        "serviceIncidents.list": [.readServiceRequests], "serviceIncidents.count": [.readServiceRequests],
        "customers.serviceIncidents.list": [.readServiceRequests],
    ]
}

extension Call {
    /// `agreementType=`: one kind, or all where it is `*`; `usual` where it is not said.
    fileprivate func agreementKind(usual: AgreementKind?) throws -> AgreementKind? {
        guard let word = exchange.query["agreementType"], !word.isEmpty else { return usual }
        guard word != "*" else { return nil }
        guard let kind = AgreementKind.allCases.first(where: { $0.rawValue.folded == word.folded }) else {
            throw BadInput("agreementType", .unknown, word)
        }
        return kind
    }

    /// `language=`, such as `ja-JP`.
    fileprivate func documentLanguage() throws -> String {
        guard let text = exchange.query["language"], !text.isEmpty else { return "en-US" }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isWellFormed =
            (1...3).contains(parts.count)
            && parts.allSatisfy {
                (2...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
        guard isWellFormed else { throw BadInput("language", .malformed, text) }
        return text
    }

    /// `country=`, two capital letters; the vendor takes no others.
    fileprivate func documentCountry() throws -> String {
        guard let text = exchange.query["country"], !text.isEmpty else { return "US" }
        guard text.utf8.count == 2, text.allSatisfy({ ("A"..."Z").contains($0) }) else {
            throw BadInput("country", .malformed, text)
        }
        return text
    }

    /// Exactly one of `mpnId` and `tenantId`; the .NET SDK always sends both names, one of them empty.
    fileprivate func signatureQuestion() throws -> SignatureQuestion {
        let number = exchange.query["mpnId"].flatMap { $0.isEmpty ? nil : $0 }
        let tenant = exchange.query["tenantId"].flatMap { $0.isEmpty ? nil : $0 }
        switch (number, tenant) {
        case (nil, nil): throw Refusal.agreement(.idMissing)
        case (let number?, let tenant?): throw Refusal.agreement(.idMalformed("\(number), \(tenant)"))
        case (let number?, nil):
            guard number.utf8.count <= 20, number.allSatisfy({ ("0"..."9").contains($0) }) else {
                throw Refusal.agreement(.idMalformed(number))
            }
            return .networkNumber(number)
        case (nil, let tenant?):
            guard let id = ID<Tenant>(tenant) else { throw Refusal.agreement(.idMalformed(tenant)) }
            return .tenant(id)
        }
    }
}

extension AttestationWish {
    fileprivate init(_ fields: Fields) throws {
        let contact = try fields.required("primaryContact", fields.object("primaryContact"))
        let mail = try contact.requiredText("email", limit: 254)
        guard mail.isMailAddress else { throw BadInput(contact.path(of: "email"), .malformed, mail) }
        let type = try fields.requiredText("type", limit: 60)
        guard let kind = AgreementKind.allCases.first(where: { $0.rawValue.folded == type.folded }) else {
            throw BadInput("type", .unknown, type)
        }
        self.init(
            template: try fields.required("templateId", fields.id("templateId")),
            kind: kind,
            contact: AgreementContact(
                firstName: try contact.requiredText("firstName", limit: 50),
                lastName: try contact.requiredText("lastName", limit: 50),
                mail: mail,
                phone: try contact.text("phoneNumber", limit: 40)
            ),
            agreed: try fields.required("dateAgreed", fields.instant("dateAgreed"))
        )
    }
}

private func writeAgreement(_ acceptance: AgreementAcceptance, link: String?, to writer: inout JSONWriter) {
    writer.member("userId", acceptance.person)
    writer.object("primaryContact") { writer in
        writer.member("firstName", acceptance.contact.firstName)
        writer.member("lastName", acceptance.contact.lastName)
        writer.member("email", acceptance.contact.mail)
        writer.member("phoneNumber", acceptance.contact.phone)
    }
    writer.member("templateId", acceptance.template)
    writer.member("dateAgreed", acceptance.agreed)
    writer.member("type", acceptance.kind.rawValue)
    writer.member("agreementLink", link)
}
