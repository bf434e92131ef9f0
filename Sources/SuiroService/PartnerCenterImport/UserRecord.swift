import SuiroDomain

/// A user of a customer's directory as a dump tells of it. A password is never read.
struct UserRecord: Sendable {
    let item: DumpItem
    let id: ID<DirectoryUser>
    let profile: DirectoryProfile
    let deletedAt: Instant?

    private enum State { case active, inactive }

    init?(_ item: DumpItem, _ notes: inout DumpNotes) {
        var fields = DumpFields(item)
        defer { notes.take(fields) }
        _ = fields.raw("customerId", "customerTenantId")
        let found: ID<DirectoryUser>? = fields.id("id", "userId")
        let toldID = fields.require("id", found)
        let toldName = fields.require("userPrincipalName", fields.text("userPrincipalName", limit: 320))
        if let toldName, !Self.isPrincipalName(toldName) { fields.fault("userPrincipalName", .malformed, toldName) }
        let (first, last) = (fields.text("firstName", limit: 64), fields.text("lastName", limit: 64))
        let display = fields.text("displayName", limit: 256)
        let country = fields.text("usageLocation", whole: false)?.uppercased()
        if let country, !country.isCountry { fields.fault("usageLocation", .malformed, country, whole: false) }
        let immutable = fields.text("immutableId", limit: 128, whole: false)
        let phone = fields.text("phoneNumber", limit: 64, whole: false)
        let state = fields.word("state", [("active", State.active), ("inactive", .inactive)])
        let deleted = fields.instant("softDeletionTime")
        if state == .inactive { _ = fields.require("softDeletionTime", deleted) }
        guard !fields.isBroken, let id = toldID, let name = toldName else { return nil }
        let known = [first, last].compactMap(\.self).joined(separator: " ")
        (self.item, self.id, deletedAt) = (item, id, state == .inactive ? deleted : nil)
        profile = DirectoryProfile(
            principalName: name,
            firstName: first,
            lastName: last,
            displayName: display ?? (known.isEmpty ? name : known),
            usageLocation: country.flatMap { $0.isCountry ? $0 : nil },
            immutableID: immutable,
            phoneNumber: phone
        )
    }

    private static func isPrincipalName(_ name: String) -> Bool {
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !name.contains(where: \.isWhitespace)
            && String(parts[1]).lowercased().isDomain
    }
}
