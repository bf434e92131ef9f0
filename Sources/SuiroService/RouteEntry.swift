package import SuiroDomain

/// What the route that is being answered may intend: its entry in the table of the face. A use case that is asked for by
/// no route (a page, a job) has no entry, and its intents are the gate's business alone.
package enum RouteEntry {
    @TaskLocal package static var actions: Set<Action>?

    /// Refuses an intent that the route never declared; a hole in a table must not become a hole in the house.
    static func check(_ action: Action) throws(Refusal) {
        guard let actions, !actions.contains(action) else { return }
        throw .accessDenied(missing: "entry for \(action.rawValue)")
    }
}
