import Foundation
import SuiroCommand
import Synchronization

/// Runs command lines against answers written down in the test, in a home folder of its own.
final class Rehearsal: Sendable {
    static let url = "http://127.0.0.1:8080"

    struct Outcome: Sendable {
        let status: Ending
        let out: String
        let err: String
        let calls: [Call]
    }

    let home: String
    private let environment: [String: String]
    private let input: [String]
    private let answer: @Sendable (Call) throws -> Answer
    private let now = Mutex(Date(timeIntervalSince1970: 1_500_000_000))

    init(
        _ environment: [String: String] = [:],
        signedIn: Bool = true,
        input: [String] = [],
        answer: @escaping @Sendable (Call) throws -> Answer = { _ in .ok("{}") }
    ) {
        home = NSTemporaryDirectory() + "suiro-" + UUID().uuidString
        var variables = ["HOME": home, "LANG": "en_US.UTF-8", "TZ": "Asia/Tokyo"]
        if signedIn {
            variables["SUIRO_URL"] = Self.url
            variables["SUIRO_TOKEN"] = "token-of-misaki"
            variables["SUIRO_SANDBOX_TOKEN"] = "token-of-the-sandbox"
        }
        self.environment = variables.merging(environment) { $1 }
        self.input = input
        self.answer = answer
    }

    deinit {
        try? FileManager.default.removeItem(atPath: home)
    }

    func run(_ arguments: [String], isScreen: Bool = false, width: Int? = nil) async -> Outcome {
        let out = Mutex(Data())
        let err = Mutex("")
        let calls = Mutex<[Call]>([])
        let lines = Mutex(input)
        let surroundings = Surroundings(
            environment: environment,
            terminal: Terminal(
                out: { data in out.withLock { $0 += data } },
                err: { text in err.withLock { $0 += text } },
                readLine: { lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
                readAll: { Data(lines.withLock { $0.joined(separator: "\n") }.utf8) },
                outIsScreen: isScreen,
                errIsScreen: isScreen,
                width: width
            ),
            transport: Transport { [answer] call in
                calls.withLock { $0.append(call) }
                return try answer(call)
            },
            now: { [self] in now.withLock { $0 } },
            newUUID: { UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xAB)) },
            sleep: { [self] duration in now.withLock { $0 += Double(duration.components.seconds) } },
            timeZone: TimeZone(identifier: "Asia/Tokyo") ?? .gmt
        )
        let status = await Program.run(arguments, in: surroundings)
        return Outcome(
            status: status,
            out: String(decoding: out.withLock { $0 }, as: UTF8.self),
            err: err.withLock { $0 },
            calls: calls.withLock { $0 }
        )
    }

    func run(_ arguments: String...) async -> Outcome {
        await run(arguments)
    }

    /// Puts a file into the home folder and says where it is.
    func file(_ name: String, _ text: String) throws -> String {
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let path = home + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}

extension Answer {
    static func ok(_ json: String, _ headers: [Header] = []) -> Answer {
        Answer(status: 200, headers: headers, body: Data(json.utf8))
    }

    static func no(_ status: Int, _ json: String = "", _ headers: [Header] = []) -> Answer {
        Answer(status: status, headers: headers, body: Data(json.utf8))
    }
}

extension Call {
    /// Path and query, as they go over the wire.
    var target: String {
        let text = url.absoluteString
        return text.hasPrefix(Rehearsal.url) ? String(text.dropFirst(Rehearsal.url.count)) : text
    }

    var text: String { String(decoding: body ?? Data(), as: UTF8.self) }
}
