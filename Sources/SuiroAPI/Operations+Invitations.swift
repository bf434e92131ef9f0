import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    private static let requests = "/multichannel/v1/relationshiprequests"

    static let invitations: [Operation] = [
        Operation("multichannel.relationshiprequests.create", .post, requests) { call in
            let view = try await call.service.requestRelationship(try RelationshipWish(call.fields()), call.context)
            return Reply.json(.created) { writeRequest(view, call, to: &$0) }
        },
        Operation("multichannel.relationshiprequests.list", .get, requests) { call in
            let views = try await call.service.relationshipRequests(call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeRequest(view, call, to: &$0) }
            }
        },
        Operation("multichannel.relationshiprequests.get", .get, requests + "/{request_id}") { call in
            let view = try await call.service.relationshipRequest(
                call.id("request_id", .relationshipRequest),
                call.context
            )
            return Reply.json { writeRequest(view, call, to: &$0) }
        },
        Operation("multichannel.relationshiprequests.remind", .post, requests + "/{request_id}/reminder") { call in
            let view = try await call.service.remind(call.id("request_id", .relationshipRequest), call.context)
            return Reply.json { writeRequest(view, call, to: &$0) }
        },
        Operation("multichannel.relationshiprequests.withdraw", .post, requests + "/{request_id}/withdrawal") { call in
            let view = try await call.service.withdraw(call.id("request_id", .relationshipRequest), call.context)
            return Reply.json { writeRequest(view, call, to: &$0) }
        },
        Operation("multichannel.invitations.get", .get, "/multichannel/v1/invitations/{code}", .userOnly) { call in
            let view = try await call.service.invitation(call.text("code"), call.context)
            return Reply.json { writeInvitation(view, call, to: &$0) }
        },
        Operation(
            "multichannel.invitations.accept",
            .post,
            "/multichannel/v1/invitations/{code}/acceptance",
            .userOnly
        ) { call in
            let hash = try call.fields().requiredText("termsHash", limit: 100)
            let outcome = try await call.service.acceptInvitation(call.text("code"), termsHash: hash, call.context)
            return Reply.json { writeOutcome(outcome, call, to: &$0) }
        },
        Operation(
            "multichannel.invitations.refuse",
            .post,
            "/multichannel/v1/invitations/{code}/refusal",
            .userOnly
        ) { call in
            let reason = try call.optionalFields().text("reason", limit: 1000)
            let outcome = try await call.service.declineInvitation(call.text("code"), reason: reason, call.context)
            return Reply.json { writeOutcome(outcome, call, to: &$0) }
        },
    ]
}

extension RelationshipWish {
    fileprivate init(_ fields: Fields) throws {
        let recipient = try fields.object("recipient")
        let scope = try fields.object("scope")
        let domain = try fields.text("customerDomain", limit: 253)?.lowercased()
        if let domain, !domain.isDomain { throw BadInput("customerDomain", .malformed, domain) }
        let mail = try recipient?.text("email", limit: 254)
        if let mail, !mail.isMailAddress { throw BadInput("recipient.email", .malformed, mail) }
        let roles = try scope?.texts("roles") ?? []
        let known = try roles.enumerated().map { index, text in
            guard let role = AdminRole(spelled: text) else { throw BadInput("scope.roles[\(index)]", .unknown, text) }
            return role
        }
        var seen: Set<AdminRole> = []
        self.init(
            customerDomain: domain,
            customer: nil,
            recipientName: try recipient?.text("name", limit: 200),
            recipientMail: mail,
            language: try fields.word("language") ?? .en,
            reseller: try scope?.flag("reseller") ?? true,
            delegatedAdmin: try scope?.flag("delegatedAdmin"),
            roles: known.filter { seen.insert($0).inserted },
            days: try scope?.whole("days", in: -1_000_000...1_000_000),
            services: try scope?.texts("services") ?? [],
            provider: try fields.id("indirectProviderId")
        )
    }
}

