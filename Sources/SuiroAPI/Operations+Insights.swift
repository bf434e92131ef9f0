import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// How far what was sold is put to use.
extension Operation {
    private static let ofCustomer = "/v1/customers/{customer_id}/analytics/licenses"
    private static let commercial = "/partner/v1/analytics/commercial"

    static let insights: [Operation] = [
        Operation("analytics.partner.deployment", .get, "/v1/analytics/licenses/deployment", .userOnly) { call in
            let services = try await services(call)
            return Page(services, of: call).reply(call) { writer, service in
                writer.object { writer in
                    writeService(service.first, to: &writer)
                    writer.member("licensesSold", service.sold)
                    writer.member("proratedDeploymentPercent", number: Decimal(service.percent))
                    attributes("PartnerLicensesDeploymentInsights", to: &writer)
                }
            }
        },
        Operation("analytics.partner.usage", .get, "/v1/analytics/licenses/usage", .userOnly) { call in
            let services = try await services(call)
            return Page(services, of: call).reply(call) { writer, service in
                writer.object { writer in
                    writeService(service.first, to: &writer)
                    writer.member("workloadName", service.first.service)
                    writer.member("proratedLicensesUsagePercent", number: Decimal(service.percent))
                    attributes("PartnerLicensesUsageInsights", to: &writer)
                }
            }
        },
        Operation("analytics.customer.deployment", .get, ofCustomer + "/deployment", .userOnly) { call in
            let found = try await call.service.licenseInsights(of: call.id("customer_id", .customer), call.context)
            return Page(found, of: call).reply(call) { writer, insight in
                writer.object { writer in
                    writeCustomer(insight, to: &writer)
                    writer.member("licensesDeployed", insight.deployed)
                    writer.member("licensesSold", insight.sold)
                    writer.member("deploymentPercent", number: Decimal(insight.percent))
                    attributes("CustomerLicensesDeploymentInsights", to: &writer)
                }
            }
        },
        Operation("analytics.customer.usage", .get, ofCustomer + "/usage", .userOnly) { call in
            let found = try await call.service.licenseInsights(of: call.id("customer_id", .customer), call.context)
            return Page(found, of: call).reply(call) { writer, insight in
                writer.object { writer in
                    writeCustomer(insight, to: &writer)
                    writer.member("workloadCode", insight.code)
                    writer.member("workloadName", insight.service)
                    writer.member("licensesActive", insight.deployed)
                    writer.member("licensesQualified", insight.sold)
                    writer.member("usagePercent", number: Decimal(insight.percent))
                    attributes("CustomerLicensesUsageInsights", to: &writer)
                }
            }
        },
        Operation("analytics.commercial.deployment", .get, commercial + "/deployment/license", .userOnly) { call in
            try await rows(call) { writer, insight in
                writer.member("licensesDeployed", insight.deployed)
                writer.member("licensesSold", insight.sold)
            }
        },
        Operation("analytics.commercial.usage", .get, commercial + "/usage/license", .userOnly) { call in
            try await rows(call) { writer, insight in
                writer.member("workloadCode", insight.code)
                writer.member("workloadName", insight.service)
                writer.member("licensesActive", insight.deployed)
                writer.member("licensesQualified", insight.sold)
            }
        },
    ]

    /// A service over all customers.
    private struct Service {
        let first: LicenseInsight
        let sold: Int
        let deployed: Int
        var percent: Int { sold == 0 ? 0 : min(100, deployed * 100 / sold) }
    }

    private static func services(_ call: Call) async throws -> [Service] {
        let found = try await call.service.licenseInsights(call.context)
        return Dictionary(grouping: found) { "\($0.service)|\($0.channel.rawValue)" }.sorted { $0.key < $1.key }
            .compactMap { _, insights in
                insights.first.map { first in
                    Service(
                        first: first,
                        sold: insights.reduce(0) { $0 + $1.sold },
                        deployed: insights.reduce(0) { $0 + $1.deployed }
                    )
                }
            }
    }

    private static func writeService(_ insight: LicenseInsight, to writer: inout JSONWriter) {
        writer.member("processedDateTime", insight.at)
        writer.member("serviceName", insight.service)
        writer.member("channel", insight.channel == .csp ? "Reseller" : insight.channel.rawValue)
    }

    private static func writeCustomer(_ insight: LicenseInsight, to writer: inout JSONWriter) {
        writeService(insight, to: &writer)
        writer.member("customerId", insight.customer)
        writer.member("customerName", insight.customerName)
        writer.member("productName", insight.productName)
        writer.member("serviceCode", insight.code)
    }

    /// `top` and `skip`, and rows narrowed by `filter`, in an envelope of their own.
    private static func rows(
        _ call: Call,
        _ write: (inout JSONWriter, LicenseInsight) -> Void
    ) async throws -> Reply {
        let most = 10_000
        let top = min(try call.exchange.query.whole("top", in: 0...1_000_000) ?? most, most)
        let skip = try call.exchange.query.whole("skip", in: 0...100_000_000) ?? 0
        let wanted = try RowFilter(call)
        let found = try await call.service.licenseInsights(call.context).filter { wanted?.admits($0) ?? true }
        let shown = Array(found.dropFirst(skip).prefix(top == 0 ? most : top))
        let following = skip + shown.count
        return Reply.json { writer in
            writer.array("Value", shown) { writer, insight in
                writer.object { writer in
                    writeService(insight, to: &writer)
                    writer.member("serviceCode", insight.code)
                    writer.member("customerTenantId", insight.customer)
                    writer.member("customerName", insight.customerName)
                    writer.member("productId", insight.product)
                    writer.member("productName", insight.productName)
                    write(&writer, insight)
                }
            }
            if following < found.count {
                let size = top == 0 ? most : top
                writer.member("@nextLink", "\(call.exchange.path)?top=\(size)&skip=\(following)")
            }
            writer.member("TotalCount", shown.count)
        }
    }
}

extension LicenseInsight {
    /// A short name of the service: the first letters of its words.
    fileprivate var code: String {
        service.split(separator: " ").compactMap(\.first).map { String($0) }.joined().uppercased()
    }
}

/// `customerName eq 'Contoso'`: one comparison of one member.
private struct RowFilter {
    private let name: String
    private let value: String

    init?(_ call: Call) throws {
        guard let text = call.exchange.query["filter"] else { return nil }
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count == 3, parts[1].lowercased() == "eq" else { throw BadInput("filter", .malformed, text) }
        name = parts[0].folded
        value = parts[2].filter { $0 != "'" && $0 != "\"" }
        let known = ["servicename", "channel", "customertenantid", "customername", "productid", "productname"]
        guard known.contains(name) else { throw BadInput("filter", .unknown, parts[0]) }
    }

    func admits(_ insight: LicenseInsight) -> Bool {
        let found =
            switch name {
            case "servicename": insight.service
            case "channel": insight.channel == .csp ? "Reseller" : insight.channel.rawValue
            case "customertenantid": "\(insight.customer)"
            case "customername": insight.customerName
            case "productid": insight.product
            default: insight.productName
            }
        return found.lowercased() == value.lowercased()
    }
}
