/// A move or a preview for people: what moves, what stays, what may stop, who pays, who agrees, whose turn, what is in
/// the way. For programs it is the document itself.
struct MoveReport {
    private let session: Session

    init(_ session: Session) {
        self.session = session
    }

    func show(_ move: JSON) {
        let printer = session.printer
        switch printer.format {
        case .json, .jsonl, .csv, .id: return printer.record(move, as: .moves)
        case .table, .wide: break
        }
        printer.record(move, as: .moves)
        section(session.words("move.items"), move["moves"], .movedItems)
        section(session.words("move.blockers"), move["blockers"], .remarks)
        section(session.words("move.stays"), move["stays"], .remarks)
        section(session.words("move.atRisk"), move["atRisk"], .remarks)
        section(session.words("move.billing"), move["billing"], .billing)
        section(session.words("move.consents"), move["consents"], .consents)
        section(session.words("move.steps"), move["steps"], .moveSteps)
        section(session.words("move.leftovers"), move["leftovers"], .leftovers)
    }

    private func section(_ title: String, _ items: JSON, _ listing: Listing) {
        guard !items.elements.isEmpty else { return }
        session.terminal.write("\n" + session.printer.table.paint.bold(title) + "\n")
        session.printer.list(items.elements, as: listing)
    }
}
