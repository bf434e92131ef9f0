import HTTPTypes
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    private static let pageSize = 50

    /// Where the partner is told of what, and what became of each telling.
    func webhooksPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let context = visit.context(visitor)
        let webhook = try await service.webhook(context)
        let state = visit.exchange.query["state"].flatMap(DeliveryState.init(rawValue:))
        let position = visit.exchange.query["before"].flatMap(DeliveryPosition.init(encoded:))
        let found = try await service.webhookDeliveries(
            DeliveryQuery(state: state, position: position, limit: Self.pageSize + 1),
            context
        )
        let title = visit.say("portal.webhooks.title")
        let card = webhook.map { endpoint($0, visit, visitor) } ?? "<p>\(visit.say("portal.webhooks.none"))</p>\n"
        let history = deliveries(found, state, position, visit, visitor)
        return .page(
            Page(
                title: title,
                section: .webhooks,
                content: """
                    \(visit.done)<h1>\(title)</h1>
                    <p class="lead">\(visit.say("portal.webhooks.lead"))</p>
                    \(card)\(HTML.when(webhook != nil, history))\(visit.elsewhere(commands))
                    """
            )
        )
    }

    /// The card of the only endpoint.
    private func endpoint(_ webhook: WebhookRegistration, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let names = webhook.events.map(\.rawValue).sorted()
        let events = HTML.each(names) { "<li><code>\($0)</code></li>" }
        let header = webhook.signsInOwnHeader ? "x-ms-signature" : "Authorization"
        let count = visit.say("portal.webhooks.events", ["count": .count(names.count)])
        return """
            <section class="card" aria-labelledby="endpoint"><h2 id="endpoint">\(visit.say("portal.webhooks.endpoint"))</h2>
            \(visit.facts([
                (visit.say("portal.webhooks.url"), "<code>\(webhook.url)</code>"),
                (visit.say("portal.webhooks.heard"), "<details><summary>\(count)</summary><ul>\(events)</ul></details>"),
                (visit.say("portal.webhooks.header"), "<code>\(header)</code>"),
                (visit.say("portal.webhooks.secret"), visit.longDay(webhook.secretSince)),
                (visit.say("portal.webhooks.changed"), visit.minute(webhook.changedAt)),
            ]))<div class="row noprint">\
            <form method="post" action="\(Place.webhookTest)">\(visit.proof(visitor))\
            <button class="p" type="submit">\(visit.say("portal.webhooks.test"))</button></form>\
            <form method="post" action="\(Place.webhookSecret)">\(visit.proof(visitor))\
            <button type="submit">\(visit.say("portal.webhooks.renew"))</button></form></div></section>

            """
    }

    private func deliveries(
        _ found: [DeliveryRow],
        _ state: DeliveryState?,
        _ position: DeliveryPosition?,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        let rows = Array(found.prefix(Self.pageSize))
        let next = found.count > rows.count ? rows.last.map(DeliveryPosition.init) : nil
        let all: HTML = """
            <form class="noprint" method="post" action="\(Place.webhookResend)">\(visit.proof(visitor))\
            <button type="submit">\(visit.say("portal.webhooks.resendFailed"))</button></form>

            """
        return """
            <h2 id="deliveries">\(visit.say("portal.webhooks.deliveries"))</h2>
            \(views(state, visit))\(HTML.when(state == .failed && !rows.isEmpty, all))\
            \(rows.isEmpty ? "<p>\(visit.say("portal.webhooks.empty"))</p>\n" : table(rows, visit, visitor))\
            \(pages(state, position, next, visit))
            """
    }

    private func views(_ state: DeliveryState?, _ visit: Visit) -> HTML {
        let current: HTML = " aria-current=\"page\""
        let each = HTML.each(DeliveryState.allCases) { one in
            """
             <a href="\(Place.webhooks(one))"\(HTML.when(one == state, current))>\
            \(visit.say("deliveryState.\(one.rawValue)"))</a>
            """
        }
        return """
            <nav class="views noprint" aria-label="\(visit.say("portal.webhooks.views"))">\
            <a href="\(Place.webhooks())"\(HTML.when(state == nil, current))>\(visit.say("portal.webhooks.all"))</a>\
            \(each)</nav>

            """
    }

    private func table(_ rows: [DeliveryRow], _ visit: Visit, _ visitor: Visitor) -> HTML {
        let heads = [
            Head(visit.say("portal.webhooks.time")), Head(visit.say("portal.webhooks.event")),
            Head(visit.say("portal.webhooks.state")), Head(visit.say("portal.webhooks.attempts"), isNumber: true),
            Head(visit.say("portal.webhooks.answer")), Head(visit.say("portal.webhooks.again")),
        ]
        return visit.table(
            labelled: "deliveries",
            heads,
            HTML.each(rows) { row in
                let delivery = row.delivery
                let attempts = "\(delivery.attempts)/\(RetrySchedule.usual.attempts)"
                return """
                    <tr><td class="nw">\(visit.minute(delivery.recordedAt))</td>\
                    <th scope="row"><code>\(delivery.name.rawValue)</code></th>\
                    <td>\(visit.state(delivery))</td><td class="n">\(attempts)</td>\
                    <td>\(row.last.map { answer($0, visit) } ?? visit.none)</td>\
                    <td>\(again(delivery, visit, visitor))</td></tr>

                    """
            }
        )
    }

    private func answer(_ attempt: DeliveryAttempt, _ visit: Visit) -> HTML {
        let took = visit.say("portal.webhooks.took", ["milliseconds": .count(attempt.milliseconds)])
        let status: HTML? = attempt.status.map { "<code>\($0)</code> " }
        let cause: HTML? = attempt.cause.map { "<br>\(visit.say("deliveryCause.\($0.rawValue)"))" }
        let summary = visit.say("portal.webhooks.response")
        let response = HTML.when(
            !attempt.response.isEmpty,
            "<details><summary>\(summary)</summary><pre>\(attempt.response)</pre></details>"
        )
        return "\(status)<span class=\"hint\">\(took)</span>\(cause)\(response)"
    }

    private func again(_ delivery: WebhookDelivery, _ visit: Visit, _ visitor: Visitor) -> HTML {
        """
        <form class="noprint" method="post" action="\(Place.webhookResend)">\(visit.proof(visitor))\
        <input type="hidden" name="delivery" value="\("\(delivery.id)")">\
        <button type="submit">\(visit.say("portal.webhooks.resend"))\
        <span class="vh"> \(delivery.name.rawValue) \(visit.minute(delivery.recordedAt))</span></button></form>
        """
    }

    private func pages(
        _ state: DeliveryState?,
        _ position: DeliveryPosition?,
        _ next: DeliveryPosition?,
        _ visit: Visit
    ) -> HTML {
        guard position != nil || next != nil else { return .nothing }
        let first: HTML = "<a href=\"\(Place.webhooks(state))\">\(visit.say("portal.pages.first"))</a>"
        let more: HTML? = next.map {
            "<a rel=\"next\" href=\"\(Place.webhooks(state, before: $0.encoded))\">\(visit.say("portal.pages.next"))</a>"
        }
        return """
            <nav class="pages noprint" aria-label="\(visit.say("portal.pages"))">\
            \(HTML.when(position != nil, first)) \(more)</nav>

            """
    }

    private var commands: [String] {
        let origin = service.environment.origin()
        return [
            "suiro webhook register https://hooks.example/suiro --event subscription-updated",
            "suiro webhook deliveries --state failed",
            "curl -H \"Authorization: Bearer $TOKEN\" \(origin)/multichannel/v1/webhooks/deliveries",
        ]
    }
}

extension Visit {
    fileprivate func state(_ delivery: WebhookDelivery) -> HTML {
        let tone: Tone =
            switch delivery.state {
            case .waiting: delivery.attempts == 0 ? .info : .warning
            case .delivered: .good
            case .failed: .bad
            case .withdrawn: .plain
            }
        let next: HTML? = delivery.nextAt.map { "<br><span class=\"hint\">\(minute($0))</span>" }
        return "\(badge(say("deliveryState.\(delivery.state.rawValue)"), tone))\(next)"
    }
}

extension DeliveryPosition {
    fileprivate init(_ row: DeliveryRow) {
        self.init(at: row.delivery.recordedAt, id: row.delivery.id)
    }

    /// As it stands in an address: `2026-11-22T01:00:00.000Z~…`.
    fileprivate init?(encoded text: String) {
        let parts = text.split(separator: "~")
        guard parts.count == 2, let at = Instant(String(parts[0])), let id = ID<WebhookDelivery>(String(parts[1]))
        else {
            return nil
        }
        self.init(at: at, id: id)
    }

    fileprivate var encoded: String { "\(at)~\(id)" }
}