private func writeScope(_ scope: RequestedScope, to writer: inout JSONWriter) {
    writer.object("scope") { writer in
        writer.member("reseller", scope.reseller)
        writer.member("delegatedAdmin", scope.delegatedAdmin)
        writer.array("roles", scope.roles)
        writer.member("days", scope.days)
        writer.array("services", scope.services)
    }
}

private func writeRequest(_ view: RequestView, _ call: Call, to writer: inout JSONWriter) {
    let request = view.request
    writer.member("id", request.id)
    writer.member("code", request.code)
    writer.member("url", view.url)
    writer.member("state", view.state)
    writer.member("stateText", call.say("requestState.\(view.state)"))
    writer.member("created", request.createdAt)
    writer.member("expires", request.expires)
    writer.member("customerDomain", request.customerDomain)
    writer.member("customerId", view.customer)
    writer.object("recipient") { writer in
        writer.member("name", request.recipientName)
        writer.member("email", request.recipientMail)
    }
    writer.member("language", request.language.rawValue)
    writeScope(request.scope, to: &writer)
    writer.member("indirectProviderId", request.provider)
    writer.member("reminders", request.reminders)
    writer.member("reason", request.declineReason)
    writer.object("draft") { writer in
        writer.member("subject", view.draft.subject)
        writer.member("body", view.draft.body)
        writer.member("eml", view.draft.eml)
    }
    attributes("MultichannelRelationshipRequest", etag: etag("\(request.id)", request.revision), to: &writer)
}

private func writeInvitation(_ view: InvitationView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("code", view.request.code)
    writer.member("state", view.state)
    writer.member("stateText", call.say("requestState.\(view.state)"))
    writer.member("expires", view.request.expires)
    writer.object("partner") { writer in
        writer.member("id", view.partner.id)
        writer.member("name", view.partner.name)
        writer.member("country", view.partner.country)
        writer.member("domain", view.partner.domain)
        writer.member("mpnId", view.partner.mpnID)
        writer.member("contact", view.sender)
    }
    if let provider = view.provider {
        writer.object("provider") { writer in
            writer.member("id", provider.id)
            writer.member("name", provider.name)
        }
    }
    writer.member("customerId", view.customer.id)
    writeScope(view.request.scope, to: &writer)
    writer.member("mayDecide", view.mayDecide)
    writer.array("deciders", view.deciders)
    writer.member("termsHash", view.terms.hash)
    writer.member("language", view.terms.language.rawValue)
    writer.array("grants", view.terms.grants)
    writer.array("notPossible", view.terms.notPossible)
    writer.array("unchanged", view.terms.unchanged)
    writer.object("terms") { writer in
        writer.member("title", view.terms.title)
        writer.member("text", view.terms.text)
        writer.member("hash", view.terms.hash)
        writer.member("language", view.terms.language.rawValue)
    }
    writer.array("others", view.others) { writer, row in
        writer.object { writer in
            writer.member("partner", row.partnerName)
            writer.member("kind", row.grant.kind.rawValue)
            writer.member("until", row.grant.until)
        }
    }
    attributes("MultichannelInvitation", to: &writer)
}

private func writeOutcome(_ outcome: InvitationOutcome, _ call: Call, to writer: inout JSONWriter) {
    writer.member("code", outcome.request.code)
    writer.member("state", outcome.state)
    writer.member("stateText", call.say("requestState.\(outcome.state)"))
    writer.member("customerId", outcome.request.customer)
    writer.object("partner") { writer in
        writer.member("id", outcome.request.partner)
        writer.member("name", outcome.partnerName)
    }
    writer.member("reason", outcome.request.declineReason)
    writer.array("granted", outcome.grants) { writer, grant in
        writer.object { writer in
            writer.member("id", grant.id)
            writer.member("kind", grant.kind.rawValue)
            writer.array("roles", grant.roles)
            writer.member("from", grant.from)
            writer.member("until", grant.until)
        }
    }
    attributes("MultichannelInvitationOutcome", to: &writer)
}
