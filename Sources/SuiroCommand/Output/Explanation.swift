/// Why something cannot be done, in the five lines that the portal, the API and this client share.
package struct Explanation: Equatable, Sendable {
    package var what: String
    package var why: String
    package var fromWhen: String
    package var next: String
    package var reference: String

    package func lines(_ words: Words) -> [(label: String, value: String)] {
        [
            (words("refusal.what"), what), (words("refusal.why"), why), (words("refusal.fromWhen"), fromWhen),
            (words("refusal.next"), next), (words("refusal.reference"), reference),
        ]
    }
}

/// Finds the words for refusals and errors.
package struct Explainer: Sendable {
    package let words: Words
    package let moments: Moments

    package init(words: Words, moments: Moments) {
        self.words = words
        self.moments = moments
    }

    package func explanation(of problem: Problem) -> Explanation {
        Explanation(
            what: what(problem),
            why: why(text: nil, rule: problem.rule, reason: problem.reason, edition: problem.edition),
            fromWhen: fromWhen(problem.availableFrom),
            next: next(problem.next, correlationID: problem.correlationID),
            reference: reference(problem.correlationID ?? problem.requestID)
        )
    }

    /// One entry of a subscription's options: what stands in the way of one action.
    package func explanation(of option: JSON, what: String, edition: String?, correlationID: String?) -> Explanation {
        let steps = option["next"].elements.map(NextStep.init)
        return Explanation(
            what: what,
            why: why(
                text: option["text"].text,
                rule: option["rule"].text,
                reason: option["reason"].text,
                edition: edition
            ),
            fromWhen: fromWhen(option["availableFrom"].text ?? steps.compactMap(\.date).min()),
            next: next(steps, correlationID: correlationID),
            reference: reference(correlationID)
        )
    }

    package func what(_ problem: Problem) -> String {
        problem.description ?? words("problem.status", ["status": String(problem.status)])
    }

    /// A sentence first, the rule in brackets behind it: a code alone tells nobody anything.
    private func why(text: String?, rule: String?, reason: String?, edition: String?) -> String {
        let known = reason.flatMap { Catalogue.sentences["reason.\($0)"] == nil ? nil : words("reason.\($0)") }
        let sentence = text ?? known ?? reason.map { words("reason.unknown", ["reason": $0]) }
        switch (sentence, rule, edition) {
        case (let sentence?, let rule?, let edition?):
            return words("refusal.why.edition", ["sentence": sentence, "rule": rule, "edition": edition])
        case (let sentence?, let rule?, nil): return words("refusal.why.rule", ["sentence": sentence, "rule": rule])
        case (nil, let rule?, _): return words("refusal.why.ruleOnly", ["rule": rule])
        case (let sentence?, nil, _): return sentence
        case (nil, nil, _): return words("refusal.why.unknown")
        }
    }

    private func fromWhen(_ date: String?) -> String {
        date.map { words("refusal.fromWhen.date", ["date": moments.day($0)]) } ?? words("refusal.fromWhen.unknown")
    }

    package func next(_ steps: [NextStep], correlationID: String?) -> String {
        let texts = steps.compactMap(text)
        if !texts.isEmpty { return texts.joined(separator: " / ") }
        return correlationID.map { words("refusal.next.explain", ["id": $0]) } ?? words("refusal.next.none")
    }

    private func text(_ step: NextStep) -> String? {
        guard let text = step.text else { return nil }
        let cost = Money(step.cost)?.shown ?? step.cost.text
        switch (step.date.map(moments.day), cost) {
        case (let date?, let cost?): return words("next.dateAndCost", ["text": text, "date": date, "cost": cost])
        case (let date?, nil): return words("next.date", ["text": text, "date": date])
        case (nil, let cost?): return words("next.cost", ["text": text, "cost": cost])
        case (nil, nil): return text
        }
    }

    package func reference(_ id: String?) -> String {
        id.map { words("refusal.reference.id", ["id": $0]) } ?? words("refusal.reference.none")
    }
}
