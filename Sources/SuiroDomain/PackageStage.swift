/// Where a package is on its way (SM-14). What ships with the program is drafted from, never published itself.
package enum PackageStage: String, Codable, CaseIterable, Sendable {
    case shipped, draft, announced, effective, superseded, withdrawn

    /// Computed from the day it holds and from whether any of its rows still answers or will.
    package init(effective: Instant?, isWithdrawn: Bool, package: PolicyPackage, book: PolicyBook, at now: Instant) {
        guard let effective else {
            self = .draft
            return
        }
        if isWithdrawn {
            self = .withdrawn
        } else if now < effective {
            self = .announced
        } else {
            let lives = book.rows.contains { row in
                now < (row.until ?? .latest) && package.rows.contains { $0.saysTheSame(as: row) }
            }
            self = lives ? .effective : .superseded
        }
    }
}
