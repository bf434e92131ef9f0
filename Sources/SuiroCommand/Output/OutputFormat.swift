import ArgumentParser

/// The forms that data can take on standard output.
package enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table
    case wide
    case json
    case jsonl
    case csv
    case id

    /// In these forms a program reads along, so no word is said but errors, and those as JSON.
    package var isJSON: Bool { self == .json || self == .jsonl }
}
