import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What customers have used in the month that runs, and what that has cost so far.
extension Operation {
    private static let ofCustomer = "/v1/customers/{customer_id}"
    private static let ofSubscription = ofCustomer + "/subscriptions/{subscription_id}"

    static let usage: [Operation] = [
        Operation("azure.partnerUsageSummary", .get, "/v1/usagesummary", .userOnly) { call in
            let customers = try await call.service.usageOfCustomers(call.context)
            let payer = try await call.service.payer(call.context)
            let month = try BillingMonth(of: call)
            let currency = customers.first?.total.cost.currency ?? .dollar
            let cost = customers.reduce(0) { $0 + ($1.total.cost.currency == currency ? $1.total.cost.amount : 0) }
            let total = UsageTotal(
                id: "\(payer.id)",
                name: payer.name,
                cost: Money(cost, currency),
                month: month,
                modified: customers.map(\.total.modified).max() ?? month.start
            )
            return Reply.json { writer in
                writePeriod(total, to: &writer)
                writeTotal(total, to: &writer)
                writer.array("emailsToNotify", [String]())
                writer.member("customersOverBudget", customers.filter { $0.used > 100 }.count)
                writer.member("customersTrendingOver", customers.filter { $0.used > 80 && $0.used <= 100 }.count)
                writer.member("customersWithUsageBasedSubscription", customers.count)
                writer.object("links") { link("self", "/usagesummary", to: &$0) }
                attributes("PartnerUsageSummary", to: &writer)
            }
        },
        Operation("azure.customersUsageRecords", .get, "/v1/customers/usagerecords", .userOnly) { call in
            let customers = try await call.service.usageOfCustomers(call.context)
            return Page(customers, of: call).reply(call) { writer, usage in
                writer.object { writer in
                    writeTotal(usage.total, to: &writer)
                    writer.object("budget") { writeBudget(usage.budget, to: &$0) }
                    writer.member("percentUsed", number: usage.used)
                    writer.member("isUpgraded", usage.isUpgraded)
                    attributes("CustomerMonthlyUsageRecord", to: &writer)
                }
            }
        },
        Operation("azure.customerUsageSummary", .get, ofCustomer + "/usagesummary", .userOnly) { call in
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let usage = try await call.service.usage(of: customer, call.context)
            return Reply.json { writer in
                writePeriod(usage.total, to: &writer)
                writeTotal(usage.total, to: &writer)
                writer.object("budget") { writeBudget(usage.budget, to: &$0) }
                writer.object("links") { link("self", "/customers/\(customer)/usagesummary", to: &$0) }
                attributes("CustomerUsageSummary", to: &writer)
            }
        },
        Operation(
            "azure.subscriptionUsageRecords",
            .get,
            ofCustomer + "/subscriptions/usagerecords",
            .userOnly
        ) { call in
            let usages = try await call.service.usageOfSubscriptions(
                of: call.id("customer_id", .customer),
                call.context
            )
            return Page(usages, of: call).reply(call) { writer, usage in
                writer.object { writer in
                    writeTotal(usage.total, to: &writer)
                    writer.member("status", usage.subscription.status == .active ? "active" : "suspended")
                    writer.member("partnerOnRecord", usage.subscription.partnerOfRecord?.name ?? "")
                    writer.member("offerId", usage.subscription.productID ?? "")
                    attributes("SubscriptionMonthlyUsageRecord", to: &writer)
                }
            }
        },
        Operation("azure.subscriptionUsageSummary", .get, ofSubscription + "/usagesummary", .userOnly) { call in
            let usage = try await call.service.usage(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            let path = "/customers/\(usage.subscription.customer)/subscriptions/\(usage.subscription.id)/usagesummary"
            return Reply.json { writer in
                writePeriod(usage.total, to: &writer)
                writeTotal(usage.total, to: &writer)
                writer.object("links") { link("self", path, to: &$0) }
                attributes("SubscriptionUsageSummary", to: &writer)
            }
        },
        Operation("azure.meterUsageRecords", .get, ofSubscription + "/meterusagerecords", .userOnly) { call in
            let counted = try await CountedUse(call)
            return Page(counted.byMeter, of: call).reply(call) { writer, use in
                writer.object { writer in
                    counted.writeCost(use, to: &writer)
                    writer.member("meterId", use.detail.meter.id)
                    writer.member("meterName", use.detail.meter.name)
                    writer.member("category", use.detail.service)
                    writer.member("subcategory", use.detail.meter.subcategory)
                    writer.member("quantityUsed", number: use.quantity)
                    writer.member("unit", use.detail.meter.unit)
                    attributes("MeterUsageRecord", to: &writer)
                }
            }
        },
        Operation("azure.resourceUsageRecords", .get, ofSubscription + "/resourceusagerecords", .userOnly) { call in
            let counted = try await CountedUse(call)
            return Page(counted.byResource, of: call).reply(call) { writer, use in
                writer.object { writer in
                    counted.writeCost(use, to: &writer)
                    writer.member("resourceUri", use.detail.resource?.uri ?? "")
                    writer.member("resourceType", use.detail.resource?.type ?? "")
                    writer.member("entitlementId", counted.id)
                    writer.member("entitlementName", counted.subscription.name)
                    writer.member("resourceGroupName", use.detail.resource?.group ?? "")
                    writer.member("name", use.detail.resource?.name ?? use.detail.service)
                    attributes("ResourceUsageRecord", to: &writer)
                }
            }
        },
        Operation("azure.monthlyUsageLegacy", .get, ofSubscription + "/usagerecords/resources") { call in
            let counted = try await CountedUse(call)
            return Page(counted.byMeter, of: call).reply(call) { writer, use in
                writer.object { writer in
                    writer.member("category", use.detail.service)
                    writer.member("subcategory", use.detail.meter.subcategory)
                    writer.member("quantityUsed", number: use.quantity)
                    writer.member("unit", use.detail.meter.unit)
                    writer.member("id", use.detail.meter.id)
                    writer.member("name", use.detail.meter.name)
                    writer.member("resourceId", use.detail.meter.id)
                    writer.member("resourceName", use.detail.meter.name)
                    counted.writeMoney(use, to: &writer)
                    attributes("AzureResourceMonthlyUsageRecord", to: &writer)
                }
            }
        },
        Operation("azure.dailyUsageLegacy", .get, ofSubscription + "/usagerecords/daily") { call in
            let counted = try await CountedUse(call)
            return Page(counted.byDay, of: call).reply(call) { writer, use in
                writer.object { writer in
                    writer.member("dateUsed", use.detail.interval.from.startOfDay)
                    writer.member("resourceId", counted.id)
                    writer.member("resourceName", counted.subscription.name)
                    counted.writeMoney(use, to: &writer)
                    attributes("SubscriptionDailyUsageRecord", to: &writer)
                }
            }
        },
    ]
}

extension CustomerUsage {
    /// In percent of what may be spent; nothing where nobody has said.
    var used: Decimal {
        guard let amount = budget.amount, amount > 0 else { return 0 }
        return (total.cost.amount * 100 / amount).truncated(digits: 4)
    }
}

extension BillingMonth {
    /// The month that runs, as the server's clock has it.
    fileprivate init(of call: Call) throws {
        guard let month = BillingMonth(containing: call.service.environment.now()) else {
            throw BadInput("month", .outOfRange)
        }
        self = month
    }
}

/// What meters counted for one subscription this month, put together in one way or another.
private struct CountedUse {
    struct Sum {
        let detail: UsageDetail
        let quantity: Decimal
        let cost: Decimal
        let reported: Instant
    }

