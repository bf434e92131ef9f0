import FoundationEssentials
import SuiroDomain
import SuiroHTTP

/// What has just been done, said on the page one is led to afterwards.
enum Done: String, CaseIterable {
    case accessEnded, requestMade, reminded, withdrawn, answered, packageDrafted, packagePublished, packageWithdrawn,
        switchSet, webhookTested, webhookResent, moveRequested, moveAnswered, moveRetracted, moveWithdrawn, stepDone,
        leftoverResolved

    func title(_ visit: Visit) -> String {
        switch self {
        case .accessEnded: visit.say("portal.done.accessEnded")
        case .requestMade: visit.say("portal.done.requestMade")
        case .reminded: visit.say("portal.done.reminded")
        case .withdrawn: visit.say("portal.done.withdrawn")
        case .answered: visit.say("portal.done.answered")
        case .webhookTested: visit.say("portal.done.webhookTested")
        case .webhookResent: visit.say("portal.done.webhookResent")
        case .packageDrafted: visit.say("portal.done.packageDrafted")
        case .packagePublished: visit.say("portal.done.packagePublished")
        case .packageWithdrawn: visit.say("portal.done.packageWithdrawn")
        case .switchSet: visit.say("portal.done.switchSet")
        case .moveRequested: visit.say("portal.done.moveRequested")
        case .moveAnswered: visit.say("portal.done.moveAnswered")
        case .moveRetracted: visit.say("portal.done.moveRetracted")
        case .moveWithdrawn: visit.say("portal.done.moveWithdrawn")
        case .stepDone: visit.say("portal.done.stepDone")
        case .leftoverResolved: visit.say("portal.done.leftoverResolved")
        }
    }
}

extension Visit {
    /// The address to go on to, which says there what was done and under which number.
    func done(_ done: Done, at place: String) -> String {
        "\(place)?done=\(done.rawValue)&ref=\(correlation.lowercased)"
    }

    /// The confirmation, with the number under which it can be found again.
    var done: HTML {
        guard let done = exchange.query["done"].flatMap(Done.init(rawValue:)),
            let number = exchange.query["ref"].flatMap({ UUID(uuidString: $0) })
        else { return .nothing }
        return note(
            done.title(self),
            .good,
            "<p>\(say("portal.reference")) \(reference(number.lowercased))</p>",
            role: " role=\"status\""
        )
    }
}
