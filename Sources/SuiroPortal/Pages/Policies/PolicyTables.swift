import SuiroAssets
import SuiroDomain
import SuiroService

// Tables that the pages about policy have in common.
extension Visit {
    /// Where a row holds, in words.
    func place(_ scope: Circumstances) -> String { words.place(scope, language) }

    /// A key and what it decides.
    func policyKey(_ key: String) -> HTML {
        let meaning = words.has("policyKey.\(key)") ? words.meaning(of: key, language) : nil
        return """
            <a href="\(Place.policies(key: key))"><code>\(key)</code></a>\
            \(meaning.map { "<br><span class=\"hint\">\($0)</span>" as HTML })
            """
    }

    func rules(_ rules: [RuleID]) -> HTML {
        rules.map { "<span class=\"rule\">\($0.description)</span>" as HTML }.joined(by: " ")
    }

    /// What a package says, row by row.
    func rowTable(_ rows: [PolicyRow], labelled id: String) -> HTML {
        let heads = [
            "portal.policies.key", "portal.policies.value", "portal.policies.scope", "portal.policies.from",
            "portal.policies.until", "portal.policies.rule", "portal.policies.source",
        ].map { Head(say($0)) }
        return leaves(rows, labelled: id) { rows in
            table(
                labelled: id,
                heads,
                HTML.each(rows) { row in
                    """
                    <tr><th scope="row">\(policyKey(row.key))</th><td><code>\(row.value.text)</code></td>\
                    <td>\(place(row.scope))</td><td class="nw">\(day(row.from))</td>\
                    <td class="nw">\(row.until.map(day) ?? none)</td><td>\(rules(row.rules))</td>\
                    <td>\(row.source)</td></tr>

                    """
                }
            )
        }
    }

    /// Old and new side by side; where only the sources differ, folded below.
    func changeTable(_ changes: [PolicyChange], labelled id: String) -> HTML {
        let telling = changes.filter { !$0.keepsValue }
        let restated = changes.filter(\.keepsValue)
        let summary = say("portal.changes.restated", ["count": .count(restated.count)])
        let none: HTML = "<p>\(say("portal.changes.none"))</p>\n"
        let table = leaves(telling, labelled: id) { sideBySide($0, labelled: id) }
        return (telling.isEmpty ? none : table)
            + folded(restated, summary, labelled: "\(id)-restated") { sideBySide($0, labelled: "\(id)-restated") }
    }

    private func sideBySide(_ changes: ArraySlice<PolicyChange>, labelled id: String) -> HTML {
        let heads = [
            "portal.policies.key", "portal.policies.scope", "portal.changes.from", "portal.changes.old",
            "portal.changes.new", "portal.policies.rule",
        ].map { Head(say($0)) }
        return table(
            labelled: id,
            heads,
            HTML.each(changes) { change in
                """
                <tr><th scope="row">\(policyKey(change.key))</th><td>\(place(change.scope))</td>\
                <td class="nw">\(day(change.from))</td><td>\(side(change.before))</td><td>\(side(change.after))</td>\
                <td>\(rules((change.after ?? change.before)?.rules ?? []))</td></tr>

                """
            }
        )
    }

    private func side(_ row: PolicyRow?) -> HTML {
        guard let row else { return "\(say("portal.changes.nothing"))" }
        return "<code>\(row.value.text)</code><br><span class=\"hint\">\(row.source)</span>"
    }

    /// How many outcomes turn which way.
    func countTable(_ impact: Impact, labelled id: String) -> HTML {
        let heads = [
            Head(say("portal.impact.before")), Head(say("portal.impact.after")),
            Head(say("portal.impact.count"), isNumber: true),
        ]
        return table(
            labelled: id,
            heads,
            HTML.each(impact.counts) { count in
                """
                <tr><th scope="row">\(verdict(count.before))</th><td>\(verdict(count.after))</td>\
                <td class="n">\(count.count)</td></tr>

                """
            }
        )
    }

    /// Whose outcomes change; folded below, what only has another reason. `names` tells which of the parties the reader
    /// needs to be told.
    func impactTable(_ impact: Impact, labelled id: String, names: ImpactNames) -> HTML {
        let turns = impact.turns
        let others = impact.rows.filter { !$0.turns }
        let summary = say("portal.impact.reasons", ["count": .count(others.count)])
        let none: HTML = "<p>\(say("portal.impact.none"))</p>\n"
        let table = leaves(turns, labelled: id) { impactTable($0, labelled: id, names) }
        return (turns.isEmpty ? none : table)
            + folded(others, summary, labelled: "\(id)-reasons") { impactTable($0, labelled: "\(id)-reasons", names) }
    }

    private func impactTable(_ rows: ArraySlice<ImpactRow>, labelled id: String, _ names: ImpactNames) -> HTML {
        var heads: [Head] = []
        if names.customer { heads.append(Head(say("portal.impact.customer"))) }
        heads.append(Head(say("portal.impact.subscription")))
        if names.partner { heads.append(Head(say("portal.impact.partner"))) }
        heads += [
            Head(say("portal.impact.action")), Head(say("portal.changes.from")), Head(say("portal.impact.before")),
            Head(say("portal.impact.after")),
        ]
        return table(
            labelled: id,
            heads,
            HTML.each(rows) { row in
                let customer: HTML = "<td>\(row.customerName)</td>"
                let partner: HTML = "<td>\(row.partnerName)</td>"
                return """
                    <tr>\(HTML.when(names.customer, customer))<th scope="row">\(subscription(row, names))</th>\
                    \(HTML.when(names.partner, partner))<td>\(say("action.\(row.action.rawValue)"))</td>\
                    <td class="nw">\(day(row.from))</td><td>\(outcome(row.before, names))</td>\
                    <td>\(outcome(row.after, names))</td></tr>

                    """
            }
        )
    }

    private func subscription(_ row: ImpactRow, _ names: ImpactNames) -> HTML {
        guard names.mayOpen else { return "\(row.subscriptionName)" }
        let address = Place.subscription(row.subscription, of: row.customer)
        return "<a href=\"\(address)\">\(row.subscriptionName)</a>"
    }

    /// The sentences speak to the partner; its customer reads what comes out.
    private func outcome(_ outcome: Outcome, _ names: ImpactNames) -> HTML {
        names.isSpokenTo ? "\(verdict(outcome.verdict)) \(outcome.sentence(words, language))" : verdict(outcome.verdict)
    }
}

/// What of an affected subscription its reader has to be told, and may open.
struct ImpactNames {
    let customer: Bool
    let partner: Bool
    let mayOpen: Bool
    let isSpokenTo: Bool

    init(_ kind: OrganizationKind) {
        customer = kind != .customer
        partner = !kind.isPartner
        mayOpen = kind != .vendor
        isSpokenTo = kind != .customer
    }
}
