import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    static let profiles: [Operation] = [
        read("profiles.legal.get", "legalbusiness", .legalBusiness, access: .appOrUser),
        update("profiles.legal.update", "legalbusiness", .legalBusiness),
        read("profiles.organization.get", "organization", .organization),
        update("profiles.organization.update", "organization", .organization),
        read("profiles.billing.get", "billing", .billing),
        update("profiles.billing.update", "billing", .billing),
        read("profiles.support.get", "support", .support),
        update("profiles.support.update", "support", .support),
        Operation("profiles.mpn.get", .get, "/v1/profiles/mpn", .userOnly) { call in
            let (organization, _) = try await call.service.profile(.organization, call.context)
            if let wanted = call.exchange.query["mpnId"], wanted != organization.mpnID {
                throw Refusal.notFound(.organization, String(wanted.prefix(40)))
            }
            return Reply.json { writer in
                writer.member("partnerName", organization.name)
                writer.member("mpnId", organization.mpnID ?? "")
                writer.member("profileType", "mpn_profile")
                writer.object("links") { link("self", "/profiles/mpn", to: &$0) }
                attributes("MpnProfile", to: &writer)
            }
        },
    ]

    private static func read(
        _ id: String,
        _ name: String,
        _ kind: ProfileKind,
        access: Access = .userOnly
    ) -> Operation {
        Operation(id, .get, "/v1/profiles/\(name)", access) { call in
            let (organization, profile) = try await call.service.profile(kind, call.context)
            return Reply.json { writeProfile(kind, name, organization, profile, to: &$0) }
        }
    }

    private static func update(_ id: String, _ name: String, _ kind: ProfileKind) -> Operation {
        Operation(id, .put, "/v1/profiles/\(name)", .userOnly) { call in
            let fields = try call.fields()
            var writer = JSONWriter()
            writer.value(JSONValue.object(fields.members).withoutNulls)
            let body = String(decoding: writer.bytes, as: UTF8.self)
            let profile = try await call.service.updateProfile(
                kind,
                to: body,
                seen: call.seenRevision(fields),
                call.context
            )
            let (organization, _) = try await call.service.profile(kind, call.context)
            return Reply.json { writeProfile(kind, name, organization, profile, to: &$0) }
        }
    }
}

/// A profile as it was last sent, completed by what the organization itself says.
private func writeProfile(
    _ kind: ProfileKind,
    _ name: String,
    _ organization: Organization,
    _ profile: Profile?,
    to writer: inout JSONWriter
) {
    let ours: Set<String> = ["links", "attributes", "profiletype", "id", "tenantid", "domain"]
    var written: Set<String> = []
    if let body = profile?.body, case .object(let members)? = try? JSONReader.read(Array(body.utf8)) {
        for member in members where !ours.contains(member.name.lowercased()) {
            writer.member(member)
            written.insert(member.name.lowercased())
        }
    }
    func complete(_ name: StaticString, _ text: String) {
        if !written.contains("\(name)".lowercased()) { writer.member(name, text) }
    }
    let type: String
    switch kind {
    case .legalBusiness:
        complete("companyName", organization.name)
        if !written.contains("address") { writer.object("address") { $0.member("country", organization.country) } }
        complete("vettingStatus", "authorized")
        complete("vettingSubStatus", "none")
        type = "LegalBusinessProfile"
    case .organization:
        writer.member("id", organization.id)
        writer.member("tenantId", organization.id)
        writer.member("domain", organization.domain)
        complete("companyName", organization.name)
        complete("language", organization.language.rawValue)
        complete("culture", organization.language.locale)
        if !written.contains("defaultaddress") {
            writer.object("defaultAddress") { $0.member("country", organization.country) }
        }
        type = "OrganizationProfile"
    case .billing:
        complete("companyName", organization.name)
        complete("billingCurrency", organization.country == "JP" ? "JPY" : "USD")
        if !written.contains("billingday") { writer.member("billingDay", 1) }
        type = "BillingProfile"
    case .support:
        complete("email", "support@\(organization.domain)")
        complete("telephone", "")
        complete("website", "https://\(organization.domain)")
        type = "PartnerSupportProfile"
    case .company:
        complete("companyName", organization.name)
        type = "CustomerCompanyProfile"
    }
    writer.member("profileType", profileType(kind))
    writer.object("links") { link("self", "/profiles/\(name)", to: &$0) }
    attributes(type, etag: etag("\(organization.id)", profile?.revision ?? 0), to: &writer)
}

private func profileType(_ kind: ProfileKind) -> String {
    switch kind {
    case .legalBusiness: "legal_business_profile"
    case .organization: "organization_profile"
    case .billing: "billing_profile"
    case .support: "support_profile"
    case .company: "company_profile"
    }
}
