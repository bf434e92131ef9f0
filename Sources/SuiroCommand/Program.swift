import ArgumentParser

/// The whole client, from its arguments to its exit status.
package enum Program {
    /// Runs one command line. Never throws and never exits: what went wrong has been told when it returns.
    package static func run(_ arguments: [String], in surroundings: Surroundings) async -> Ending {
        do {
            var command = try Suiro.parseAsRoot(arguments)
            guard let act = command as? any Act else {
                try command.run()
                return .ok
            }
            return await perform(act, in: surroundings)
        } catch {
            return answer(error, in: surroundings)
        }
    }

    private static func perform(_ act: some Act, in surroundings: Surroundings) async -> Ending {
        let options = act.globals
        let printer = Printer(options, otherwise: type(of: act).usualFormat, in: surroundings)
        do {
            try await act.run(in: Session(options, printer: printer, in: surroundings))
            return .ok
        } catch {
            return Complaint(printer: printer).report(error)
        }
    }

    /// Help and version are data that was asked for; everything else the parser says is about a mistake.
    private static func answer(_ error: any Error, in surroundings: Surroundings) -> Ending {
        let message = Suiro.fullMessage(for: error) + "\n"
        let code = Suiro.exitCode(for: error)
        if code.isSuccess {
            surroundings.terminal.write(message)
            return .ok
        }
        surroundings.terminal.err(message)
        return code == .validationFailure ? .usage : .failed
    }

    /// Whether the arguments are a complete command, without running it.
    package static func understands(_ arguments: [String]) -> Bool {
        (try? Suiro.parseAsRoot(arguments)) is any Act
    }

    /// Every command with its options and words, as the JSON document that documentation is made from.
    package static var manual: String { Suiro._dumpHelp() }
}
