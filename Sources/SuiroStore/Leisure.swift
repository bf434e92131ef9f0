/// Whether what is read may take long: exports, sweeps, the daily head. Such reads leave the threads that answer requests
/// to those who wait.
package enum Leisure {
    @TaskLocal package static var isTaken = false

    /// Runs `body` with all the time it needs.
    package static func with<T>(_ body: () async throws -> T) async rethrows -> T {
        try await $isTaken.withValue(true, operation: body)
    }
}
