import FoundationEssentials

/// What became of telling a partner.
package enum DeliveryState: String, Codable, CaseIterable, Sendable {
    /// An attempt is due, now or later.
    case waiting
    case delivered
    /// Every attempt failed. It is kept until somebody has it sent again.
    case failed
    /// The partner lost the right to hear of it before it was sent.
    case withdrawn
}

/// Why an attempt did not succeed, in words a person can act on.
package enum DeliveryCause: String, Codable, CaseIterable, Sendable {
    case addressNotAllowed, certificate, clientError, connectionRefused, nameUnknown, network, otherAnswer, redirected,
        serverError, timedOut

    /// What an answer means. Nothing but 200 says that the event was taken (conventions, section 15).
    package init?(status: Int) {
        switch status {
        case 200: return nil
        case 300..<400: self = .redirected
        case 400..<500: self = .clientError
        case 500..<600: self = .serverError
        default: self = .otherAnswer
        }
    }

    /// Whether no answer came at all: then the next event would fare no better.
    package var isWithoutAnswer: Bool {
        switch self {
        case .addressNotAllowed, .certificate, .connectionRefused, .nameUnknown, .network, .timedOut: true
        case .clientError, .otherAnswer, .redirected, .serverError: false
        }
    }
}

/// One try to tell a partner, and what came of it.
package struct DeliveryAttempt: Hashable, Codable, Sendable {
    package let number: Int
    package let at: Instant
    package let status: Int?
    package let cause: DeliveryCause?
    package let milliseconds: Int
    /// The beginning of what the receiver answered.
    package let response: String

    package init(
        number: Int,
        at instant: Instant,
        status: Int?,
        cause: DeliveryCause?,
        milliseconds: Int,
        response: String
    ) {
        (self.number, self.at, self.status, self.cause) = (number, instant, status, cause)
        (self.milliseconds, self.response) = (milliseconds, response)
    }
}

/// One event for one partner. The same event is never two deliveries to the same partner.
package struct WebhookDelivery: Hashable, Codable, Sendable {
    package let id: ID<WebhookDelivery>
    package let tenant: ID<Tenant>
    package let name: WebhookEventName
    /// The entry of the event log that it tells of.
    package let entry: String
    package let recordedAt: Instant
    package private(set) var state: DeliveryState
    package private(set) var attempts: Int
    package private(set) var nextAt: Instant?

    package init(
        id: ID<WebhookDelivery>,
        tenant: ID<Tenant>,
        name: WebhookEventName,
        entry: String,
        recordedAt: Instant,
        state: DeliveryState = .waiting,
        attempts: Int = 0,
        nextAt: Instant?
    ) {
        (self.id, self.tenant, self.name, self.entry) = (id, tenant, name, entry)
        (self.recordedAt, self.state, self.attempts, self.nextAt) = (recordedAt, state, attempts, nextAt)
    }

    /// Takes in what came of an attempt: done, due again later, or given up.
    package mutating func conclude(_ cause: DeliveryCause?, by schedule: RetrySchedule, at now: Instant) {
        attempts += 1
        guard cause != nil else {
            (state, nextAt) = (.delivered, nil)
            return
        }
        let wait = schedule.wait(after: attempts, chance: chance)
        state = wait == nil ? .failed : .waiting
        nextAt = wait.map { now.adding(milliseconds: $0) }
    }

    /// Once more, now: whatever became of it before.
    package mutating func resend(at now: Instant) {
        (state, nextAt) = (.waiting, now)
    }

    /// A number from 0 to 1 that differs from delivery to delivery and from attempt to attempt.
    private var chance: Double {
        let bytes = withUnsafeBytes(of: id.uuid.uuid) { Array($0) }
        return Double(bytes[attempts % bytes.count]) / 255
    }
}
