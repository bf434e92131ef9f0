import Foundation
import SuiroDomain
import SuiroTesting
import Testing

@testable import SuiroStore

/// Everything that is committed is copied as it happens, and any moment can be gone back to.
@Suite struct ArchiveTests {
    /// A database with an archive, and a clock that the test moves.
    private final class Scene: @unchecked Sendable {
        let folder = FileManager.default.temporaryDirectory.path + "/suiro-archive-\(UUID().uuidString)"
        private let lock = NSLock()
        private var instant = TestWorld.seedDay
        private var count = 0
        private(set) var store: Store?

        var archive: String { folder + "/archive" }
        var file: String { folder + "/suiro.sqlite" }
        var now: Instant { lock.withLock { instant } }

        init() throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try open()
        }

        deinit {
            store = nil
            try? FileManager.default.removeItem(atPath: folder)
        }

        func open() throws { store = try .sqlite(path: file, archive: archive, now: { self.now }) }
        func shut() { store = nil }

        func pass(seconds: Int) { lock.withLock { instant = instant.adding(seconds: seconds) } }

        /// Writes some organizations, of which each takes a few pages.
        func write(_ more: Int = 1) async throws {
            for _ in 0..<more {
                let number = lock.withLock {
                    count += 1
                    return count
                }
                let organization = Organization(
                    id: ID(UUID()),
                    kind: .customer,
                    name: String(repeating: "名\(number) ", count: 40),
                    domain: "o\(number).example",
                    country: "JP",
                    language: .ja,
                    createdAt: now
                )
                try await store?.write(ArchiveTests.system(now)) { tx in try tx.insert(organization) }
            }
        }

        func keepUp() async throws { try await store?.archive?.keepUp(days: 14) }

        func state() async throws -> String { try await ArchiveTests.state(of: #require(store), at: now) }

        /// The state of the database that the archive has of a moment.
        func recovered(at instant: Instant?) async throws -> (state: String, moment: Instant) {
            let recovery = Recovery(archive: archive)
            let moment = try recovery.moment(notAfter: instant)
            let copy = folder + "/copy-\(UUID().uuidString).sqlite"
            try recovery.write(moment, to: copy)
            let found = try await ArchiveTests.state(of: .sqlite(path: copy), at: now)
            return (found, moment.at)
        }

        func files(_ ending: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: archive).filter { $0.hasSuffix(ending) }.sorted()
        }
    }

    fileprivate static func system(_ now: Instant) -> Intent {
        Intent(.system, .serve, in: .system, at: now, correlation: UUID())
    }

    fileprivate static func state(of store: Store, at now: Instant) async throws -> String {
        try await store.read(system(now)) { tx in
            var lines: [String] = []
            try tx.dump { lines.append($0) }
            return lines.joined(separator: "\n").sha256
        }
    }

