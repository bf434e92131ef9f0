import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// What was entered for a step, and what is missing in it.
struct StepEntry {
    private(set) var input = StepInput()
    private(set) var mistakes: [Mistake] = []
    /// The field of the page for each service, by its name in lower case.
    private var verdictFields: [String: String] = [:]

    init(_ step: MoveStep, _ form: Form, _ view: MoveView, _ visit: Visit) throws {
        input.note = try form.text("evidence", limit: 2000)
        switch step {
        case .provision, .createTarget:
            input.replacement = form.typed("replacement").isEmpty ? nil : ID(form.typed("replacement"))
        case .compareSeats: readSeats(form, visit)
        case .assess: try readVerdicts(form, visit)
        case .enterDetails:
            for detail in RecreationDetail.allCases {
                input.details[detail.rawValue] = try form.text(Self.field(of: detail), limit: 4000) ?? ""
            }
        case .moveServices:
            let ticked = Set(form.values("service"))
            for item in view.openServices where ticked.contains(item.service) {
                input.services[item.service] = item.verdict ?? .move
            }
            if input.services.isEmpty, !view.openServices.isEmpty {
                mistakes.append(Mistake(field: "service", text: visit.say("portal.step.moveServices.mistake")))
            }
        case .chooseCancelScope:
            input.scope = CancelScope(rawValue: form.typed("scope"))
            if input.scope == nil {
                mistakes.append(Mistake(field: "scope", text: visit.say("portal.step.scope.mistake")))
            }
        case .turnOffRenewal, .endOld, .cancelOld, .watchUsage, .review, .writtenNotice, .openRequest,
            .checkSignatures, .confirmVerification, .cutOver, .grantAccess, .verifyAccess, .removeAccess:
            break
        }
    }

    static func field(of detail: RecreationDetail) -> String { "detail-\(detail.rawValue)" }

    private mutating func readSeats(_ form: Form, _ visit: Visit) {
        guard let count = Int(form.typed("unassigned").halfWidth.trimmed), (0...10_000_000).contains(count) else {
            mistakes.append(Mistake(field: "unassigned", text: visit.say("portal.step.unassigned.mistake")))
            return
        }
        input.unassigned = count
    }

    private mutating func readVerdicts(_ form: Form, _ visit: Visit) throws {
        for index in 0..<1000 {
            guard let service = try form.text("service-\(index)", limit: 200) else { break }
            try read(service, "verdict-\(index)", form, visit)
        }
        if let service = try form.text("service-new", limit: 200) {
            try read(service, "verdict-new", form, visit)
        }
    }

    private mutating func read(_ service: String, _ field: String, _ form: Form, _ visit: Visit) throws {
        verdictFields[service.lowercased()] = field
        guard let verdict = ServiceVerdict(rawValue: form.typed(field)) else {
            let text = visit.say("portal.step.assess.mistake", ["service": .text(service)])
            mistakes.append(Mistake(field: field, text: text))
            return
        }
        input.services[service] = verdict
    }

    /// What the service found wrong, at the field it was typed in.
    func mistake(_ fault: InputFault, _ visit: Visit) -> Mistake {
        let name = fault.field.split(separator: ".", maxSplits: 1).last.map(String.init) ?? fault.field
        if fault.field.hasPrefix("details."), let detail = RecreationDetail(rawValue: name) {
            let named = InputFault(field: visit.name(of: detail), code: fault.code, value: fault.value)
            return Mistake(field: Self.field(of: detail), text: visit.sentence(named))
        }
        if fault.field.hasPrefix("services.") {
            let text = visit.say("portal.step.assess.mistake", ["service": .text(name)])
            return Mistake(field: verdictFields[name.lowercased()] ?? "service-new", text: text)
        }
        return Mistake(field: fault.field, text: visit.sentence(fault))
    }
}
