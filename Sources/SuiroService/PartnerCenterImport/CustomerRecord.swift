import SuiroDomain

/// What an import has come to know so far, beside the records themselves.
struct DumpNotes: Sendable {
    var leftOut: [LeftOut] = []
    /// Members that are not kept, with how often they came.
    var unread: [String: Int] = [:]

    mutating func take(_ fields: DumpFields) {
        leftOut += fields.faults
        for name in fields.unread { unread["\(fields.item.kind.rawValue) \(name)", default: 0] += 1 }
    }
}

/// A customer as a dump tells of it.
struct CustomerRecord: Sendable {
    let item: DumpItem
    let id: ID<Customer>
    let name: String
    let domain: String
    /// `nil` where the dump does not say.
    var country: String?
    let language: Language?
    /// The billing profile, as JSON.
    var billing: String?

    init?(_ item: DumpItem, _ notes: inout DumpNotes) {
        var fields = DumpFields(item)
        defer { notes.take(fields) }
        var company = fields.part("companyProfile")
        var billing = fields.part("billingProfile")
        let own: ID<Customer>? = fields.id("id", "customerId", "tenantId")
        let tenant: ID<Customer>? = company.id("tenantId")
        let names = [company.text("companyName"), fields.text("name", "companyName"), billing.text("companyName")]
        let domains = [company.text("domain", limit: 253), fields.text("domain", limit: 253)]
        let countries = [Self.country(in: "defaultAddress", of: &billing), Self.country(in: "address", of: &company)]
        let locale = billing.text("language", "culture", whole: false)
        let relation = fields.text("relationshipToPartner")
        fields.take(company)
        // The billing profile is kept whole.
        fields.takeFaults(of: billing)
        let toldName = fields.require("companyName", names.compactMap(\.self).first)
        let toldDomain = fields.require("domain", domains.compactMap(\.self).first)?.lowercased()
        let toldID = fields.require("id", own ?? tenant)
        if let own, let tenant, own != tenant {
            fields.fault("companyProfile.tenantId", .differs, "\(tenant)", whole: false)
        }
        if let toldName, !OrganizationName(toldName).isVisible { fields.fault("companyName", .malformed, toldName) }
        if let toldDomain, !toldDomain.isDomain { fields.fault("domain", .malformed, toldDomain) }
        if let relation, !Self.isReseller(relation) {
            fields.fault("relationshipToPartner", .noRelationship, relation)
        }
        guard !fields.isBroken, let id = toldID, let name = toldName, let domain = toldDomain else { return nil }
        (self.item, self.id, self.name, self.domain) = (item, id, name, domain)
        country = countries.compactMap(\.self).first
        language = locale.map { $0.lowercased().hasPrefix("ja") ? Language.ja : Language.en }
        self.billing = item.value["billingProfile"]?.json
    }

    private static func country(in name: String, of profile: inout DumpFields) -> String? {
        var address = profile.part(name)
        let country = address.text("country", whole: false)?.uppercased()
        if let country, !country.isCountry { address.fault("country", .malformed, country, whole: false) }
        profile.take(address)
        return country.flatMap { $0.isCountry ? $0 : nil }
    }

    /// `reseller` on the wire, 1 where .NET wrote the number, `Cloud Reseller` or クラウド リセラー in exports.
    private static func isReseller(_ word: String) -> Bool {
        let folded = word.foldedWord
        return folded == "1" || folded.contains("reseller") || folded.contains("リセラー")
    }
}
