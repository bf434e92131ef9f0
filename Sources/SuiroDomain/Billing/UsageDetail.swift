package import FoundationEssentials

/// What one meter counted at one resource in one stretch of time, as finely as the seller's statement tells it.
package struct UsageDetail: Hashable, Sendable {
    /// What is counted.
    package struct Meter: Hashable, Codable, Sendable {
        package let id: String
        package let name: String
        package let subcategory: String
        package let region: String
        package let unit: String

        package init(id: String, name: String, subcategory: String = "", region: String = "", unit: String = "") {
            (self.id, self.name, self.subcategory) = (id, name, subcategory)
            (self.region, self.unit) = (region, unit)
        }
    }

    /// Where it is counted.
    package struct Resource: Hashable, Codable, Sendable {
        package let uri: String
        package let name: String
        package let type: String

        package init(uri: String, name: String, type: String) {
            (self.uri, self.name, self.type) = (uri, name, type)
        }

        /// The resource group that the id names, where it names one.
        package var group: String? {
            let parts = uri.split(separator: "/").map(String.init)
            guard let index = parts.firstIndex(where: { $0.lowercased() == "resourcegroups" }) else { return nil }
            return index + 1 < parts.count ? parts[index + 1] : nil
        }
    }

    package let subscription: ID<Subscription>
    package let service: String
    package let meter: Meter
    package let resource: Resource?
    package let interval: ChargeInterval
    package let quantity: Decimal
    package let cost: Money
    package let reported: Instant

    package init(
        subscription: ID<Subscription>,
        service: String,
        meter: Meter,
        resource: Resource?,
        interval: ChargeInterval,
        quantity: Decimal,
        cost: Money,
        reported: Instant
    ) {
        (self.subscription, self.service, self.meter, self.resource) = (subscription, service, meter, resource)
        (self.interval, self.quantity, self.cost, self.reported) = (interval, quantity, cost, reported)
    }

    /// A statement that tells nothing but services has one meter a service, and counts charges.
    package init(_ line: UsageLine) {
        self.init(
            subscription: line.subscription,
            service: line.service,
            meter: Meter(id: line.service.lowercased().filter { $0.isLetter || $0.isNumber }, name: line.service),
            resource: nil,
            interval: line.interval,
            quantity: 1,
            cost: Money(line.billed, line.currency),
            reported: line.firstReported
        )
    }
}

/// What one unit of a meter cost when it was last counted.
package struct MeterRate: Hashable, Sendable {
    package let meter: UsageDetail.Meter
    package let service: String
    package let rate: Decimal
    package let currency: Currency
    package let since: Instant

    package init(_ detail: UsageDetail) {
        (meter, service, currency) = (detail.meter, detail.service, detail.cost.currency)
        rate = (detail.cost.amount / detail.quantity).truncated(digits: 10)
        since = detail.interval.from
    }
}
