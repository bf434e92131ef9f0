import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// A registration as it is answered: with its secret only where that is new.
package struct RegisteredWebhook: Codable, Sendable {
    package let registration: WebhookRegistration
    package let newSecret: String?
}

/// A test event and what came of it so far.
package struct WebhookTestView: Sendable {
    package let delivery: WebhookDelivery
    package let registration: WebhookRegistration
    package let attempts: [DeliveryAttempt]
}

/// Which deliveries to show.
package struct DeliveryQuery: Sendable {
    package var state: DeliveryState?
    package var name: WebhookEventName?
    package var position: DeliveryPosition?
    package var limit: Int

    package init(
        state: DeliveryState? = nil,
        name: WebhookEventName? = nil,
        position: DeliveryPosition? = nil,
        limit: Int = 100
    ) {
        (self.state, self.name, self.position, self.limit) = (state, name, position, limit)
    }
}

extension PartnerService {
    /// Whom this server may be made to call.
    package var targetRule: TargetRule { TargetRule(allowsLoopback: isSandbox) }

    /// Where the caller's partner is told of what, if it has said so.
    package func webhook(_ context: CallContext) async throws -> WebhookRegistration? {
        let tenant = try context.tenant
        return try await read(context, .readWebhooks, in: .tenant(tenant)) { tx in try tx.webhook(of: tenant) }
    }

    /// Registers the partner's only webhook. The secret of its second signature is told now and never again.
    package func registerWebhook(_ wish: WebhookWish, _ context: CallContext) async throws -> RegisteredWebhook {
        let tenant = try context.tenant
        return try await write(context, .changeWebhooks, in: .tenant(tenant)) { tx, _ in
            let target = try targetRule.target(wish.url)
            guard try tx.webhook(of: tenant) == nil else { throw Refusal.webhookExists }
            let now = tx.permit.intent.at
            let webhook = WebhookRegistration(
                tenant: tenant,
                id: environment.newID(),
                url: wish.url,
                events: wish.events,
                signsInOwnHeader: wish.signsInOwnHeader,
                secret: newWebhookSecret(),
                secretSince: now,
                createdAt: now,
                changedAt: now
            )
            try tx.insert(webhook)
            try tx.record(.webhookRegistered(tenant), remark(webhook, target))
            return RegisteredWebhook(registration: webhook, newSecret: webhook.secret)
        }
    }

    /// Replaces address, events and header; the secret only where that is wished.
    package func changeWebhook(to wish: WebhookWish, _ context: CallContext) async throws -> RegisteredWebhook {
        let tenant = try context.tenant
        return try await write(context, .changeWebhooks, in: .tenant(tenant)) { tx, _ in
            let target = try targetRule.target(wish.url)
            guard var webhook = try tx.webhook(of: tenant) else { throw Refusal.notFound(.webhook, "registration") }
            let secret = wish.wantsNewSecret ? newWebhookSecret() : nil
            webhook.change(to: wish, secret: secret, at: tx.permit.intent.at)
            try tx.update(webhook)
            try tx.record(.webhookRegistered(tenant), remark(webhook, target))
            return RegisteredWebhook(registration: webhook, newSecret: secret)
        }
    }

    /// Another secret for the second signature, at once; the old one is worth nothing from the next delivery on.
    package func renewWebhookSecret(_ context: CallContext) async throws -> RegisteredWebhook {
        guard let webhook = try await webhook(context) else { throw Refusal.notFound(.webhook, "registration") }
        let wish = WebhookWish(
            url: webhook.url,
            events: webhook.events,
            signsInOwnHeader: webhook.signsInOwnHeader,
            wantsNewSecret: true
        )
        return try await changeWebhook(to: wish, context)
    }

    /// The address may hold a password of the receiver's, so the log keeps its host only.
    private func remark(_ webhook: WebhookRegistration, _ target: WebhookTarget) -> Remark {
        Remark(details: ["host": target.host, "events": webhook.events.map(\.rawValue).sorted().joined(separator: " ")])
    }

    /// 256 bits, written as the Standard Webhooks specification writes them.
    private func newWebhookSecret() -> String { "whsec_" + environment.randomBytes(32).base64 }

