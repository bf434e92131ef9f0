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
            "multichannel.access.get",
            .get,
            "/multichannel/v1/customers/{customer_id}/access/{access_id}"
        ) { call in
            let (row, now) = try await call.service.accessPath(
                call.id("access_id", .access),
                in: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writer in
                writeGrant(row, at: now, call, to: &writer)
                writer.object("terms") { writer in
                    writer.member("text", row.consent.terms)
                    writer.member("hash", row.consent.termsHash)
                    writer.member("language", row.consent.language.rawValue)
                }
                attributes("MultichannelAccess", to: &writer)
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
                force: call.insists(),
                call.context
            )
            return Reply(.noContent)
        },
    ]
}

/// One way in, as every list of them shows it.
func writeGrant(_ row: GrantRow, at now: Instant, _ call: Call, to writer: inout JSONWriter) {
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
    if grant.isLive(at: now) { writer.member("unusedSince", grant.unusedSince(row.lastUsedAt)) }
    writer.member("termsLanguage", row.consent.language.rawValue)
    writer.member("termsUri", "/multichannel/v1/customers/\(grant.customer)/access/\(grant.id)")
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
