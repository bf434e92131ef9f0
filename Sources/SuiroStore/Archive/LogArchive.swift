import CSQLite
import Foundation
package import SuiroDomain

/// Copies what is committed to another place, so that the database can be had as it was at some earlier moment: the
/// write-ahead log piece by piece, and now and then everything. Nothing goes from the log into the database before it
/// has been copied; while it cannot be copied the log grows, and nothing else waits.
package final class LogArchive: @unchecked Sendable {
    /// How the copying goes, for whoever watches over it.
    package struct Reading: Sendable {
        /// When everything that was committed had been copied last.
        package fileprivate(set) var keptAt: Instant?
        package fileprivate(set) var segments = 0
        /// Frames in the log; they are taken into the database from `LogArchive.roundFrames` on.
        package fileprivate(set) var frames = 0
    }

    /// Where the next frame to be copied will stand.
    private struct Place {
        var salts: [UInt8]
        var offset: Int
        var sum: WriteAheadLog.Checksum
    }

    /// 16 MB of pages of 4 KiB.
    static let roundFrames = 4000
    private static let framesAtOnce = 256
    private static let dayOfBase = 86_400

    private let folder: ArchiveFolder
    private let database: String
    private let now: @Sendable () -> Instant
    private let queue = DispatchQueue(label: "suiro.sqlite.archive")
    /// Held while pieces are copied: by turns this queue's and the writer's.
    private let lock = NSLock()
    private var place: Place?
    /// The log may begin anew: everything in it has been copied and is in the database.
    private var mayBeginAnew = false
    /// The first number of the chain that is being written; `nil` before there is one, and where it was broken.
    private var chain: Int?
    private var last: Segment?
    /// The number of the next segment.
    private var next = 1
    private var lastBase: Base?
    private var nextAttempt = LogArchive.roundFrames
    private let watch = NSLock()
    private var kept = Reading()

    /// Goes on with an archive where its end is found in the log, and begins a new chain where it is not.
    init(_ path: String, of database: String, now: @escaping @Sendable () -> Instant) throws {
        (folder, self.database, self.now) = (ArchiveFolder(path: path), database, now)
        try folder.prepare()
        last = try folder.segments().last.map(folder.segment)
        lastBase = try folder.bases().last
        next = max(last?.number ?? 0, lastBase?.number ?? 0) + 1
        if let last, try isFound(last) {
            next = last.number + 1
            place = Place(salts: last.salts, offset: last.end, sum: last.sum)
            chain = last.chain
        }
    }

    package var reading: Reading { watch.withLock { kept } }

    // MARK: What the server asks for, every few seconds

    /// Copies what is new, and everything once a day or where the chain is broken; forgets what is older than `days`.
    package func keepUp(days: Int) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async {
                continuation.resume(
                    with: Result {
                        try self.keepUpHere()
                        try self.forget(olderThan: self.now().adding(days: -days))
                    }
                )
            }
        }
    }

    private func keepUpHere() throws {
        do {
            try lock.withLock { if chain != nil { try copy() } }
        } catch ArchiveFault.gap {
            lock.withLock { chain = nil }
        }
        let isInChain = chain != nil && lastBase?.chain == chain
        let isOld = lastBase.map { now() >= (Instant($0.at) ?? .earliest).adding(seconds: Self.dayOfBase) } ?? true
        if !isInChain || isOld { try copyEverything() }
        let moment = now()
        watch.withLock { kept.keptAt = moment }
    }

    // MARK: What the writer asks for, between two commits

    /// How long the log is now; from some length on it is taken into the database, once it has been copied.
    func committed(_ frames: Int, on connection: SQLiteConnection) {
        watch.withLock { kept.frames = frames }
        guard frames >= Self.roundFrames else {
            nextAttempt = Self.roundFrames
            return
        }
        guard frames >= nextAttempt else { return }
        // What fails is told by the next turn of the server's own, and tried again when the log has grown further.
        nextAttempt = frames + Self.roundFrames / 4
        lock.withLock {
            guard chain != nil, (try? copy()) != nil, let isWhole = try? connection.takeIn() else { return }
            mayBeginAnew = isWhole
        }
    }

    // MARK: Pieces

    /// Copies what was committed since the last time. Called with the lock held.
    private func copy() throws {
        guard let file = FileHandle(forReadingAtPath: "\(database)-wal") else { return }
        defer { try? file.close() }
        guard let header = WriteAheadLog(header: try bytes(of: file, at: 0, count: WriteAheadLog.headerSize)) else {
            return
        }
        if place?.salts != header.salts {
            guard place == nil || mayBeginAnew else { throw ArchiveFault.gap }
            place = Place(salts: header.salts, offset: WriteAheadLog.headerSize, sum: header.checksum)
            mayBeginAnew = false
        }
        while var place, let piece = try piece(of: file, header, at: place) {
            let chain = chain ?? next
            let segment = Segment(
                number: next,
                chain: chain,
                at: "\(now())",
                pageSize: header.pageSize,
                salts: header.salts,
                offset: place.offset,
                sum: piece.sum,
                bytes: piece.frames.count,
                sha256: piece.frames.sha256,
                previous: chain == next ? "" : try last?.digest() ?? ""
            )
            try folder.put(segment, piece.frames)
            (place.offset, place.sum) = (segment.end, segment.sum)
            (self.place, self.chain, last, mayBeginAnew) = (place, chain, segment, false)
            next += 1
            watch.withLock { kept.segments += 1 }
        }
    }

    /// Whole transactions from a place on, up to some megabytes; `nil` where none follows.
    private func piece(
        of file: FileHandle,
        _ header: WriteAheadLog,
        at place: Place
    ) throws -> (frames: [UInt8], sum: WriteAheadLog.Checksum)? {
        var (read, sum): ([UInt8], WriteAheadLog.Checksum) = ([], place.sum)
        var (committed, atCommit) = (0, place.sum)
        while true {
            let step = header.frameSize * Self.framesAtOnce
            let more = try bytes(of: file, at: place.offset + read.count, count: step)
            let accepted = header.accepted(more, after: sum)
            if accepted.committed > 0 { (committed, atCommit) = (read.count + accepted.committed, accepted.atCommit) }
            read += more[..<accepted.length]
            sum = accepted.sum
            if accepted.length < step || (committed > 0 && read.count >= step * 16) { break }
        }
        return committed > 0 ? (Array(read[..<committed]), atCommit) : nil
    }

    private func bytes(of file: FileHandle, at offset: Int, count: Int) throws -> [UInt8] {
        try file.seek(toOffset: UInt64(offset))
        return Array(try file.read(upToCount: count) ?? Data())
    }

    /// Whether the log still has a segment's last frame where it was.
    private func isFound(_ segment: Segment) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: "\(database)-wal") else { return false }
        defer { try? file.close() }
        guard let header = WriteAheadLog(header: try bytes(of: file, at: 0, count: WriteAheadLog.headerSize)),
            header.salts == segment.salts, header.pageSize == segment.pageSize
        else { return false }
        var (at, sum) = (WriteAheadLog.headerSize, header.checksum)
        while at < segment.end {
            let count = min(header.frameSize * Self.framesAtOnce, segment.end - at)
            let accepted = header.accepted(try bytes(of: file, at: at, count: count), after: sum)
            guard accepted.length == count else { return false }
            (at, sum) = (at + count, accepted.sum)
        }
        return sum == segment.sum
    }

    // MARK: Everything

    /// Copies the database while others read and write it, and with it what was committed meanwhile.
    private func copyEverything() throws {
        let number = try lock.withLock {
            if chain == nil {
                next = max(last?.number ?? 0, lastBase?.number ?? 0) + 1
                // What is in the log is in the copy as well; to have it in pieces too does no harm.
                (place, chain) = (nil, next)
            }
            let number = next
            try copy()
            return number
        }
        let file = folder.baseFile(number)
        try? FileManager.default.removeItem(atPath: file.partial)
        try SQLiteConnection.copy(database, to: file.partial)
        try synchronize(file.partial)
        let digest = try digest(ofFile: file.partial)
        // Where nothing was written for a day, the one before has the same number.
        try folder.removeBase(number)
        try folder.settle(file.partial, as: file.final)
        let base = try lock.withLock {
            try copy()
            return Base(number: number, chain: chain ?? number, through: next - 1, at: "\(now())", sha256: digest)
        }
        try folder.put(base)
        lastBase = base
    }

    private func synchronize(_ path: String) throws {
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw ArchiveFault.unreadable(path, reason: String(cString: strerror(errno)))
        }
        defer { try? handle.close() }
        try handle.synchronize()
    }

    /// Forgets what only leads to moments before `limit`.
    private func forget(olderThan limit: Instant) throws {
        let bases = try folder.bases()
        guard let oldest = bases.last(where: { (Instant($0.at) ?? .latest) <= limit }) else { return }
        for base in bases where base.number < oldest.number { try folder.removeBase(base.number) }
        for number in try folder.segments() where number < oldest.number { try folder.removeSegment(number) }
    }
}
