/// An answer that says no, read liberally: Partner Center's body with our additions, Graph's, or a token endpoint's.
package struct Problem: Error, Equatable {
    package let status: Int
    package let body: JSON
    package let correlationID: String?
    package let requestID: String?
    /// Seconds after which the server wants to be asked again.
    package let retryAfter: String?

    /// Partner Center's code for "changed meanwhile", which it sends with status 400.
    package static let staleETag = "2055"

    package init(_ answer: Answer) {
        status = answer.status
        body = answer.json ?? .null
        correlationID = answer.correlationID ?? body["correlationId"].text
        requestID = answer.requestID
        retryAfter = answer.headers["Retry-After"]
    }

    package var code: String? { body["code"].text ?? body.at("error.code").text ?? body["error"].text }
    package var rule: String? { body["rule"].text }
    package var reason: String? { body["reason"].text }
    package var edition: String? { body["policyEdition"].text ?? body["edition"].text }

    package var description: String? {
        body["description"].text ?? body["error_description"].text ?? body.at("error.message").text
            ?? body["message"].text
    }

    /// From when the answer would be another one, as far as the server knows.
    package var availableFrom: String? { body["availableFrom"].text ?? next.compactMap(\.date).min() }

    package var next: [NextStep] { body["next"].elements.map(NextStep.init) }

    /// The body as it came, with what only the status line and the headers said.
    package var report: JSON {
        var report = body.isObject ? body : .object([])
        if description == nil { report = report.setting("description", to: .string("HTTP \(status)")) }
        report = report.setting("status", to: .number(String(status)))
        if let correlationID { report = report.setting("correlationId", to: .string(correlationID)) }
        if let requestID { report = report.setting("requestId", to: .string(requestID)) }
        return report.setting("exitCode", to: .number(String(Ending(self).rawValue)))
    }
}

/// Something the caller can do instead.
package struct NextStep: Equatable, Sendable {
    package let text: String?
    package let date: String?
    package let cost: JSON

    package init(_ json: JSON) {
        text = json["text"].text ?? json["action"].text ?? json.text
        date = json["date"].text
        cost = json["cost"]
    }
}
