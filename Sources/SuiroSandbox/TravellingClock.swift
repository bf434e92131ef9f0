import Foundation
package import SuiroDomain

/// A clock that can be set and ticks on from where it was set. It rules every timestamp of the sandbox.
package final class TravellingClock: Sendable {
    private final class State: @unchecked Sendable {
        let lock = NSLock()
        var offset: Int64 = 0
    }

    private let state = State()

    package init() {}

    private static var wall: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    package var now: Instant {
        let offset = state.lock.withLock { state.offset }
        return Instant.earliest.adding(milliseconds: Self.wall - Instant.earliest.milliseconds + offset)
    }

    /// How far ahead of the wall the clock is, in milliseconds: what is kept across restarts.
    package var offset: Int64 {
        get { state.lock.withLock { state.offset } }
        set { state.lock.withLock { state.offset = newValue } }
    }

    package func set(to instant: Instant) {
        let offset = instant.milliseconds - Self.wall
        state.lock.withLock { state.offset = offset }
    }
}
