package import ArgumentParser

/// A command that does something, in a session.
package protocol Act: ParsableCommand {
    /// The form of its output when `-o` is not given.
    static var usualFormat: OutputFormat { get }
    var globals: GlobalOptions { get }
    func run(in session: Session) async throws
}

extension Act {
    package static var usualFormat: OutputFormat { .table }
}
