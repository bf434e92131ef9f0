import Foundation

/// A bar on standard error, so that standard output is the report alone.
struct Progress {
    let title: String
    let total: Int
    private let began = ContinuousClock.now

    init(_ title: String, of total: Int) {
        (self.title, self.total) = (title, total)
    }

    func show(_ done: Int) {
        let part = Double(done) / Double(max(total, 1))
        let filled = Int(part * 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        let seconds = Int((ContinuousClock.now - began) / .seconds(1))
        let line = "\r\(title) [\(bar)] \(done) of \(total), \(seconds) s\(done >= total ? "\n" : "")"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
