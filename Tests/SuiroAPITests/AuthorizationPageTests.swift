import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroTesting
import Testing

/// No route without an entry, and `docs/authorization.md` printed from the tables that decide.
@Suite struct AuthorizationPageTests {
    @Test func `every operation names the actions that it may ask the gate for`() {
        let ungated = Operation.open.union(Operation.shipped)
        for operation in Operation.all {
            #expect(operation.actions != nil, "\(operation.id) has no entry in Operation.table")
            #expect((operation.actions?.isEmpty == true) == ungated.contains(operation.id), "\(operation.id)")
        }
    }

    @Test func `what needs no token is on the published list, and nothing else`() {
        let anonymous = Set(Operation.all.filter { $0.access == .anonymous }.map(\.id))
        #expect(anonymous == Operation.open)
    }

    @Test func `every action is asked for by a route or by a page`() {
        // The server's own hands, and what only pages of the portal do.
        let elsewhere: Set<Action> = [.serve, .seed, .startInvitation]
        let asked = Operation.all.reduce(into: Set<Action>()) { $0.formUnion($1.actions ?? []) }
        #expect(asked.union(elsewhere) == Set(Action.allCases))
        #expect(asked.isDisjoint(with: elsewhere))
    }

    @Test func `docs/authorization.md says who may do what, by which way, and which route asks`() throws {
        var lines = [
            "# Authorization", "",
            "Printed from `Action.admissions` and `Operation.actions`; `make goldens` writes it anew. Default is no: a",
            "caller is let in when one line of its action matches its organization, one of its roles, and its reach.",
            "Whoever is let in by delegated administration also needs one of the directory roles, in force, given to a",
            "group that the person is in (decision 0027). Roles that an organization of that kind cannot have count for",
            "nothing.", "",
            "| reach | means |", "|---|---|", "| home | in the caller's own tenant |",
            "| customersOfPartner | at a customer with a live reseller relationship |",
            "| partiesOfMove | at a customer, as source or target of a move |",
            "| delegated | at a customer, by granular or tenant-wide delegated administration |",
            "| anywhere | the action belongs to no tenant |", "", "## Who may", "",
            "| action | organization | roles | reach | directory roles |", "|---|---|---|---|---|",
        ]
        for action in Action.allCases {
            if action.admissions.isEmpty { lines.append("| `\(action.rawValue)` | – | – | the server itself | |") }
            for admission in action.admissions {
                let kinds = OrganizationKind.allCases.filter(admission.kinds.contains).map(\.rawValue)
                let roles = Role.allCases.filter { role in
                    admission.roles.contains(role) && admission.kinds.contains { $0.roles.contains(role) }
                }
                let directory = DirectoryRole.allCases.filter(admission.directoryRoles.contains).map(\.rawValue)
                lines.append(
                    """
                    | `\(action.rawValue)` | \(kinds.count == 6 ? "all" : kinds.joined(separator: " ")) \
                    | \(roles.map(\.rawValue).joined(separator: " ")) | \(admission.reach.rawValue) \
                    | \(directory.joined(separator: " ")) |
                    """
                )
            }
        }
        lines += ["", "## Which route asks for what", "", "| operation | token | actions |", "|---|---|---|"]
        for operation in Operation.all {
            let actions = Action.allCases.filter { operation.actions?.contains($0) == true }.map { "`\($0.rawValue)`" }
            lines.append(
                "| `\(operation.id)` | \(operation.access.rawValue) | \(actions.joined(separator: " ")) |"
            )
        }
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs")
        try Golden.compare(lines.joined(separator: "\n") + "\n", with: "authorization.md", in: folder)
    }
}
