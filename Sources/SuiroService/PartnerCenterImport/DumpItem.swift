package import SuiroDomain

/// What a file of a dump can tell of.
package enum DumpKind: String, CaseIterable, Sendable {
    case customer, companyProfile, billingProfile, subscription, order, user, agreement
}

/// How a dump names the customer that something belongs to.
package enum DumpCustomer: Hashable, Sendable {
    case id(ID<Customer>)
    case domain(String)
    /// A member that should name one, and does not.
    case malformed(field: String, value: String)
}

/// One thing that a dump tells of, and where it stands.
package struct DumpItem: Hashable, Sendable {
    package let kind: DumpKind
    package let file: String
    package let place: String
    package let customer: DumpCustomer?
    package let value: DumpValue

    func leftOut(_ reason: LeftOut.Reason, _ field: String = "", _ value: String = "", whole: Bool = true) -> LeftOut {
        LeftOut(
            file: file,
            place: place,
            kind: kind.rawValue,
            field: field,
            value: value,
            reason: reason,
            isWhole: whole
        )
    }
}

// What it is: by what it says of itself, by its members, and only then by the name of its file.
extension DumpKind {
    /// The objects of the wire that an import takes, by `attributes.objectType` in small letters.
    private static let objectTypes: [String: DumpKind] = [
        "customer": .customer, "customercompanyprofile": .companyProfile, "customerbillingprofile": .billingProfile,
        "subscription": .subscription, "order": .order, "customeruser": .user, "agreement": .agreement,
    ]

    /// What an object says it is; `nil` where it does not say.
    static func objectType(of value: DumpValue) -> String? {
        guard case .text(let name)? = value["attributes"]?["objectType"] else { return nil }
        return name
    }

    package init?(of value: DumpValue, in file: String) {
        if let name = Self.objectType(of: value) {
            guard let kind = Self.objectTypes[name.lowercased()] else { return nil }
            self = kind
        } else if let kind = Self.byMembers(value) ?? Self.byName(value, file) {
            self = kind
        } else {
            return nil
        }
    }

    private static func byMembers(_ value: DumpValue) -> DumpKind? {
        if value.has("userPrincipalName") { return .user }
        if value.has("lineItems"), value.has("id") || value.has("orderId") { return .order }
        if value.has("templateId", "primaryContact") { return .agreement }
        if value.has("offerId"), value.has("id") || value.has("subscriptionId") { return .subscription }
        if value.has("companyProfile") || value.has("relationshipToPartner") { return .customer }
        if value.has("customerId", "domain", "name") { return .customer }
        if value.has("tenantId", "domain", "companyName") { return .companyProfile }
        if value.has("defaultAddress", "companyName") || value.has("defaultAddress", "email") { return .billingProfile }
        return nil
    }

    private static func byName(_ value: DumpValue, _ file: String) -> DumpKind? {
        guard value.has("id") else { return nil }
        let name = (file.split(separator: "/").last ?? "").lowercased()
        let words: [(String, DumpKind)] = [
            ("subscription", .subscription), ("order", .order), ("user", .user), ("agreement", .agreement),
            ("customer", .customer),
        ]
        return words.first(where: { name.contains($0.0) })?.1
    }
}

// Whose it is: by its own member, by its address, and only then by file and folder.
extension DumpCustomer {
    static func of(_ value: DumpValue, in file: String) -> DumpCustomer? {
        for name in ["customerId", "customerTenantId", "referenceCustomerId"] {
            guard let member = value[name] else { continue }
            guard case .text(let text) = member, let id = ID<Customer>(text) else {
                return .malformed(field: name, value: member.shown)
            }
            return .id(id)
        }
        if case .text(let address)? = value["links"]?["self"]?["uri"], let id = customer(inAddress: address) {
            return .id(id)
        }
        return named(by: file)
    }

    /// `/customers/{id}/…`, with or without what comes before it.
    private static func customer(inAddress address: String) -> ID<Customer>? {
        let parts = address.lowercased().split(separator: "/")
        guard let index = parts.firstIndex(of: "customers"), index + 1 < parts.count else { return nil }
        return ID<Customer>(String(parts[index + 1]))
    }

    /// The last GUID in the path, or the last folder that is a domain.
    static func named(by file: String) -> DumpCustomer? {
        let parts = file.split(separator: "/").map(String.init)
        for part in parts.reversed() {
            if let id = part.guid { return .id(id) }
        }
        return parts.dropLast().last(where: { $0.isDomain }).map { DumpCustomer.domain($0.lowercased()) }
    }
}

extension String {
    /// The first GUID in it.
    fileprivate var guid: ID<Customer>? {
        let bytes = Array(utf8)
        guard bytes.count >= 36 else { return nil }
        for start in 0...(bytes.count - 36) {
            if let id = ID<Customer>(String(decoding: bytes[start..<start + 36], as: UTF8.self)) { return id }
        }
        return nil
    }
}
