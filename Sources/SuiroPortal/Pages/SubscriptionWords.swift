import SuiroAssets
import SuiroDomain
import SuiroService

// The facts of a subscription, as words.
extension Visit {
    /// Where it was bought. Colour marks only what the visitor's own organization sold.
    func channel(_ view: SubscriptionView) -> HTML {
        if view.isOwn { return badge(say("channel.own"), .info) }
        switch view.subscription.channel {
        case .csp where isForPartner: return badge(say("channel.otherPartner"), .plain)
        case let channel?: return badge(say("channel.\(channel.rawValue)"), .plain)
        case nil: return badge(say("channel.unknown"), .plain)
        }
    }

    /// The channel, and below it who sold there, where that is somebody else.
    func channelAndSeller(_ view: SubscriptionView) -> HTML {
        let seller = view.subscription.seller.name
        guard isForPartner, !view.isOwn, seller != "—" else { return channel(view) }
        return "\(channel(view))<br><span class=\"hint\">\(seller)</span>"
    }

    func status(_ view: SubscriptionView) -> HTML {
        let tone: Tone =
            switch view.status {
            case .active: .good
            case .suspended, .expired: .warning
            case .disabled, .deleted: .bad
            }
        return badge(say("status.\(view.status.rawValue)"), tone)
    }

    func quantity(_ subscription: Subscription) -> HTML {
        subscription.quantity.map { "\(words.write(.count($0), language))" } ?? none
    }

    /// When the term ends, or ends next.
    func end(_ subscription: Subscription) -> HTML {
        subscription.term.map { day($0.nextEnd(after: now)) } ?? none
    }

    /// What comes by itself at the end of the term, as a sentence below it (OP-32).
    func outlook(_ outlook: TermOutlook?) -> HTML {
        guard let outlook else { return .nothing }
        let sentence = words.sentence(of: outlook, language)
        return "<br><span class=\"hint\">\(sentence)</span>"
    }

    private var isForPartner: Bool { visitor?.organization.kind.isPartner ?? false }

    /// Nothing, said so that it is heard too.
    var none: HTML { "<span aria-hidden=\"true\">—</span><span class=\"vh\">\(say("portal.none"))</span>" }

    func text(_ text: String?) -> HTML { text.map { "\($0)" } ?? none }
}
