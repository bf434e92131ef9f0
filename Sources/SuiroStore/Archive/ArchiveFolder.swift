import Crypto
import Foundation
package import SuiroDomain

/// A piece of the write-ahead log, as it lies in an archive: one line that says what it is, then frames.
struct Segment: Codable, Equatable {
    let number: Int
    /// The first of those that follow on one another without a gap.
    let chain: Int
    /// When it was copied: it holds what was committed before.
    let at: String
    let pageSize: Int
    let salts: [UInt8]
    /// Where its first frame stands in the log, and the log's running sum after its last one.
    let offset: Int
    let sum: WriteAheadLog.Checksum
    let bytes: Int
    let sha256: String
    /// The digest of what its predecessor says of itself; empty where a chain begins.
    let previous: String

    var end: Int { offset + bytes }

    /// What the next one names as its predecessor.
    func digest() throws -> String { try [UInt8](ArchiveFolder.line(self)).sha256 }
}

/// A copy of the whole database, as it lies in an archive. What was committed meanwhile is in segments from `number` on;
/// it is whole together with those up to `through`, and by no fewer.
struct Base: Codable, Equatable {
    let number: Int
    let chain: Int
    let through: Int
    let at: String
    let sha256: String
}

/// What is wrong with an archive, in words for an operator.
package enum ArchiveFault: Error, Equatable, CustomStringConvertible {
    case unreadable(String, reason: String)
    case nothingBefore(Instant)
    case nothing
    case missing(segment: Int)
    case changed(String)
    /// Frames went from the log into the database without having been copied.
    case gap

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path) cannot be used: \(reason) / \(path) を使用できません: \(reason)"
        case .nothingBefore(let instant):
            "The archive holds nothing from before \(instant). / アーカイブには \(instant) より前の内容がありません。"
        case .nothing:
            "The archive holds no copy yet. / アーカイブにはまだ何もありません。"
        case .missing(let number):
            "Segment \(number) of the archive is missing, and what follows cannot be used. / アーカイブの区間 \(number) がなく、その後の内容を使用できません。"
        case .changed(let name):
            "\(name) of the archive is not as it was written. / アーカイブの \(name) は書き込んだときと異なります。"
        case .gap:
            "The log does not go on where the archive ends; a new copy of everything is needed. / ログがアーカイブの続きになっていないため、全体の控えが新しく必要です。"
        }
    }
}

/// The files of an archive. Each is written under another name first, and is on disk before it has its own.
struct ArchiveFolder {
    let path: String

    func prepare() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw ArchiveFault.unreadable(path, reason: "\(error.localizedDescription)")
        }
    }

    // MARK: What is there

    func segments() throws -> [Int] { try numbers("segment-", ".wal") }

    func bases() throws -> [Base] {
        try numbers("base-", ".json").map { number in
            let name = Self.name("base", number, "json")
            guard let base = try? JSONDecoder().decode(Base.self, from: Data(try read(name))), base.number == number
            else {
                throw ArchiveFault.changed(name)
            }
            return base
        }
    }

    /// What a segment says of itself; its frames are not looked at.
    func segment(_ number: Int) throws -> Segment {
        let name = Self.name("segment", number, "wal")
        let (segment, _) = try parts(name, number)
        return segment
    }

    /// A segment and its frames, which are as they were written.
    func frames(_ number: Int) throws -> (Segment, [UInt8]) {
        let name = Self.name("segment", number, "wal")
        let (segment, frames) = try parts(name, number)
        guard frames.count == segment.bytes, frames.sha256 == segment.sha256 else { throw ArchiveFault.changed(name) }
        return (segment, frames)
    }

    private func parts(_ name: String, _ number: Int) throws -> (Segment, [UInt8]) {
        let bytes = try read(name)
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let segment = try? JSONDecoder().decode(Segment.self, from: Data(bytes[..<end])), segment.number == number
        else { throw ArchiveFault.changed(name) }
        return (segment, Array(bytes[(end + 1)...]))
    }

    private func numbers(_ prefix: String, _ suffix: String) throws -> [Int] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).compactMap { name in
                guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
                return Int(name.dropFirst(prefix.count).dropLast(suffix.count))
            }.sorted()
        } catch {
            throw ArchiveFault.unreadable(path, reason: error.localizedDescription)
        }
    }

    private func read(_ name: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
        } catch {
            throw ArchiveFault.unreadable("\(path)/\(name)", reason: error.localizedDescription)
        }
    }

    // MARK: What is put there

    func put(_ segment: Segment, _ frames: [UInt8]) throws {
        try put(
            Data(Self.line(segment) + [UInt8(ascii: "\n")] + frames),
            as: Self.name("segment", segment.number, "wal")
        )
    }

    func put(_ base: Base) throws {
        try put(Data(Self.line(base)), as: Self.name("base", base.number, "json"))
    }

    /// Where a copy of everything is made, and the name under which it counts.
    func baseFile(_ number: Int) -> (partial: String, final: String) {
        let final = "\(path)/\(Self.name("base", number, "sqlite"))"
        return (final + ".partial", final)
    }

    func removeBase(_ number: Int) throws {
        // The line that makes it count goes first.
        for kind in ["json", "sqlite"] { try remove(Self.name("base", number, kind)) }
    }

    func removeSegment(_ number: Int) throws { try remove(Self.name("segment", number, "wal")) }

    private func remove(_ name: String) throws {
        let file = "\(path)/\(name)"
        if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
    }

    private func put(_ data: Data, as name: String) throws {
        let partial = "\(path)/\(name).partial"
        guard
            FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw ArchiveFault.unreadable(partial, reason: String(cString: strerror(errno))) }
        do {
            try handle.write(contentsOf: data)
            try handle.synchronize()
            try handle.close()
        } catch {
            throw ArchiveFault.unreadable(partial, reason: "\(error.localizedDescription)")
        }
        try settle(partial, as: "\(path)/\(name)")
    }

    /// Gives a finished file its name, so that it has it after a power cut as well.
    func settle(_ partial: String, as final: String) throws {
        guard rename(partial, final) == 0 else {
            throw ArchiveFault.unreadable(final, reason: String(cString: strerror(errno)))
        }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw ArchiveFault.unreadable(path, reason: String(cString: strerror(errno))) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw ArchiveFault.unreadable(path, reason: String(cString: strerror(errno))) }
    }

    static func line(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    private static func name(_ kind: String, _ number: Int, _ ending: String) -> String {
        let digits = String(number)
        return "\(kind)-\(String(repeating: "0", count: max(0, 9 - digits.count)))\(digits).\(ending)"
    }
}

/// The digest of a file that may be larger than memory.
func digest(ofFile path: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
        throw ArchiveFault.unreadable(path, reason: String(cString: strerror(errno)))
    }
    defer { try? handle.close() }
    var hash = SHA256()
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
    return hash.finalize().hexadecimal
}
