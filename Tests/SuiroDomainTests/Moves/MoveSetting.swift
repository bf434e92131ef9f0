import SuiroDomain

/// Where and when somebody looks: one row keeps its dates, everything else is as it was in June 2017 and always has
/// been.
struct MoveSetting: Sendable {
    let book: PolicyBook
    let at: Instant
    let cloud: Cloud

    var rules: Deliberation { Deliberation(book: book, at: at, cloud: cloud) }

    func scene(
        _ subscriptions: [Subscription],
        _ kind: MoveKind? = nil,
        plan: LicensePlan? = nil,
        cutover: Instant? = nil
    ) throws -> MoveScene {
        let wish = MoveWish(
            subscriptions: subscriptions.map(\.id),
            target: Sample.partner,
            kind: kind,
            plan: plan,
            cutover: cutover
        )
        return within(try MoveScene(at: at, under: book, holding: subscriptions, wish: wish))
    }

    /// A move of a line to which everybody has agreed.
    func agreed(_ name: MoveLine.Name) throws -> MoveScene {
        let line = MoveLine(name: name, initiator: .target)
        var scene = within(try line.scene(at: at, under: book))
        try line.agree(on: &scene)
        return scene
    }

    private func within(_ scene: MoveScene) -> MoveScene {
        var scene = scene
        scene.cloud = cloud
        return scene
    }
}
