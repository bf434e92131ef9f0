import SuiroDomain

/// One thing that is wrong with a form: in which field, and what to do about it.
struct Mistake: Sendable {
    /// The id of the field on the page.
    let field: String
    let text: String
}

// Fields of forms: label above, hint below it, mistake between hint and field, value kept.
extension Visit {
    func field(
        _ name: String,
        label: String,
        hint: String? = nil,
        value: String = "",
        type: String = "text",
        autocomplete: String? = nil,
        mode: String? = nil,
        mistakes: [Mistake] = [],
        isOptional: Bool = false
    ) -> HTML {
        let mistake = mistakes.first { $0.field == name }
        let described = [hint.map { _ in "\(name)-hint" }, mistake.map { _ in "\(name)-error" }].compactMap(\.self)
        var attributes: HTML = "id=\"\(name)\" name=\"\(name)\" type=\"\(type)\" value=\"\(value)\""
        if !described.isEmpty { attributes = "\(attributes) aria-describedby=\"\(described.joined(separator: " "))\"" }
        if mistake != nil { attributes = "\(attributes) aria-invalid=\"true\"" }
        if let autocomplete { attributes = "\(attributes) autocomplete=\"\(autocomplete)\"" }
        if let mode { attributes = "\(attributes) inputmode=\"\(mode)\"" }
        return """
            <div class="field\(HTML.when(mistake != nil, " field-error"))">\
            <label for="\(name)">\(isOptional ? say("portal.field.optional", ["label": .text(label)]) : label)</label>\
            \(hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\($0)</p>" as HTML })\
            \(mistake.map { "<p class=\"msg\" id=\"\(name)-error\">\($0.text)</p>" as HTML })\
            <input \(attributes)></div>

            """
    }

    /// Text of more than one line.
    func area(
        _ name: String,
        label: String,
        hint: String,
        value: String,
        lines: Int,
        language: Language? = nil,
        mistakes: [Mistake] = []
    ) -> HTML {
        // Whatever is wrong with it is told at the field, however much that is.
        let own = mistakes.filter { $0.field == name }
        let described = own.isEmpty ? "\(name)-hint" : "\(name)-hint \(name)-error"
        let list: HTML = "<ul class=\"msg\" id=\"\(name)-error\">\(HTML.each(own) { "<li>\($0.text)</li>" })</ul>"
        return """
            <div class="field\(HTML.when(!own.isEmpty, " field-error"))"><label for="\(name)">\(label)</label>\
            <p class="hint" id="\(name)-hint">\(hint)</p>\(HTML.when(!own.isEmpty, list))\
            <textarea id="\(name)" name="\(name)" rows="\(lines)" spellcheck="false" aria-describedby="\(described)"\
            \(HTML.when(!own.isEmpty, " aria-invalid=\"true\""))\
            \(language.map { " lang=\"\($0.rawValue)\"" as HTML })>
            \(value)</textarea></div>

            """
    }

    /// Radio buttons or check boxes under one question.
    func choices(
        _ name: String,
        legend: String,
        type: String = "radio",
        _ options: [Choice],
        mistakes: [Mistake] = []
    ) -> HTML {
        let mistake = mistakes.first { $0.field == name }
        let described: HTML = mistake == nil ? "" : " aria-describedby=\"\(name)-error\""
        return """
            <fieldset class="field\(HTML.when(mistake != nil, " field-error"))"\(described)>\
            <legend>\(legend)</legend>\
            \(mistake.map { "<p class=\"msg\" id=\"\(name)-error\">\($0.text)</p>" as HTML })
            \(HTML.each(options.enumerated()) { choice($1, name, $0, type, isInvalid: mistake != nil) })</fieldset>

            """
    }

    private func choice(_ option: Choice, _ name: String, _ index: Int, _ type: String, isInvalid: Bool) -> HTML {
        // The first one bears the name of the question, so that the summary of mistakes can lead to it.
        let id = index == 0 ? name : "\(name)-\(option.value)"
        let hint: HTML? = option.hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" }
        return """
            <div class="choice"><input type="\(type)" name="\(name)" id="\(id)" value="\(option.value)"\
            \(HTML.when(option.isChosen, " checked"))\(HTML.when(hint != nil, " aria-describedby=\"\(id)-hint\""))\
            \(HTML.when(isInvalid && type == "radio", " aria-invalid=\"true\""))>\
            <div><label for="\(id)">\(option.label)</label>\(hint)</div></div>

            """
    }

    /// What is wrong, first on the page and in focus, with the way to each field.
    func summary(_ mistakes: [Mistake]) -> HTML {
        guard !mistakes.isEmpty else { return .nothing }
        let items = HTML.each(mistakes) { "<li><a href=\"#\($0.field)\">\($0.text)</a></li>" }
        return note(
            say("portal.problem.title"),
            .bad,
            "<ul>\(items)</ul>",
            role: " role=\"alert\" tabindex=\"-1\" autofocus"
        )
    }
}

struct Choice {
    let value: String
    let label: String
    var hint: String?
    var isChosen = false
}
