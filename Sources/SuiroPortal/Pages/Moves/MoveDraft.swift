import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// What somebody has said of a move so far. All of it stands in the address of each page of the wizard, so that going
/// back and forth, or coming back tomorrow, loses nothing.
struct MoveDraft: Sendable {
    /// The pages of the wizard, in order; what comes after the last one is the move itself.
    enum Stage: Int, CaseIterable, Sendable { case subjects = 1, target, preview, asking }

    /// The choice that means another partner than those listed.
    static let other = "other"

    var customer: ID<Customer>?
    var subscriptions: [ID<Subscription>] = []
    var kind: MoveKind?
    var plan: LicensePlan?
    /// The partner that was chosen, as the page sent it: its id, or `other` with what was typed.
    var choice = ""
    var typed = ""
    var cutover = ""

    init(customer: ID<Customer>?, subscriptions: [ID<Subscription>], kind: MoveKind?, plan: LicensePlan?) {
        (self.customer, self.subscriptions, self.kind, self.plan) = (customer, subscriptions, kind, plan)
    }

    init(_ query: Query) {
        self.init { name in query.items.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }
    }

    init(_ form: Form) {
        self.init(form.values)
    }

    private init(_ values: (String) -> [String]) {
        customer = values("customer").first.flatMap { ID($0) }
        subscriptions = values("subscription").compactMap { ID($0) }
            .reduce(into: []) { known, id in if !known.contains(id) { known.append(id) } }
        kind = values("kind").first.flatMap(MoveKind.init(rawValue:))
        plan = values("plan").first.flatMap(LicensePlan.init(rawValue:))
        choice = values("to").first ?? ""
        typed = values("other").first ?? ""
        cutover = values("cutover").first ?? ""
    }

    /// What the address or a form says of it.
    var fields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        if let customer { fields.append(("customer", "\(customer)")) }
        fields += subscriptions.map { ("subscription", "\($0)") }
        if let kind { fields.append(("kind", kind.rawValue)) }
        if let plan { fields.append(("plan", plan.rawValue)) }
        let rest = [("to", choice), ("other", typed), ("cutover", cutover)]
        return fields + rest.filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    func address(_ stage: Stage? = nil) -> String {
        let fields = fields + (stage.map { [(name: "step", value: "\($0.rawValue)")] } ?? [])
        let query = fields.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
        return Place.moves + "/new" + (query.isEmpty ? "" : "?" + query)
    }

    /// The fields as hidden ones of a form, without those that the form asks for itself.
    func hidden(without names: Set<String> = []) -> HTML {
        .each(fields.filter { !names.contains($0.name) }) {
            "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">"
        }
    }

    /// The partner that was named; `nil` where nobody was, or nobody can be.
    var target: ID<Partner>? { ID((choice == Self.other ? typed.halfWidth : choice).trimmed) }

    /// The day that was wished for; today means now.
    func day(at now: Instant) -> Instant? {
        guard let day = Instant(cutover.halfWidth.replacing("/", with: "-").trimmed) else { return nil }
        return day.startOfDay == now.startOfDay && day <= now ? nil : day
    }

    func wish(at now: Instant) -> MoveWish {
        MoveWish(
            subscriptions: subscriptions,
            target: target,
            kind: kind ?? plan.map { _ in .replaceLicense },
            plan: kind == nil || kind == .replaceLicense ? plan : nil,
            cutover: day(at: now)
        )
    }
}

extension MovePreview {
    /// What somebody decides on who asks for a move, without what changes from minute to minute: asking compares it
    /// with what was read.
    var gist: String {
        var lines = ["\(kind.rawValue) \(procedure.plan?.rawValue ?? "") \(procedure.form?.rawValue ?? "")"]
        lines.append("\(source?.id?.description ?? "") \(target.id?.description ?? "") \(cutover.day) \(editionName)")
        lines += moves.map { "\($0.subscription) \($0.quantity ?? 0) \($0.monthlyCost.map { "\($0.text)" } ?? "")" }
        lines += (stays + atRisk).map { "\($0.code.rawValue) \($0.subscription?.description ?? "")" }
        lines += billing.map { "\($0.subscription) \($0.payee.id?.description ?? $0.payee.name)" }
        lines += consents.map(\.rawValue) + steps.map { "\($0.step.rawValue) \($0.who.rawValue)" }
        return lines.joined(separator: "\n").sha256
    }
}
