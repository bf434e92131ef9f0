import SuiroDomain

/// An agreement that a customer has accepted, as a dump tells of it.
struct AgreementRecord: Sendable {
    let item: DumpItem
    let template: ID<AgreementTemplate>
    let kind: AgreementKind
    let contact: AgreementContact
    let agreed: Instant

    init?(_ item: DumpItem, _ notes: inout DumpNotes) {
        var fields = DumpFields(item)
        defer { notes.take(fields) }
        _ = fields.raw("customerId", "customerTenantId")
        let found: ID<AgreementTemplate>? = fields.id("templateId")
        let toldTemplate = fields.require("templateId", found)
        let kinds = AgreementKind.allCases.map { ($0.rawValue.lowercased(), $0) }
        let toldKind = fields.require("type", fields.word("type", kinds))
        let toldDate = fields.require("dateAgreed", fields.instant("dateAgreed"))
        var person = fields.part("primaryContact")
        let first = person.require("firstName", person.text("firstName", limit: 50))
        let last = person.require("lastName", person.text("lastName", limit: 50))
        let mail = person.require("email", person.text("email", limit: 254))
        if let mail, !mail.isMailAddress { person.fault("email", .malformed, mail) }
        let phone = person.text("phoneNumber", limit: 40, whole: false)
        fields.take(person)
        guard !fields.isBroken, let template = toldTemplate, let kind = toldKind, let agreed = toldDate,
            let firstName = first, let lastName = last, let address = mail
        else { return nil }
        (self.item, self.template, self.kind, self.agreed) = (item, template, kind, agreed)
        self.contact = AgreementContact(firstName: firstName, lastName: lastName, mail: address, phone: phone)
    }
}
