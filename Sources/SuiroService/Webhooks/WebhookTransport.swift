package import SuiroDomain

/// One request to a receiver, complete.
package struct WebhookCall: Sendable {
    package let url: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(url: String, headers: [(name: String, value: String)], body: [UInt8]) {
        (self.url, self.headers, self.body) = (url, headers, body)
    }
}

/// What a receiver answered: its status and the beginning of its body.
package struct WebhookAnswer: Sendable {
    package let status: Int
    package let body: String

    package init(status: Int, body: String) {
        (self.status, self.body) = (status, body)
    }
}

/// The way to receivers. It has an end of its own for every wait, follows no redirect, and calls nobody that the rule
/// of the server does not allow.
package struct WebhookTransport: Sendable {
    package var post: @Sendable (WebhookCall) async -> Result<WebhookAnswer, DeliveryFailure>

    package init(post: @escaping @Sendable (WebhookCall) async -> Result<WebhookAnswer, DeliveryFailure>) {
        self.post = post
    }
}

/// No answer came.
package struct DeliveryFailure: Error, Equatable {
    package let cause: DeliveryCause

    package init(_ cause: DeliveryCause) {
        self.cause = cause
    }
}
