import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// Why something did not happen, as a person needs to know it: what, why, from when, what next.
struct Problem {
    var status: HTTPResponse.Status
    var what: String
    var why: String
    var details: [String] = []
    var rule: RuleID?
    var availableFrom: Instant?
    var next: [NextStep] = []
    /// Whether more can be read about it under its number: what was tried, and what decided.
    var isKept = false
    var retryAfter: Int?
}

extension Portal {
    /// The page for an error.
    func problem(_ error: any Error, _ visit: Visit) async -> Page {
        let problem = Problem(error, visit)
        var rows: [(String, HTML)] = [(visit.say("portal.problem.why"), await why(problem, visit))]
        if let date = problem.availableFrom {
            rows.append((visit.say("portal.problem.from"), visit.longDay(date)))
        }
        let next = problem.next.map { visit.step($0, for: nil) }
        rows.append(
            (
                visit.say("portal.problem.next"),
                next.isEmpty
                    ? "<a href=\"\(Place.home)\">\(visit.say("portal.problem.home"))</a>"
                    : "<ul>\(HTML.each(next) { "<li>\($0)</li>" })</ul>"
            )
        )
        let number = visit.correlation.lowercased
        rows.append(
            (
                visit.say("portal.reference"),
                visit.visitor != nil && problem.isKept
                    ? visit.reference(number) : "<span class=\"id\">\(number)</span>"
            )
        )
        return Page(
            title: problem.what,
            status: problem.status,
            hasProblem: true,
            retryAfter: problem.retryAfter,
            content: "<h1>\(problem.what)</h1>\n\(visit.facts(rows))"
        )
    }

    private func why(_ problem: Problem, _ visit: Visit) async -> HTML {
        var rule: HTML?
        if let visitor = visit.visitor, let name = problem.rule {
            let rules = RuleLinks((try? await service.policies(at: nil, visit.context(visitor))) ?? [])
            let text = visit.say("portal.rule", ["rule": .text(name.description)])
            let place = rules.address(name, nil)
            rule = place.map { " <a href=\"\($0)\">\(text)</a>" } ?? " <span class=\"rule\">\(text)</span>"
        }
        let details = HTML.when(
            !problem.details.isEmpty,
            "<ul>\(HTML.each(problem.details) { "<li>\($0)</li>" })</ul>"
        )
        return "\(problem.why)\(rule)\(details)"
    }
}

extension Problem {
    init(_ error: any Error, _ visit: Visit) {
        let what = visit.exchange.method == .post ? "portal.problem.notDone" : "portal.problem.notShown"
        self.init(status: .internalServerError, what: visit.say(what), why: visit.say("portal.problem.unexpected"))
        switch error {
        case let refusal as Refusal: explain(refusal, visit)
        case let input as BadInput: explain(.invalid(input.faults), visit)
        case let ended as RoundEnded:
            status = .tooManyRequests
            why = visit.say("portal.problem.roundEnded", ["seconds": .count(ended.seconds)])
            retryAfter = ended.seconds
        case let throttled as Throttled:
            status = .tooManyRequests
            why = visit.say("portal.problem.throttled", ["seconds": .count(throttled.seconds)])
            retryAfter = throttled.seconds
        case let away as TurnedAway: (status, why) = (away.status, away.why(visit))
        case is PortalFault: (status, why) = (.forbidden, visit.say("portal.problem.foreignForm"))
        case let fault as BodyFault:
            (status, why) =
                switch fault {
                case .tooLarge: (.contentTooLarge, visit.say("portal.problem.tooLarge"))
                case .tooSlow: (.requestTimeout, visit.say("portal.problem.tooSlow"))
                }
        case let fault as StoreError:
            (status, why) =
                switch fault {
                case .stale, .contention, .duplicate: (.conflict, visit.say("portal.problem.stale"))
                case .unavailable, .unrecorded: (.serviceUnavailable, visit.say("portal.problem.unavailable"))
                case .corrupt: (.internalServerError, visit.say("portal.problem.unexpected"))
                }
        default: break
        }
    }

    private mutating func explain(_ refusal: Refusal, _ visit: Visit) {
        status = refusal.status
        switch refusal {
        case .notFound, .invalid, .requestReused: isKept = visit.exchange.method == .post
        default: isKept = true
        }
        why = visit.sentence(refusal)
        if case .invalid(let faults) = refusal { details = faults.map(visit.sentence) }
        if case .notAllowed(let option) = refusal {
            var arguments = option.arguments
            arguments["action"] = .text(visit.say("action.\(option.action.rawValue)"))
            what = visit.say("portal.problem.notAllowed", arguments)
            availableFrom = option.availableFrom
        }
        switch refusal {
        case .effectiveTooEarly(let earliest): availableFrom = earliest
        case .tooEarly(let from): availableFrom = from
        case .moveBlocked(let blocker): availableFrom = blocker.availableFrom
        case .tooManyTestEvents(let seconds), .tooManyInvitations(let seconds): retryAfter = seconds
        default: break
        }
        rule = refusal.rule
        let isPartner = visit.visitor?.organization.kind.isPartner ?? false
        next = refusal.next.filter { isPartner || $0.action != .requestPermission }
    }
}

extension Refusal {
    /// How a browser is told.
    var status: HTTPResponse.Status {
        switch self {
        case .accessDenied, .roleRequired, .notDelegated, .noRelationship, .wrongTenant, .deciderRole, .requestorRole,
            .removerNotAllowed,
            .partnerCannotTransact, .partnerSuspended, .consentNotNeeded, .notYourMove, .notYourStep:
            .forbidden
        case .moveBlocked(let blocker):
            switch blocker.reason {
            case .noRelationship, .partnerSuspended: .forbidden
            default: .conflict
            }
        case .notFound, .sandboxOnly: .notFound
        case .invalid, .unknownFamily, .webhookTargetNotAllowed, .webhookEventUnknown: .badRequest
        case .tooManyTestEvents, .tooManyInvitations: .tooManyRequests
        case .policyMissing, .notAllowed, .resaleForbidden, .requestReused, .invitationClosed, .termsChanged,
            .multichannelNotAvailable, .delegatedAdminNotSeparable, .otherMarket, .adminExclusivity, .removalBlocked,
            .tooManySubscriptions, .accessEnded, .domainTaken, .packagePublished, .packageNotAnnounced,
            .switchAlreadySet, .tooFewChannels, .effectiveTooEarly, .importRejected, .webhookExists, .moveNotOpen,
            .withdrawalTooLate, .stepLocked, .tooEarly, .seatsUnassigned, .usageContinues, .accessNotGranted,
            .leftoversStand, .leftoverResolved, .handoverOrder, .delegation, .azure, .commerce, .directory,
            .agreement, .device:
            .conflict
        }
    }
}
