import SuiroDomain

// How commands arrive, and what the reads of policy explain.
extension Scene {
    func checkDelivery() {
        if case .refused(let refusal) = turn {
            expect(after.holdsTheSame(as: before), .onceIsOnce, "refused (\(refusal.reason.rawValue)), and yet changed")
        }
        switch act.command {
        case .crash:
            expect(after.holdsTheSame(as: before), .onceIsOnce, "a part of what was lost has been saved")
        case .twice(let command):
            let (once, _) = before.performing(Act(number: act.number, command: command))
            expect(after.holdsTheSame(as: once), .onceIsOnce, "the second delivery changed something")
        default: break
        }
        if case .preview(let asking) = command { checkPreview(asking) }
    }

    private func checkPreview(_ asking: Command.Asking) {
        expect(after.holdsTheSame(as: before), .previewChangesNothing, "something is no longer as it was")
        let (first, _) = before.previewing(asking)
        let (second, _) = after.previewing(asking)
        expect(first == second, .previewChangesNothing, "asked again at the same instant it says something else")
        if case .success(let preview) = first {
            checkBilling(of: preview)
            checkDoable(preview)
        }
    }

    /// INV-09, for some commands: a year later the record says the same, and no rule was needed that is not in it.
    func checkReads() {
        guard act.number % 3 == 0, !after.reads.isEmpty, turn != .lost, before.books.count == after.books.count else {
            return
        }
        for read in after.reads {
            let subject = Dictionary(
                uniqueKeysWithValues: read.inputs.compactMap { name, value in
                    Facet(rawValue: name).map { ($0, value) }
                }
            )
            let row = before.books[read.edition - 1].book.row(read.key, for: subject, at: read.at)
            expect(
                row?.id == read.row && row?.value == read.value,
                .everyReadRecorded,
                "\(read.key) reads otherwise now"
            )
        }
        let (again, turn) = before.knowingOnly(after.reads).performing(act)
        expect(turn.isLike(self.turn), .everyReadRecorded, "by the recorded rules alone: \(turn), not \(self.turn)")
        expect(again.holdsTheSame(as: after), .everyReadRecorded, "the recorded rules alone lead to something else")
    }
}

extension SimulatedWorld {
    /// The same world in which policy consists of nothing but the rows that were read.
    fileprivate func knowingOnly(_ reads: [ReadRule]) -> SimulatedWorld {
        var world = self
        let wanted = Dictionary(grouping: reads, by: \.edition).mapValues { Set($0.compactMap(\.row)) }
        world.books = books.map { published in
            let book = published.book
            let rows = book.rows.filter { wanted[book.edition]?.contains($0.id) == true }
            return Published(book: PolicyBook(edition: book.edition, name: book.name, rows: rows), at: published.at)
        }
        return world
    }
}

extension Turn {
    /// Refused for the same reason, or not refused. When something will be possible looks beyond the rows in force.
    fileprivate func isLike(_ other: Turn) -> Bool {
        switch (self, other) {
        case (.refused(let left), .refused(let right)): left.reason == right.reason
        case (.done, .done), (.lost, .lost): true
        case (.refused, _), (.done, _), (.lost, _): false
        }
    }
}
