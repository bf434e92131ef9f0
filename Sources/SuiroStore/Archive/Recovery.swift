import Foundation
package import SuiroDomain

/// Makes a database file of an archive, as it was at some moment.
package struct Recovery {
    /// A moment that can be gone back to.
    package struct Moment: Sendable, Equatable {
        package let at: Instant
        fileprivate let base: Base
        /// The last segment that belongs to it.
        fileprivate let through: Int
    }

    private let folder: ArchiveFolder

    package init(archive: String) {
        folder = ArchiveFolder(path: archive)
    }

    /// The first and the last moment of each stretch without a gap, oldest first.
    package func stretches() throws -> [(from: Instant, to: Instant)] {
        var found: [(from: Instant, to: Instant)] = []
        var chain: Int?
        for base in try folder.bases() {
            guard let from = Instant(base.at) else { throw ArchiveFault.changed("base \(base.number)") }
            let to = try following(base).last.flatMap { Instant(try folder.segment($0).at) } ?? from
            if base.chain == chain {
                found[found.count - 1].to = max(from, to)
            } else {
                found.append((from, max(from, to)))
            }
            chain = base.chain
        }
        return found
    }

    /// Looks at every byte; answers how many files there are. `progress` is told how many of how many were looked at.
    package func check(_ progress: (Int, Int) -> Void) throws -> Int {
        let (bases, segments) = (try folder.bases(), try folder.segments())
        let all = bases.count + segments.count
        var done = 0
        for base in bases {
            guard try digest(ofFile: folder.baseFile(base.number).final) == base.sha256 else {
                throw ArchiveFault.changed("base \(base.number)")
            }
            done += 1
            progress(done, all)
        }
        var before: Segment?
        for number in segments {
            let (segment, _) = try folder.frames(number)
            if let before, before.chain == segment.chain {
                guard before.number == number - 1 else { throw ArchiveFault.missing(segment: before.number + 1) }
                guard try segment.previous == before.digest() else { throw ArchiveFault.changed("segment \(number)") }
            }
            before = segment
            done += 1
            progress(done, all)
        }
        return all
    }

    /// The newest moment that is not after `limit`.
    package func moment(notAfter limit: Instant?) throws -> Moment {
        let bases = try folder.bases()
        guard !bases.isEmpty else { throw ArchiveFault.nothing }
        for base in bases.reversed() {
            guard let at = Instant(base.at) else { throw ArchiveFault.changed("base \(base.number)") }
            if let limit, at > limit { continue }
            var moment = Moment(at: at, base: base, through: base.through)
            for number in try following(base) {
                guard let written = Instant(try folder.segment(number).at) else {
                    throw ArchiveFault.changed("segment \(number)")
                }
                if let limit, written > limit { break }
                moment = Moment(at: max(written, at), base: base, through: number)
            }
            return moment
        }
        throw ArchiveFault.nothingBefore(limit ?? .earliest)
    }

    /// Writes the database of a moment to a file that is not there yet. Every byte that is used is compared with what it
    /// was when it was copied.
    package func write(_ moment: Moment, to path: String) throws {
        let base = folder.baseFile(moment.base.number).final
        guard try digest(ofFile: base) == moment.base.sha256 else {
            throw ArchiveFault.changed("base \(moment.base.number)")
        }
        do {
            try FileManager.default.copyItem(atPath: base, toPath: path)
        } catch {
            throw ArchiveFault.unreadable(path, reason: error.localizedDescription)
        }
        guard let file = FileHandle(forUpdatingAtPath: path) else {
            throw ArchiveFault.unreadable(path, reason: String(cString: strerror(errno)))
        }
        defer { try? file.close() }
        var before: Segment?
        for number in stride(from: moment.base.number, through: moment.through, by: 1) {
            let (segment, frames) = try whole(number, after: before)
            before = segment
            var size: Int?
            for frame in WriteAheadLog.frames(in: frames, pageSize: segment.pageSize) {
                try file.seek(toOffset: UInt64((frame.page - 1) * segment.pageSize))
                try file.write(contentsOf: frames[frame.content])
                size = frame.committed ?? size
            }
            if let size { try file.truncate(atOffset: UInt64(size * segment.pageSize)) }
        }
        try file.synchronize()
    }

    private func whole(_ number: Int, after before: Segment?) throws -> (Segment, [UInt8]) {
        guard try folder.segments().contains(number) else { throw ArchiveFault.missing(segment: number) }
        let (segment, frames) = try folder.frames(number)
        if let before {
            guard segment.chain == before.chain, try segment.previous == before.digest() else {
                throw ArchiveFault.changed("segment \(number)")
            }
        }
        return (segment, frames)
    }

    /// The segments after what a base needs, as far as they follow on one another.
    private func following(_ base: Base) throws -> [Int] {
        let there = Set(try folder.segments())
        for number in stride(from: base.number, through: base.through, by: 1) where !there.contains(number) {
            throw ArchiveFault.missing(segment: number)
        }
        var (found, number): ([Int], Int) = ([], base.through + 1)
        while there.contains(number) {
            // Another chain has a base of its own.
            guard try folder.segment(number).chain == base.chain else { break }
            found.append(number)
            number += 1
        }
        // A hole is not an end: what lies behind it was promised too.
        if let later = there.filter({ $0 > number }).min(), try folder.segment(later).chain == base.chain {
            throw ArchiveFault.missing(segment: number)
        }
        return found
    }
}
