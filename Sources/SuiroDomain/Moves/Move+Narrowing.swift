extension Move {
    /// The partner that has them chooses which it gives away (TR-07). What the others agreed to was another list, so they
    /// are asked again.
    package mutating func narrow(
        to subscriptions: [ID<Subscription>],
        by actor: MoveActor,
        at now: Instant
    ) throws(Refusal) {
        try requirePending(at: now)
        guard actor.party == .source else { throw .notYourMove(row: nil) }
        let known = Set(self.subscriptions)
        if let stranger = subscriptions.first(where: { !known.contains($0) }) {
            throw .notFound(.subscription, "\(stranger)")
        }
        guard !subscriptions.isEmpty else { throw .invalid([InputFault(field: "lineItems", code: .required)]) }
        guard Set(subscriptions) != known else { return }
        wish.subscriptions = subscriptions
        revision += 1
    }
}

extension Move {
    /// The proposal as it comes out now, while it is still only a proposal.
    package mutating func refresh(_ preview: MovePreview) {
        guard case .awaitingConsent = phase else { return }
        self.preview = preview
    }
}
