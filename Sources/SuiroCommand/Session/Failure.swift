/// Why the client itself stopped; what the server refused is a `Problem`.
package struct Failure: Error, Equatable {
    package let status: Ending
    package let phrase: Phrase

    package init(_ status: Ending, _ key: String, _ arguments: [String: String] = [:]) {
        self.status = status
        phrase = Phrase(key, arguments)
    }
}
