import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    private static let customer = "/v1/customers/{customer_id}"

    /// Validations and qualifications of customers, domains, addresses and application consents.
    static let vetting: [Operation] =
        [
            Operation("customers.qualifications.get", .get, customer + "/qualifications") { call in
                let (found, now) = try await call.service.qualifications(of: call.customer, call.context)
                return Reply.jsonArray(found) { writer, one in
                    writer.object { writeQualification(one, at: now, call, to: &$0) }
                }
            },
            Operation("customers.qualifications.create", .post, customer + "/qualifications", .userOnly) { call in
                let wish = try QualificationWish(call.fields(), code: call.exchange.query["code"])
                let (made, now) = try await call.service.qualify(call.customer, as: wish, call.context)
                return Reply.json(.created) { writeQualification(made, at: now, call, to: &$0) }
            },
            Operation("customers.qualification.get", .get, customer + "/qualification") { call in
                let (found, now) = try await call.service.qualifications(of: call.customer, call.context)
                return oldQualification(found.first { $0.vetting(at: now) == .approved }?.kind)
            },
            Operation("customers.qualification.update", .put, customer + "/qualification", .userOnly) { call in
                let kept = try await call.service.setQualification(
                    of: call.customer,
                    to: { try call.oldQualification() },
                    code: call.exchange.query["code"],
                    call.context
                )
                return oldQualification(kept)
            },
            Operation("customers.validations.list", .get, "/v1/customers/all/validations") { call in
                let codes = try await call.service.validationCodes(call.context)
                return Reply.jsonArray(codes) { writer, code in
                    writer.object { writer in
                        writer.member("partnerId", code.partner)
                        writer.member("organizationName", code.organizationName)
                        writer.member("validationId", code.id)
                        writer.member("maxCreates", code.maximum)
                        writer.member("remainingCreates", code.remaining)
                        writer.member("eTag", etag(code.id, code.revision))
                    }
                }
            },
            Operation("customers.validations.get", .get, customer + "/validations", .userOnly) { call in
                let code = try await call.service.validationCode(of: call.customer, call.context)
                let customer = try call.customer
                return Reply.json { writer in
                    writer.member("partnerId", code.partner)
                    writer.member("customerId", customer)
                    writer.member("validationId", code.id)
                    writer.member("organizationName", code.organizationName)
                    writer.member("eTag", etag(code.id, code.revision))
                }
            },
            Operation("customers.validationStatus.get", .get, customer + "/validationStatus", .userOnly) { call in
                guard let type = call.exchange.query["type"], !type.isEmpty else { throw BadInput("type", .required) }
                guard type.folded == "account" else { throw BadInput("type", .unknown, type) }
                let (isAllowed, at) = try await call.service.accountValidation(of: call.customer, call.context)
                return Reply.json { writer in
                    writer.member("type", "account")
                    writer.member("status", isAllowed ? "Allowed" : "NotAllowed")
                    writer.member("lastUpdateDateTime", at)
                }
            },
        ] + domains + consents + addresses

    /// The actions of these operations (see `Operation.actions`).
    static let vettingActions: [String: Set<Action>] = [
        "customers.qualifications.get": [.readSales], "customers.qualifications.create": [.changeSubscription],
        "customers.qualification.get": [.readSales], "customers.qualification.update": [.changeSubscription],
        "customers.validations.list": [.readOffers], "customers.validations.get": [.readSales],
        "customers.validationStatus.get": [.readCustomer], "domains.head": [.readOffers],
        "domains.checkPrefix": [.readOffers], "customers.verifiedDomain.add": [.changeSubscription],
        "customers.verifiedDomain.head": [.readSales],
        "customers.customDomains.list": [.readUsers], "customers.applicationConsents.create": [.consentToApplications],
        "customers.applicationConsents.delete": [.consentToApplications], "validations.address": [.readOffers],
        "countryvalidationrules.get": [.readOffers], "customers.managedServices.list": [.readSubscriptions],
    ]

    /// A bare JSON string.
    private static func oldQualification(_ kind: QualificationKind?) -> Reply {
        Reply.json(bytes: Array("\"\(kind?.oldWord ?? "none")\"".utf8))
    }
}

extension Call {
    var customer: ID<Customer> {
        get throws { try id("customer_id", .customer) }
    }

    /// A bare word, as both SDKs send it; `nil` for none.
    fileprivate func oldQualification() throws -> QualificationKind? {
        guard case .string(let word) = try JSONReader.read(body) else { throw BadInput("$", .wrongType) }
        if word.folded == "none" { return nil }
        guard let kind = QualificationKind.allCases.first(where: { $0.rawValue.folded == word.folded }) else {
            throw BadInput("$", .unknown, word)
        }
        return kind
    }
}

extension QualificationWish {
    fileprivate init(_ fields: Fields, code: String?) throws {
        let word = try fields.requiredText("qualification", limit: 60)
        guard let kind = QualificationKind.allCases.first(where: { $0.rawValue.folded == word.folded }) else {
            throw BadInput("qualification", .unknown, word)
        }
        let segment: EducationSegment? = try fields.text("educationSegment", limit: 40).flatMap { text in
            if text.isEmpty { return nil }
            guard let found = EducationSegment.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
                throw BadInput("educationSegment", .unknown, text)
            }
            return found
        }
        if kind == .education, segment == nil { throw BadInput("educationSegment", .required) }
        let website = try fields.text("website", limit: 300).flatMap { $0.isEmpty ? nil : $0 }
        if let website, Qualification.host(of: website) == nil { throw BadInput("website", .malformed, website) }
        let code = try code ?? fields.text("validationCode", limit: 20)
        self.init(kind: kind, segment: segment, website: website, code: code.flatMap { $0.isEmpty ? nil : $0 })
    }
}

private func writeQualification(_ one: Qualification, at now: Instant, _ call: Call, to writer: inout JSONWriter) {
    writer.member("qualification", one.kind.rawValue)
    switch one.vetting(at: now) {
    case .inReview: writer.member("vettingStatus", "InReview")
    case .approved: writer.member("vettingStatus", "Approved")
    case .denied(let ground):
        writer.member("vettingStatus", "Denied")
        writer.member("vettingReason", call.say("qualificationGround.\(ground.rawValue)"))
    }
    // Both spellings are read by somebody.
    writer.member("vettingCreateDate", one.at)
    writer.member("vettingCreatedDate", one.at)
}
