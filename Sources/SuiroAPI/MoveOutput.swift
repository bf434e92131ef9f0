import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService

// A move on the wire: the preview's own members, and what has become of it.
func writeMove(_ view: MoveView, _ call: Call, to writer: inout JSONWriter) {
    let move = view.move
    writer.member("id", move.id)
    writer.member("state", view.state.rawValue)
    writer.member("stateText", call.say("moveState.\(view.state.rawValue)"))
    writer.member("initiator", move.initiator.rawValue)
    writer.member("createdBy", move.createdByName)
    writer.member("createdAt", move.createdAt)
    writer.member("expires", move.expires)
    writer.member("renews", move.renews)
    writer.member("newerPolicyEdition", view.newerEdition)
    writer.member("newerPolicyWouldChange", view.newerEdition == nil ? nil : view.wouldChange)
    writePreviewHead(view.preview, cutover: move.progress?.cutover, terms: view.termsHash, to: &writer)
    writer.array("moves", view.preview.moves) { writer, item in
        writer.object { writer in
            write(item, call, to: &writer)
            if let result = move.progress?.items.first(where: { $0.subscription == item.subscription }) {
                writer.object("result") { write(move.standing(of: result, at: view.at), result, call, to: &$0) }
            }
            writer.member("replacedBy", move.progress?.replacements[item.subscription])
        }
    }
    writeConsequences(view.preview, call, to: &writer)
    writer.array("consents", move.consents) { writer, consent in
        writer.object { write(consent, terms: view.termsHash, call, to: &$0) }
    }
    writer.array("steps", view.steps) { writer, step in writer.object { write(step, call, to: &$0) } }
    writeEnd(of: view.preview, call, to: &writer)
    if let progress = move.progress, !progress.inventory.isEmpty {
        writer.array("services", progress.inventory) { writer, item in writer.object { write(item, call, to: &$0) } }
    }
    if let details = move.progress?.details, !details.isEmpty {
        writer.object("details") { writer in
            for (name, value) in details.sorted(by: { $0.key < $1.key }) { writer.member(key: name, value) }
        }
    }
    writer.member("cancelScope", move.progress?.scope?.rawValue)
    writer.array("leftovers", view.leftovers) { writer, leftover in
        writer.object { writeLeftover(leftover, call, to: &$0) }
    }
    if case .closed(let ending, let at, _) = move.phase { write(ending, at, to: &writer) }
    attributes("Move", etag: etag("\(move.id)", move.revision), to: &writer)
}

func writePreview(_ preview: MovePreview, terms: String, _ call: Call, to writer: inout JSONWriter) {
    writePreviewHead(preview, cutover: nil, terms: terms, to: &writer)
    writer.array("moves", preview.moves) { writer, item in writer.object { write(item, call, to: &$0) } }
    writeConsequences(preview, call, to: &writer)
    writer.array("consents", preview.consents) { writer, party in
        writer.object { write(MoveConsent(party: party, state: .pending), terms: terms, call, to: &$0) }
    }
    writer.array("steps", preview.steps) { writer, step in
        let view = StepView(step: step.step, who: step.who, state: .locked, due: step.due, record: nil)
        writer.object { write(view, call, to: &$0) }
    }
    writeEnd(of: preview, call, to: &writer)
    attributes("MovePreview", to: &writer)
}

private func writePreviewHead(
    _ preview: MovePreview,
    cutover: Instant?,
    terms: String,
    to writer: inout JSONWriter
) {
    writer.member("kind", preview.kind.rawValue)
    writer.member("plan", preview.procedure.plan?.rawValue)
    writer.member("form", preview.procedure.form?.rawValue)
    writer.object("customer") { write(preview.customer, to: &$0) }
    if let source = preview.source { writer.object("source") { write(source, to: &$0) } }
    writer.object("target") { write(preview.target, to: &$0) }
    writer.member("at", preview.at)
    writer.member("cutover", cutover ?? preview.cutover)
    writer.member("policyEdition", preview.editionName)
    writer.member("edition", preview.edition)
    writer.member("termsHash", terms)
}

private func write(_ party: PartyName, to writer: inout JSONWriter) {
    writer.member("id", party.id)
    writer.member("name", party.name)
}

private func write(_ party: Party, to writer: inout JSONWriter) {
    writer.member("kind", party.kind.rawValue)
    writer.member("id", party.id)
    writer.member("name", party.name.isEmpty ? nil : party.name)
}

private func write(_ item: MovedItem, _ call: Call, to writer: inout JSONWriter) {
    writer.member("subscriptionId", item.subscription)
    writer.member("name", item.name)
    writer.member("family", item.family?.rawValue)
    writer.member("channel", item.channel?.rawValue)
    writer.member("quantity", item.quantity)
    writer.member("monthlyCost", item.monthlyCost)
    writer.member("termEnd", item.termEnd)
    writer.object("seller") { write(item.seller, to: &$0) }
    writer.member("cause", item.cause.rawValue)
    if !item.inventory.isEmpty {
        writer.array("services", item.inventory) { writer, service in writer.object { write(service, call, to: &$0) } }
    }
}

private func write(_ item: InventoryItem, _ call: Call, to writer: inout JSONWriter) {
    writer.member("service", item.service)
    writer.member("verdict", item.verdict?.rawValue)
    writer.member("text", item.verdict.map { call.say("serviceVerdict.\($0.rawValue)") })
    writer.array("flags", item.flags.map(\.rawValue))
    writer.member("done", item.isDone)
}

