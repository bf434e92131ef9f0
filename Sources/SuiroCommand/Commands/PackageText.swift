import Foundation

/// A policy package as a command names it: a file, standard input, or one that ships with the program.
struct PackageText {
    let body: Client.Body

    init(_ argument: String, _ session: Session) throws {
        let isName = argument.allSatisfy { $0.isNumber || $0 == "-" } && argument != "-"
        if isName, !FileManager.default.fileExists(atPath: argument) {
            body = .json(["package": .string(argument)])
            return
        }
        let data = argument == "-" ? session.terminal.readAll() : FileManager.default.contents(atPath: argument)
        guard let data else { throw Failure(.failed, "file.unreadable", ["path": argument]) }
        body = Client.Body(type: "application/yaml", data: data)
    }

    /// What the server finds wrong with it, and what it would change.
    func check(_ session: Session) async throws {
        let path: Path = "/multichannel/v1/policypackages/checks"
        let check = try await session.client().call("POST", path, body: body).json ?? .null
        let faults = check["faults"].elements
        if session.printer.format == .json {
            session.printer.record(check, as: .policyFaults)
        } else if faults.isEmpty {
            session.printer.list(check["changes"].elements, as: .policyChanges)
        } else {
            session.printer.list(faults, as: .policyFaults)
        }
        guard faults.isEmpty else { throw Failure(.refused, "policy.check.faults", ["count": "\(faults.count)"]) }
        session.printer.say("policy.check.done", ["name": check["package"].text ?? "-"])
    }
}
