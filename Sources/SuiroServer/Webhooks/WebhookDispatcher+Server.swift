package import Logging
import SuiroAPI
import SuiroDomain
package import SuiroService

extension WebhookDispatcher {
    /// A dispatcher that goes out to the network, as far as the server's rule allows, and tells the log what went
    /// wrong on our side.
    package init(_ service: PartnerService, _ logger: Logger) {
        self.init(
            service,
            transport: .network(service.targetRule),
            complain: { error in
                // A server that stops, or cannot start, has said why by itself.
                guard !(error is CancellationError) else { return }
                logger.warning("webhooks could not be delivered", metadata: ["error": "\(error)"])
            },
            compose: { outgoing, wall in
                let message = WebhookMessage(outgoing, origin: service.environment.origin())
                return try message.call(sealedBy: await service.webhookSeal(), at: wall)
            }
        )
    }
}
