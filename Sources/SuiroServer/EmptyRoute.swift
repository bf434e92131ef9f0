import Hummingbird
package import Logging

/// A Hummingbird server that does nothing but answer `GET /empty`: what measurements are held beside.
package enum EmptyRoute {
    /// Serves until SIGTERM or SIGINT; `onReady` is called with the port.
    package static func run(port: Int, logger: Logger, onReady: @escaping @Sendable (Int) -> Void) async throws {
        let router = Router()
        router.get("empty") { _, _ in "ok" }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? port) },
            logger: logger
        )
        try await application.runService()
    }
}
