import Foundation

/// A server that is measured: a process of its own, with what it has used of the machine.
final class Running {
    let url: String
    private let process: Process

    /// Starts a program and waits until a line of its output names an address.
    init(_ program: String, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var heard = Data()
        var found: String?
        while found == nil {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw Complaint("\(program) ended before it was ready") }
            heard.append(piece)
            found = String(decoding: heard, as: UTF8.self).firstMatch(of: #/https?:\/\/[^\s]+/#).map { String($0.0) }
        }
        url = found ?? ""
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Seconds of processor time until now.
    var processorTime: Double {
        let fields = stat.split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Megabytes that are in memory now.
    var resident: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return (line.split(separator: " ").compactMap { Double($0) }.first ?? 0) / 1024
    }

    private var stat: Substring {
        let text = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        return text.lastIndex(of: ")").map { text[text.index($0, offsetBy: 2)...] } ?? ""
    }
}

struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