    @Test func `ten moments are gone back to, and each is as it was`() async throws {
        let scene = try Scene()
        var states: [(at: Instant, state: String)] = []
        for round in 0..<10 {
            try await scene.write(round == 4 ? 400 : 1 + round * 7)
            try await scene.keepUp()
            states.append((scene.now, try await scene.state()))
            scene.pass(seconds: 20)
        }
        #expect(Set(states.map(\.state)).count == 10)
        for (at, state) in states.shuffled() {
            #expect(try await scene.recovered(at: at).state == state, "\(at)")
            #expect(try await scene.recovered(at: at.adding(seconds: 19)).state == state)
        }
        #expect(try await scene.recovered(at: nil).state == states.last?.state)
        #expect(throws: ArchiveFault.nothingBefore(states[0].at.adding(seconds: -1))) {
            try Recovery(archive: scene.archive).moment(notAfter: states[0].at.adding(seconds: -1))
        }
    }

    @Test func `the log is taken into the database only after it was copied, round after round`() async throws {
        let scene = try Scene()
        try await scene.keepUp()
        var states: [(at: Instant, state: String)] = []
        // Each round is longer than what the log is let grow to.
        for _ in 0..<3 {
            // The writer copies too, when the log has become long.
            scene.pass(seconds: 1)
            try await scene.write(1300)
            scene.pass(seconds: 15)
            try await scene.keepUp()
            states.append((scene.now, try await scene.state()))
        }
        let segments = try scene.files(".wal").map { name in
            try ArchiveFolder(path: scene.archive).segment(try #require(Int(name.dropFirst(8).dropLast(4))))
        }
        #expect(Set(segments.map(\.salts)).count > 2, "the log has begun anew")
        #expect(Set(segments.map(\.chain)).count == 1, "and nothing was missed")
        for (at, state) in states { #expect(try await scene.recovered(at: at).state == state) }
        #expect(try Recovery(archive: scene.archive).check { _, _ in } == segments.count + 1)
    }

    @Test func `a server that ends or dies goes on where it was`() async throws {
        let scene = try Scene()
        try await scene.write(5)
        try await scene.keepUp()
        for _ in 0..<3 {
            // Copied by nobody before the end.
            try await scene.write(3)
            scene.shut()
            try scene.open()
            scene.pass(seconds: 15)
            try await scene.keepUp()
            #expect(try await scene.recovered(at: nil).state == (try await scene.state()))
        }
        #expect(try scene.files(".json").count == 1, "no copy of everything was needed again")
    }

    @Test func `where somebody else has emptied the log, everything is copied anew and the hole is known`() async throws
    {
        let scene = try Scene()
        try await scene.write(3)
        try await scene.keepUp()
        let (before, state) = (scene.now, try await scene.state())
        try await scene.write(2)
        scene.shut()
        // A program that knows nothing of the archive: it takes the log into the database and removes it.
        _ = try SQLiteConnection(path: scene.file, for: .writing).rows("SELECT COUNT(*) FROM organization")
        #expect(!FileManager.default.fileExists(atPath: scene.file + "-wal"))
        scene.pass(seconds: 60)
        try scene.open()
        try await scene.keepUp()
        #expect(try await scene.recovered(at: nil).state == (try await scene.state()))
        #expect(try await scene.recovered(at: before).state == state)
        let late = try await scene.recovered(at: scene.now.adding(seconds: -1))
        #expect(late.state == state && late.moment == before, "what lies in the hole is not made up")
        #expect(try Recovery(archive: scene.archive).stretches().count == 2)
    }

    @Test func `a changed, shortened or missing piece is named and nothing is made of it`() async throws {
        let scene = try Scene()
        try await scene.keepUp()
        for _ in 0..<4 {
            try await scene.write(2)
            scene.pass(seconds: 15)
            try await scene.keepUp()
        }
        let names = try scene.files(".wal")
        #expect(names.count >= 4)
        for name in names.dropFirst() {
            let path = "\(scene.archive)/\(name)"
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for spoil in 0..<3 {
                var data = whole
                switch spoil {
                case 0: data[data.count - 100] ^= 1
                case 1: data.removeLast(1)
                default: try FileManager.default.removeItem(atPath: path)
                }
                if spoil < 2 { try data.write(to: URL(fileURLWithPath: path)) }
                let isLast = name == names.last && spoil == 2
                if !isLast {
                    await #expect(throws: ArchiveFault.self, "\(name) \(spoil)") {
                        try await scene.recovered(at: nil)
                    }
                    #expect(throws: ArchiveFault.self) { try Recovery(archive: scene.archive).check { _, _ in } }
                }
                try whole.write(to: URL(fileURLWithPath: path))
            }
        }
        let base = try #require(scene.files(".sqlite").first)
        let path = "\(scene.archive)/\(base)"
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        data[5000] ^= 1
        try data.write(to: URL(fileURLWithPath: path))
        await #expect(throws: ArchiveFault.self) { try await scene.recovered(at: nil) }
    }

    @Test func `while nothing can be copied writes go on, the log is kept, and later nothing is missing`() async throws
    {
        let scene = try Scene()
        try await scene.write(2)
        try await scene.keepUp()
        let aside = scene.folder + "/aside"
        try FileManager.default.moveItem(atPath: scene.archive, toPath: aside)
        try await scene.write(1500)
        await #expect(throws: ArchiveFault.self) { try await scene.keepUp() }
        let log = try FileManager.default.attributesOfItem(atPath: scene.file + "-wal")[.size] as? NSNumber
        #expect((log?.intValue ?? 0) > LogArchive.roundFrames * 4096, "nothing has left the log uncopied")
        try FileManager.default.moveItem(atPath: aside, toPath: scene.archive)
        scene.pass(seconds: 15)
        try await scene.keepUp()
        try await scene.write(1)
        scene.pass(seconds: 15)
        try await scene.keepUp()
        #expect(try await scene.recovered(at: nil).state == (try await scene.state()))
        #expect(try scene.files(".json").count == 1)
    }

    @Test func `everything is copied once a day, and what only leads to older moments than are wished is forgotten`()
        async throws
    {
        let scene = try Scene()
        for _ in 0..<20 {
            try await scene.write()
            try await scene.keepUp()
            scene.pass(seconds: 86_400)
        }
        let bases = try ArchiveFolder(path: scene.archive).bases()
        #expect((14...16).contains(bases.count))
        #expect(try ArchiveFolder(path: scene.archive).segments().first ?? 0 >= bases[0].number)
        #expect(try await scene.recovered(at: scene.now.adding(days: -14)).moment <= scene.now.adding(days: -14))
        _ = try Recovery(archive: scene.archive).check { _, _ in }
    }

    @Test func `a copy of everything that is made while others write is whole`() async throws {
        let scene = try Scene()
        try await scene.write(50)
        try await withThrowingTaskGroup { group in
            group.addTask { for _ in 0..<20 { try await scene.write(10) } }
            group.addTask {
                for _ in 0..<5 {
                    scene.pass(seconds: 86_400)
                    try await scene.keepUp()
                }
            }
            try await group.waitForAll()
        }
        scene.pass(seconds: 1)
        try await scene.keepUp()
        #expect(try await scene.recovered(at: nil).state == (try await scene.state()))
        for base in try ArchiveFolder(path: scene.archive).bases() {
            _ = try await scene.recovered(at: Instant(base.at))
        }
    }
}