private func writeConsequences(_ preview: MovePreview, _ call: Call, to writer: inout JSONWriter) {
    writer.array("stays", preview.stays) { writer, thing in writer.object { write(thing, preview, call, to: &$0) } }
    writer.array("atRisk", preview.atRisk) { writer, thing in writer.object { write(thing, preview, call, to: &$0) } }
    writer.array("billing", preview.billing) { writer, line in
        writer.object { writer in
            writer.member("subscriptionId", line.subscription)
            writer.object("payee") { write(line.payee, to: &$0) }
            writer.member("from", line.from)
            writer.member("to", line.to)
            writer.member("amount", line.amount)
            writer.member("estimate", line.isEstimate)
        }
    }
}

private func write(_ thing: Consequence, _ preview: MovePreview, _ call: Call, to writer: inout JSONWriter) {
    writer.member("code", thing.code.rawValue)
    writer.member("text", call.words.say("consequence.\(thing.code.rawValue)", call.language, thing.words(in: preview)))
    writer.member("rule", thing.rule.description)
    writer.member("policyRow", thing.row?.rawValue)
    writer.member("subscriptionId", thing.subscription)
    writer.member("until", thing.until)
    writer.member("cost", thing.cost)
}

private func writeEnd(of preview: MovePreview, _ call: Call, to writer: inout JSONWriter) {
    writer.array("blockers", preview.blockers) { writer, blocker in
        writer.object { writer in
            writer.member("reason", blocker.reason.rawValue)
            writer.member("text", call.say("reason.\(blocker.reason.rawValue)", blocker.arguments))
            writer.member("rule", blocker.rule.description)
            writer.member("policyRow", blocker.row?.rawValue)
            writer.member("subscriptionId", blocker.subscription)
            writer.member("stage", blocker.stage.rawValue)
            writer.member("availableFrom", blocker.availableFrom)
            writer.array("next", blocker.next) { writer, step in write(step, call.words, call.language, to: &writer) }
        }
    }
    writer.array("survivingAccess", preview.survivingAccess) { writer, access in
        writer.object { writer in
            writer.object("partner") { write(access.partner, to: &$0) }
            writer.member("kind", access.kind.rawValue)
            writer.member("kindText", call.say("leftoverKind.\(access.kind.rawValue)"))
            writer.member("until", access.until)
        }
    }
}

private func write(_ consent: MoveConsent, terms: String, _ call: Call, to writer: inout JSONWriter) {
    writer.member("party", consent.party.rawValue)
    switch consent.state {
    case .approved(let seen, let person, let name, let at) where seen == terms:
        writer.member("state", "approved")
        writer.object("by") { writer in
            writer.member("id", person)
            writer.member("name", name)
        }
        writer.member("at", at)
        writer.member("termsHash", seen)
    case .pending, .approved:
        // What was agreed to is not what stands here now: the party has to read again.
        writer.member("state", "pending")
        if case .approved = consent.state { writer.member("termsChanged", true) }
    case .declined(let reason, let person, let name, let at):
        writer.member("state", "declined")
        writer.object("by") { writer in
            writer.member("id", person)
            writer.member("name", name)
        }
        writer.member("at", at)
        writer.member("reason", reason)
    }
}

private func write(_ step: StepView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", step.step.rawValue)
    writer.member("name", call.say("moveStep.\(step.step.rawValue)"))
    writer.member("help", call.say("moveStep.\(step.step.rawValue).help"))
    writer.member("rule", step.step.rule.description)
    writer.member("state", step.state.rawValue)
    writer.member("who", step.who.rawValue)
    writer.member("due", step.due)
    if let record = step.record {
        writer.member("doneAt", record.at)
        writer.member("doneBy", record.byName)
        writer.member("evidence", record.note)
    }
}

private func write(_ standing: ItemStanding, _ result: ItemResult, _ call: Call, to writer: inout JSONWriter) {
    writer.member("state", standing.word)
    switch standing {
    case .pending: break
    case .scheduled(let at), .moved(let at): writer.member("at", at)
    case .failed(let reason, let at):
        writer.member("at", at)
        writer.member("reason", reason.rawValue)
        writer.member("text", call.say("reason.\(reason.rawValue)"))
    }
    writer.member("alias", result.alias)
}

private func write(_ ending: MoveEnding, _ at: Instant, to writer: inout JSONWriter) {
    writer.member("endedAt", at)
    switch ending {
    case .completed, .finishedWithErrors, .expired: break
    case .withdrawn(let party, let reason), .declined(let party, let reason):
        writer.member("endedBy", party.rawValue)
        writer.member("endReason", reason)
    }
}

func writeLeftover(_ view: LeftoverView, _ call: Call, to writer: inout JSONWriter) {
    let leftover = view.leftover
    writer.member("id", leftover.id)
    writer.member("kind", leftover.kind.rawValue)
    writer.member("kindText", call.say("leftoverKind.\(leftover.kind.rawValue)"))
    writer.object("partner") { writer in
        writer.member("id", leftover.partner)
        writer.member("name", leftover.partnerName)
    }
    writer.member("moveId", leftover.move)
    writer.member("subscriptionId", leftover.subscription)
    writer.member("accessId", leftover.grant)
    writer.member("foundAt", leftover.foundAt)
    writer.member("state", view.state.name)
    switch view.state {
    case .open: break
    case .removed(let at, let person, let name):
        writer.member("resolvedAt", at)
        writer.member("resolvedBy", person)
        writer.member("resolvedByName", name.isEmpty ? nil : name)
    case .signedOff(let at, let person, let name, let reason):
        writer.member("resolvedAt", at)
        writer.member("resolvedBy", person)
        writer.member("resolvedByName", name)
        writer.member("reason", reason)
    }
}
