import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What Graph lacks about granular delegated administration: the text that is approved, and who would lose what.
extension Operation {
    private static let one = "/multichannel/v1/delegations/{relationship_id}"

    static let delegations: [Operation] = [
        Operation("multichannel.delegations.get", .get, one, .userOnly) { call in
            let shown = try await call.service.delegationConsent(call.relationshipID(), call.context)
            return Reply.json { writeConsent(shown, call, to: &$0) }
        },
        Operation("multichannel.delegations.accept", .post, one + "/acceptance", .userOnly) { call in
            let hash = try call.fields().requiredText("termsHash", limit: 100)
            let outcome = try await call.service.approveDelegation(
                call.relationshipID(),
                termsHash: hash,
                call.context
            )
            return Reply.json { writeDelegation(outcome.view, call, to: &$0) }
        },
        Operation("multichannel.delegations.refuse", .post, one + "/refusal", .userOnly) { call in
            let reason = try call.optionalFields().text("reason", limit: 1000)
            let outcome = try await call.service.rejectDelegation(call.relationshipID(), reason: reason, call.context)
            return Reply.json { writeDelegation(outcome.view, call, to: &$0) }
        },
        Operation("multichannel.delegations.losses", .get, one + "/losses", .userOnly) { call in
            var assignment: ID<AccessAssignment>?
            if let text = call.exchange.query["assignment"] {
                guard let id = ID<AccessAssignment>(text) else { throw BadInput("assignment", .malformed, text) }
                assignment = id
            }
            let loss = try await call.service.losses(
                ending: call.relationshipID(),
                assignment: assignment,
                call.context
            )
            return Reply.json { writeLoss(loss, call, to: &$0) }
        },
        Operation("multichannel.delegations.extend", .put, one + "/autoextension", .userOnly) { call in
            let fields = try call.fields()
            let isOn = try fields.required("enabled", fields.flag("enabled"))
            let view = try await call.service.setAutoExtend(call.relationshipID(), to: isOn, call.context)
            return Reply.json { writeDelegation(view, call, to: &$0) }
        },
        Operation("multichannel.delegations.terminate", .post, one + "/termination", .userOnly) { call in
            let force = try call.insists(call.optionalFields())
            let outcome = try await call.service.terminateDelegation(call.relationshipID(), force: force, call.context)
            return Reply.json { writeDelegation(outcome.view, call, to: &$0) }
        },
    ]
}

private func writeConsent(_ shown: DelegationConsentView, _ call: Call, to writer: inout JSONWriter) {
    writeMembers(shown.view, call, to: &writer)
    writer.member("mayDecide", shown.mayDecide)
    writer.array("deciders", shown.deciders)
    writer.member("termsHash", shown.terms.hash)
    writer.object("terms") { writer in
        writer.member("title", shown.terms.title)
        writer.member("text", shown.terms.text)
        writer.member("hash", shown.terms.hash)
        writer.member("language", shown.terms.language.rawValue)
    }
    writer.array("grants", shown.terms.grants)
    writer.array("notPossible", shown.terms.notPossible)
    writer.array("unchanged", shown.terms.unchanged)
    writer.array("assignments", shown.assignments.filter { $0.deletedAt == nil }) { writer, assignment in
        writer.object { writer in
            writer.member("id", assignment.id)
            writer.member("group", assignment.group)
            writer.member("status", assignment.status(at: shown.now).rawValue)
            writer.array("roles", assignment.roles.map(\.rawValue))
        }
    }
    let revision = shown.view.relationship.revision
    attributes("MultichannelDelegation", etag: etag("\(shown.view.relationship.id)", revision), to: &writer)
}

private func writeDelegation(_ view: DelegationView, _ call: Call, to writer: inout JSONWriter) {
    writeMembers(view, call, to: &writer)
    let relationship = view.relationship
    attributes("MultichannelDelegation", etag: etag("\(relationship.id)", relationship.revision), to: &writer)
}

private func writeMembers(_ view: DelegationView, _ call: Call, to writer: inout JSONWriter) {
    let relationship = view.relationship
    writer.member("id", relationship.wireID)
    writer.member("name", relationship.displayName)
    writer.member("state", view.status.rawValue)
    writer.member("stateText", call.say("delegationStatus.\(view.status.rawValue)"))
    writer.member("url", view.url)
    writer.object("partner") { writer in
        writer.member("id", view.partner.id)
        writer.member("name", view.partner.name)
    }
    if let customer = view.customer {
        writer.object("customer") { writer in
            writer.member("id", customer.id)
            writer.member("name", customer.name)
        }
    }
    writer.member("duration", relationship.duration.text)
    writer.member("days", relationship.duration.days)
    writer.member("autoExtendDays", relationship.autoExtendDays)
    writer.array("roles", relationship.roles.map(\.rawValue))
    writer.member("created", relationship.createdAt)
    writer.member("activated", relationship.tenure?.activatedAt)
    writer.member("until", view.end)
    if case .awaitingApproval(_, let until) = relationship.phase { writer.member("expires", until) }
    if case .rejected(_, _, let reason) = relationship.phase { writer.member("reason", reason) }
}

private func writeLoss(_ loss: AccessLoss, _ call: Call, to writer: inout JSONWriter) {
    writer.array("groups", loss.groups) { writer, group in
        writer.object { writer in
            writer.member("group", group.group)
            writer.array("loses", group.loses.map(\.rawValue))
            writer.array("keeps", group.keeps.map(\.rawValue))
        }
    }
    writer.member("isLastPath", loss.isLastPath)
    writer.array("unattended", loss.unattended)
    writer.member("isBlocked", !loss.unattended.isEmpty)
    attributes("MultichannelAccessLoss", to: &writer)
}
