import SuiroHTTP
import Synchronization

/// One admitted request's slot. While its body drips in, the slot is somebody else's.
struct Clearance: Sendable {
    let admission: Admission
    let work: Work
    private let state = Held()

    init?(_ work: Work, from admission: Admission) async {
        (self.admission, self.work) = (admission, work)
        guard await admission.enter(work) else { return nil }
    }

    func leave() {
        if state.letGo() { admission.leave(work) }
    }

    /// The body, read without holding the slot: slow senders cannot fill the server. An import works while it reads, and
    /// keeps its slot.
    func body(_ body: Body) -> Body {
        guard work != .export, case .stream = body else { return body }
        return .stream { limit, each in
            leave()
            try await body.forEach(limit: limit, each)
            guard await admission.enter(work) else { throw Overloaded() }
            state.hold()
        }
    }
}

private final class Held: Sendable {
    private let isHeld = Mutex(true)

    /// Whether it was held until now.
    func letGo() -> Bool {
        isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
    }

    func hold() { isHeld.withLock { $0 = true } }
}
