import Foundation

/// One run: what a command needs to ask the server, print, and talk to the person.
package struct Session: Sendable {
    package let options: GlobalOptions
    package let surroundings: Surroundings
    package let printer: Printer

    package init(_ options: GlobalOptions, printer: Printer, in surroundings: Surroundings) {
        self.options = options
        self.surroundings = surroundings
        self.printer = printer
    }

    package var words: Words { printer.words }
    package var terminal: Terminal { surroundings.terminal }

    /// The server the options name. Throws where the address, or the file that holds it, is missing.
    package func client() throws -> Client {
        try client(Connection(options, in: surroundings))
    }

    package func client(_ connection: Connection) throws -> Client {
        let given = try options.requestId.map { text in
            guard let id = UUID(uuidString: text) else {
                throw Failure(.usage, "requestID.malformed", ["id": text])
            }
            return id.uuidString.lowercased()
        }
        return Client(
            connection,
            language: words.language,
            transport: surroundings.transport,
            trace: options.verbose ? Trace(write: terminal.err) : nil,
            requestID: { [surroundings] in given ?? surroundings.newUUID().uuidString.lowercased() }
        )
    }

    /// Prints a list as its pages arrive.
    package func list(_ path: Path, query: [QueryItem] = [], as listing: Listing) async throws {
        var sheet = Sheet(printer: printer, listing: listing)
        try await client().pages(path, query: query) { sheet.add(Page($0).items) }
        sheet.finish()
    }

    /// Asks before something that cannot be taken back lightly. No answer is a no.
    package func confirm(_ question: String, _ arguments: [String: String] = [:]) throws {
        terminal.err(words(question, arguments.mapValues(Table.clean)) + " [y/N] ")
        let answer = terminal.readLine()?.lowercased().filter { !$0.isWhitespace }
        if answer == nil { terminal.err("\n") }
        guard let answer, ["y", "yes", "はい"].contains(answer) else { throw Failure(.cancelled, "cancelled") }
    }

    /// `--at`: a date, or an instant; anything else would only come back as a refusal in other words.
    package func checked(instant text: String?) throws -> String? {
        guard let text else { return nil }
        let isDay = text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        guard isDay || Moments.instant(text) != nil else { throw Failure(.usage, "instant.malformed", ["text": text]) }
        return text
    }
}
