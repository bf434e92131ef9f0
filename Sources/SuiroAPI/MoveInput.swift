import SuiroDomain
import SuiroHTTP
import SuiroService

extension MoveWish {
    /// `{subscriptionIds[], toPartner?, kind?, plan?, cutover?}`.
    init(_ fields: Fields) throws {
        let texts = try fields.texts("subscriptionIds") ?? []
        guard !texts.isEmpty else { throw BadInput("subscriptionIds", .required) }
        let ids = try texts.enumerated().map { index, text in
            guard let id = ID<Subscription>(text.trimmed) else {
                throw BadInput("subscriptionIds[\(index)]", .malformed, text)
            }
            return id
        }
        let kind: MoveKind? = try fields.word("kind")
        let plan: LicensePlan? = try fields.word("plan")
        if let kind, kind != .replaceLicense, let plan { throw BadInput("plan", .outOfRange, plan.rawValue) }
        self.init(
            subscriptions: ids,
            target: try fields.id("toPartner"),
            kind: kind,
            plan: plan,
            cutover: try fields.instant("cutover")
        )
    }
}

extension MoveAnswer {
    init(_ fields: Fields) throws {
        guard let decision = try fields.text("decision")?.folded else { throw BadInput("decision", .required) }
        let (terms, reason) = (try fields.text("termsHash", limit: 64), try fields.text("reason", limit: 500))
        switch decision {
        case "approve", "approved":
            guard let terms else { throw BadInput("termsHash", .required) }
            self = .approve(terms: terms)
        case "decline", "declined":
            self = .decline(reason: reason)
        case "withdraw", "retract":
            self = .retract
        default: throw BadInput("decision", .unknown, decision)
        }
    }
}

extension StepInput {
    /// What was said of a step: words, or an object with what the step asks for; beside `evidence` or inside it.
    init(_ body: Fields) throws {
        self.init()
        var sources = [body]
        switch body.value("evidence") {
        case .string: note = try body.text("evidence", limit: 4000)
        case .object: if let evidence = try body.object("evidence") { sources.append(evidence) }
        case nil, .null: break
        default: throw BadInput("evidence", .wrongType)
        }
        for fields in sources {
            note = try fields.text("note", limit: 4000) ?? note
            scope = try fields.word("scope") ?? scope
            replacement = try fields.id("subscriptionId") ?? replacement
            unassigned = try fields.whole("unassigned", in: 0...10_000_000) ?? unassigned
            isImmediate = try fields.flag("immediate") ?? isImmediate
            for entry in try fields.array("services") ?? [] {
                let service = try Fields(entry.value, path: entry.path)
                let verdict: ServiceVerdict = try service.word("verdict") ?? .move
                services[try service.requiredText("service", limit: 200)] = verdict
            }
            if let entered = try fields.object("details") {
                for member in entered.members {
                    details[member.name] = try entered.text(member.name, limit: 4000) ?? ""
                }
            }
        }
        // The plainest way to choose: the word alone.
        if scope == nil, let word = note, let chosen = CancelScope(rawValue: word.trimmed) { scope = chosen }
    }
}
