import Foundation

/// What one round of load has shown.
struct Round {
    let perSecond: Double
    let p50: Double
    let p99: Double
    let requests: Int
    /// Answers that were not 2xx.
    let failed: Int
}

/// Load from another process, by wrk: keep-alive connections, each with one request under way.
struct Wrk {
    let connections: Int
    let seconds: Int

    /// `script` is wrk's own (Lua); without one every request is `GET url`.
    func load(_ url: String, script: String? = nil) throws -> Round {
        var arguments = ["-t1", "-c\(connections)", "-d\(seconds)s", "--latency"]
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("suiro-bench-\(UUID()).lua")
        defer { try? FileManager.default.removeItem(at: file) }
        if let script {
            try Data(script.utf8).write(to: file)
            arguments += ["-s", file.path]
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["wrk"] + arguments + [url]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, let rate = text.firstMatch(of: #/Requests\/sec:\s+([\d.]+)/#),
            let count = text.firstMatch(of: #/(\d+) requests in/#)
        else { throw Complaint("wrk did not measure \(url): \(text)") }
        return Round(
            perSecond: Double(rate.1) ?? 0,
            p50: try Self.milliseconds(text, "50%"),
            p99: try Self.milliseconds(text, "99%"),
            requests: Int(count.1) ?? 0,
            failed: text.firstMatch(of: #/Non-2xx or 3xx responses: (\d+)/#).flatMap { Int($0.1) } ?? 0
        )
    }

    private static func milliseconds(_ text: String, _ part: String) throws -> Double {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, words[0] == part, let found = words[1].firstMatch(of: #/^([\d.]+)(us|ms|s)$/#)
            else {
                continue
            }
            let factor: Double =
                switch found.2 {
                case "us": 0.001
                case "ms": 1
                default: 1000
                }
            return (Double(found.1) ?? 0) * factor
        }
        throw Complaint("wrk told no latency")
    }
}

/// wrk's scripts. Whatever varies is drawn by lot from the whole world, so that no cache of one row is measured.
enum Script {
    /// GET of one of many paths, each with the token of whoever may see it.
    static func get(_ paths: [(path: String, token: Int)], tokens: [String]) -> String {
        """
        local tokens = { \(quoted(tokens)) }
        local paths = { \(quoted(paths.map(\.path))) }
        local owners = { \(paths.map { "\($0.token + 1)" }.joined(separator: ",")) }
        math.randomseed(os.time())
        local headers = {}
        for i, token in ipairs(tokens) do headers[i] = { ["Authorization"] = "Bearer " .. token } end
        request = function()
            local n = math.random(#paths)
            return wrk.format("GET", paths[n], headers[owners[n]])
        end
        """
    }

    /// PATCH of one after another, to and fro between two bodies.
    static func patch(_ paths: [(path: String, token: Int)], tokens: [String], bodies: (String, String)) -> String {
        """
        local tokens = { \(quoted(tokens)) }
        local paths = { \(quoted(paths.map(\.path))) }
        local owners = { \(paths.map { "\($0.token + 1)" }.joined(separator: ",")) }
        local bodies = { \(quoted([bodies.0, bodies.1])) }
        math.randomseed(os.time())
        local n, turn = 0, 1
        local digit = function(count)
            return string.format("%0" .. count .. "x", math.random(0, 16 ^ count - 1))
        end
        request = function()
            n = n + 1
            if n > #paths then n, turn = 1, 3 - turn end
            local id = digit(8) .. "-" .. digit(4) .. "-4" .. digit(3) .. "-8" .. digit(3) .. "-" .. digit(6) .. digit(6)
            return wrk.format("PATCH", paths[n], {
                ["Authorization"] = "Bearer " .. tokens[owners[n]], ["Content-Type"] = "application/json",
                ["MS-RequestId"] = id,
            }, bodies[turn])
        end
        """
    }

    private static func quoted(_ texts: [String]) -> String {
        texts.map { "'\($0)'" }.joined(separator: ",")
    }
}
