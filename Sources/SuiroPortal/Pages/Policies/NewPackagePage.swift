import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Percent-encoded Japanese takes nine characters for each, so a package needs more room than other forms.
    static let packageLimit = 1_000_000

    func newPackagePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        guard visitor.may(.draftPolicy, at: visit.now) else { throw Refusal.accessDenied(missing: "role") }
        return .page(page("", [], visit, visitor))
    }

    /// Keeps a draft, of a shipped package or of what was typed; or shows again what was typed with its mistakes.
    func draftPackage(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let typed = form.typed("text").replacing("\r\n", with: "\n")
        let text = try form.text("package", limit: 40).map(service.shippedPackage) ?? typed
        do {
            let view = try await service.draftPackage(text, visit.context(visitor, form))
            return .seeOther(visit.done(.packageDrafted, at: Place.package(view.id)))
        } catch Refusal.invalid(let faults) where form.has("text") {
            let mistakes = faults.map { Mistake(field: "text", text: visit.sentence($0)) }
            return .page(page(typed, mistakes, visit, visitor))
        }
    }

    private func page(_ text: String, _ mistakes: [Mistake], _ visit: Visit, _ visitor: Visitor) -> Page {
        let title = visit.say("portal.newPackage.title")
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .policies,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: Place.policies, title: visit.say("portal.policies.title"))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(visit.say("portal.newPackage.lead"))</p>
                <form method="post" action="\(Place.newPackage)" novalidate>\(visit.proof(visitor))
                \(visit.area(
                    "text", label: visit.say("portal.newPackage.text"), hint: visit.say("portal.newPackage.text.hint"),
                    value: text, lines: 24, mistakes: mistakes
                ))<div class="row">\
                <button class="p" type="submit">\(visit.say("portal.newPackage.button"))</button></div></form>
                \(visit.elsewhere(["suiro policy check FILE", "suiro policy draft FILE"]))
                """
        )
    }
}