    /// Makes a test event, at most two a minute (conventions, section 9).
    package func testWebhook(_ context: CallContext) async throws -> ID<WebhookDelivery> {
        let tenant = try context.tenant
        return try await write(context, .changeWebhooks, in: .tenant(tenant)) { tx, _ in
            let now = tx.permit.intent.at
            guard try tx.webhook(of: tenant) != nil else { throw Refusal.notFound(.webhook, "registration") }
            let recent = try tx.webhookTests(of: tenant, since: now.adding(seconds: -60))
            if recent.count >= 2 {
                let until = recent[1].recordedAt.adding(seconds: 60)
                let seconds = Int((until.milliseconds - now.milliseconds + 999) / 1000)
                throw Refusal.tooManyTestEvents(seconds: max(1, seconds))
            }
            try tx.record(.webhookTested(tenant))
            guard let made = try tx.webhookDeliveryJustMade(for: tenant) else {
                throw Refusal.notFound(.webhook, "registration")
            }
            return made.id
        }
    }

    /// What came of a test event.
    package func webhookTest(_ id: ID<WebhookDelivery>, _ context: CallContext) async throws -> WebhookTestView {
        let tenant = try context.tenant
        return try await read(context, .readWebhooks, in: .tenant(tenant)) { tx in
            guard let registration = try tx.webhook(of: tenant), let delivery = try tx.webhookDelivery(id, of: tenant),
                delivery.name == .testCreated
            else { throw Refusal.notFound(.webhookDelivery, "\(id)") }
            let attempts = try tx.attempts(of: id, for: tenant)
            return WebhookTestView(delivery: delivery, registration: registration, attempts: attempts)
        }
    }

    /// What the partner was told, or is to be told, newest first.
    package func webhookDeliveries(_ query: DeliveryQuery, _ context: CallContext) async throws -> [DeliveryRow] {
        let tenant = try context.tenant
        return try await read(context, .readWebhooks, in: .tenant(tenant)) { tx in
            try tx.webhookDeliveries(
                of: tenant,
                state: query.state,
                name: query.name,
                before: query.position,
                limit: query.limit
            )
        }
    }

    /// Sends one delivery once more, now, whatever became of it before.
    package func resendWebhook(_ id: ID<WebhookDelivery>, _ context: CallContext) async throws -> WebhookDelivery {
        let tenant = try context.tenant
        return try await write(context, .changeWebhooks, in: .tenant(tenant)) { tx, _ in
            guard var delivery = try tx.webhookDelivery(id, of: tenant) else {
                throw Refusal.notFound(.webhookDelivery, "\(id)")
            }
            delivery.resend(at: tx.permit.intent.at)
            try tx.requeue(delivery)
            try tx.record(.webhookResent(id), Remark(details: ["event": delivery.name.rawValue]))
            return delivery
        }
    }

    /// Sends once more, now, everything that was given up. Answers how much that was.
    package func resendFailedWebhooks(_ context: CallContext) async throws -> Int {
        let tenant = try context.tenant
        return try await write(context, .changeWebhooks, in: .tenant(tenant)) { tx, _ in
            let failed = try tx.webhookDeliveries(of: tenant, state: .failed, name: nil, before: nil, limit: 1000)
            for row in failed {
                var delivery = row.delivery
                delivery.resend(at: tx.permit.intent.at)
                try tx.requeue(delivery)
                try tx.record(.webhookResent(delivery.id), Remark(details: ["event": delivery.name.rawValue]))
            }
            return failed.count
        }
    }

    /// One entry of the log: of the caller's tenant, or one that it was told of.
    package func auditRecord(_ id: String, _ context: CallContext) async throws -> AuditRow {
        let tenant = try context.tenant
        return try await read(context, .readAudit, in: .tenant(tenant)) { tx in
            let own = tx.permit.principal?.kind == .vendor ? nil : tenant
            guard let entry = try tx.entry(id, concerning: own) else { throw Refusal.notFound(.auditRecord, id) }
            let customer = try entry.customer.flatMap { try tx.knows($0) ? $0 : nil }
            return AuditRow(
                entry: entry,
                customer: customer,
                customerName: try customer.flatMap { try tx.organization($0)?.name },
                partnerName: try entry.partner.flatMap { try tx.organization($0)?.name }
            )
        }
    }

    /// Forgets deliveries in time: tests after a week, what was delivered after a month, what never arrived after a
    /// year.
    func forgetWebhooks(_ tx: Transaction) throws {
        let now = tx.permit.intent.at
        for state in [DeliveryState.delivered, .failed] {
            try tx.deleteWebhookDeliveries(state, named: .testCreated, before: now.adding(days: -7))
        }
        try tx.deleteWebhookDeliveries(.delivered, before: now.adding(days: -30))
        try tx.deleteWebhookDeliveries(.withdrawn, before: now.adding(days: -30))
        try tx.deleteWebhookDeliveries(.failed, before: now.adding(days: -365))
    }
}