    let subscription: Subscription
    let month: BillingMonth
    let details: [UsageDetail]

    init(_ call: Call) async throws {
        (subscription, month, details) = try await call.service.usageDetails(
            of: call.id("subscription_id", .subscription),
            for: call.id("customer_id", .customer),
            call.context
        )
    }

    var id: String { "\(subscription.id)".uppercased() }

    var byMeter: [Sum] { sums { "\($0.service)|\($0.meter.id)|\($0.meter.region)|\($0.cost.currency)" } }

    var byResource: [Sum] { sums { "\($0.resource?.uri ?? $0.service)|\($0.cost.currency)" } }

    var byDay: [Sum] { sums { "\($0.interval.from.day)|\($0.cost.currency)" } }

    private func sums(_ key: (UsageDetail) -> String) -> [Sum] {
        Dictionary(grouping: details, by: key).sorted { $0.key < $1.key }.compactMap { _, details in
            details.first.map { first in
                Sum(
                    detail: first,
                    quantity: details.reduce(0) { $0 + $1.quantity },
                    cost: details.reduce(0) { $0 + $1.cost.amount },
                    reported: details.map(\.reported).max() ?? first.reported
                )
            }
        }
    }

    /// Members that records of meters and of resources share.
    func writeCost(_ use: Sum, to writer: inout JSONWriter) {
        writer.member("resourceId", id)
        writer.member("resourceName", subscription.name)
        writer.member("subscriptionId", id)
        writeMoney(use, to: &writer)
    }

    func writeMoney(_ use: Sum, to writer: inout JSONWriter) {
        writer.member("totalCost", number: use.cost)
        writer.member("currencyLocale", use.detail.cost.currency.culture)
        writer.member("currencyCode", use.detail.cost.currency.description)
        if use.detail.cost.currency == .dollar { writer.member("usdTotalCost", number: use.cost) }
        writer.member("lastModifiedDate", use.reported)
    }
}

private func writePeriod(_ total: UsageTotal, to writer: inout JSONWriter) {
    writer.member("billingStartDate", total.month.start)
    writer.member("billingEndDate", total.month.end.adding(milliseconds: -1))
}

private func writeTotal(_ total: UsageTotal, to writer: inout JSONWriter) {
    writer.member("id", total.id)
    writer.member("name", total.name)
    writer.member("resourceId", total.id)
    writer.member("resourceName", total.name)
    writer.member("totalCost", number: total.cost.amount)
    writer.member("currencyLocale", total.cost.currency.culture)
    writer.member("currencyCode", total.cost.currency.description)
    // No rates of exchange are kept: what is not counted in dollars is not told in dollars.
    if total.cost.currency == .dollar { writer.member("usdTotalCost", number: total.cost.amount) }
    writer.member("lastModifiedDate", total.modified)
}

func writeBudget(_ budget: SpendingBudget, to writer: inout JSONWriter) {
    if let amount = budget.amount { writer.member("amount", number: amount) }
    attributes("SpendingBudget", to: &writer)
}
