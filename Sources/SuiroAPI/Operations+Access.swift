import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    static let access: [Operation] = [
        Operation("multichannel.access.list", .get, "/multichannel/v1/customers/{customer_id}/access") { call in
            let view = try await call.service.access(in: call.id("customer_id", .customer), call.context)
            let all = call.exchange.query["state"]?.folded == "all"
            let rows = view.grants.filter { all || $0.grant.isLive(at: view.now) }
            return Page(rows, of: call).reply(call) { writer, row in
                writer.object { writeGrant(row, at: view.now, call, to: &$0) }
            }
        },
        Operation(
            "multichannel.access.end",
            .delete,
            "/multichannel/v1/customers/{customer_id}/access/{access_id}"
        ) { call in
            _ = try await call.service.endAccess(
                call.id("access_id", .access),
                in: call.id("customer_id", .customer),
                call.context
            )
            return Reply(.noContent)
        },
    ]
}

private func writeGrant(_ row: GrantRow, at now: Instant, _ call: Call, to writer: inout JSONWriter) {
    let grant = row.grant
    writer.member("id", grant.id)
    writer.member("kind", grant.kind.rawValue)
    writer.member("kindText", call.say("accessKind.\(grant.kind.rawValue)"))
    writer.object("partner") { writer in
        writer.member("id", grant.partner)
        writer.member("name", row.partnerName)
        writer.member("kind", row.partnerKind.rawValue)
    }
    writer.array("roles", grant.roles)
    writer.object("grantedBy") { writer in
        writer.member("id", row.consent.person)
        writer.member("name", row.consent.personName)
        writer.member("basis", row.consent.basis.rawValue)
        writer.member("termsHash", row.consent.termsHash)
        writer.member("language", row.consent.language.rawValue)
    }
    writer.member("grantedAt", row.consent.at)
    writer.member("from", grant.from)
    writer.member("until", grant.until)
    writer.member("lastUsedAt", row.lastUsedAt)
    switch grant.end {
    case .none: writer.member("state", grant.isLive(at: now) ? "active" : "ended")
    case .revoked(let at, let by):
        writer.member("state", "revoked")
        writer.member("endedAt", at)
        writer.member("endedBy", by)
    case .replaced(let at):
        writer.member("state", "replaced")
        writer.member("endedAt", at)
    case .expired(let at):
        writer.member("state", "expired")
        writer.member("endedAt", at)
    }
}
