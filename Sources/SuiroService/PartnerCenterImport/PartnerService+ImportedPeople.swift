import SuiroDomain
import SuiroStore

// Who a customer is: its users, and what it has agreed to.
extension PartnerService {
    func bringUsers(_ arrival: inout Arrival, _ tx: Transaction) throws {
        for record in arrival.customer.users {
            if let known = try tx.directoryUser(record.id, of: arrival.id, keptFrom: .earliest) {
                compare(record, known, &arrival)
                arrival.report.know(.user)
                continue
            }
            let name = record.profile.principalName
            guard try record.deletedAt != nil || !tx.hasDirectoryUser(named: name, in: arrival.id) else {
                arrival.report.leave(out: record.item, .nameTaken, "userPrincipalName", name)
                continue
            }
            let user = DirectoryUser(
                id: record.id,
                customer: arrival.id,
                profile: record.profile,
                deletedAt: record.deletedAt,
                createdAt: tx.permit.intent.at
            )
            try tx.insert(user)
            try tx.record(.directory(.userCreated, user.id), arrival.remark(["user": name]))
            arrival.report.take(.user)
        }
    }

    private func compare(_ record: UserRecord, _ known: DirectoryUser, _ arrival: inout Arrival) {
        let (here, told) = (known.profile, record.profile)
        let fields: [(String, String?, String?)] = [
            ("userPrincipalName", here.principalName, told.principalName),
            ("firstName", here.firstName, told.firstName),
            ("lastName", here.lastName, told.lastName),
            ("displayName", here.displayName, told.displayName),
            ("usageLocation", here.usageLocation, told.usageLocation),
            ("immutableId", here.immutableID, told.immutableID),
            ("phoneNumber", here.phoneNumber, told.phoneNumber),
            ("state", known.isActive ? "active" : "inactive", record.deletedAt == nil ? "active" : "inactive"),
        ]
        for (name, kept, new) in fields {
            arrival.report.differ(record.item, name, here: kept ?? "none", told: new ?? "none")
        }
    }

    func bringAgreements(_ arrival: inout Arrival, _ tx: Transaction) throws {
        let (templates, now) = (try AgreementTemplates.read(), tx.permit.intent.at)
        for record in arrival.customer.agreements {
            guard let template = templates.all.first(where: { $0.id == record.template }) else {
                arrival.report.leave(out: record.item, .unknownTemplate, "templateId", "\(record.template)")
                continue
            }
            guard template.kind == record.kind else {
                arrival.report.leave(out: record.item, .unknownTemplate, "type", record.kind.rawValue)
                continue
            }
            guard AgreementAcceptance.isPast(record.agreed, at: now) else {
                arrival.report.leave(out: record.item, .inTheFuture, "dateAgreed", record.agreed.short)
                continue
            }
            let acceptance = AgreementAcceptance(
                id: environment.newID(),
                customer: arrival.id,
                template: template,
                contact: record.contact,
                agreed: record.agreed,
                way: .attested(by: arrival.seller),
                person: nil,
                at: now
            )
            guard try !tx.isAttested(acceptance, by: arrival.seller) else {
                arrival.report.know(.agreement)
                continue
            }
            try tx.insert(acceptance)
            try tx.record(
                .agreement(.agreementAttested, acceptance.id),
                arrival.remark(["type": acceptance.kind.rawValue, "template": "\(acceptance.template)"])
            )
            arrival.report.take(.agreement)
        }
    }
}
