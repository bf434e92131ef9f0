import FoundationEssentials
import SuiroDomain

extension UsageStatement {
    /// What one meter counts at one resource in one stretch of time.
    struct DetailKey: Hashable {
        let meter: UsageDetail.Meter
        let resource: UsageDetail.Resource?
        let interval: ChargeInterval

        /// The same of whichever resource: what is kept once a file names too many.
        var withoutResource: DetailKey { DetailKey(meter: meter, resource: nil, interval: interval) }
    }

    /// Columns without which a file tells nothing that lines do not tell.
    static let detailColumns = ["ResourceId", "InstanceId", "SkuId", "MeterId", "MeterName", "ConsumedQuantity"]

    /// How many details of one file name their resources.
    static let mostDetails = 200_000
}

extension UsageRow {
    /// What the row says beside days and costs; `nil` where the file has no column for it.
    func detail(_ service: String, _ days: ChargeInterval) -> (key: UsageStatement.DetailKey, quantity: Decimal)? {
        guard UsageStatement.detailColumns.contains(where: { columns[Self.folded($0)] != nil }) else { return nil }
        let id = first(["MeterId", "SkuId", "SkuPriceId"])
        let name = first(["MeterName", "ChargeDescription", "MeterSubCategory"]) ?? service
        let meter = UsageDetail.Meter(
            id: id ?? service.lowercased().filter { $0.isLetter || $0.isNumber },
            name: name,
            subcategory: first(["MeterSubCategory", "MeterSubcategory", "ServiceCategory"]) ?? "",
            region: first(["MeterRegion", "RegionName", "RegionId", "ResourceLocation"]) ?? "",
            unit: first(["ConsumedUnit", "PricingUnit", "UnitOfMeasure"]) ?? ""
        )
        let uri = first(["ResourceId", "InstanceId"])
        let last = uri.flatMap { $0.split(separator: "/").last.map(String.init) }
        let resource = uri.map { uri in
            UsageDetail.Resource(
                uri: uri,
                name: first(["ResourceName"]) ?? last ?? uri,
                type: first(["ResourceType", "ConsumedService"]) ?? ""
            )
        }
        let amount = first(["ConsumedQuantity", "PricingQuantity", "Quantity"]).flatMap { Decimal(exactly: $0) }
        return (UsageStatement.DetailKey(meter: meter, resource: resource, interval: hours ?? days), amount ?? 1)
    }

    private func first(_ names: [String]) -> String? { names.lazy.compactMap { optional($0) }.first }

    /// The hours that something was charged for, where the file tells them.
    private var hours: ChargeInterval? {
        guard let from = optional("ChargePeriodStart").flatMap({ Instant($0) }),
            let to = optional("ChargePeriodEnd").flatMap({ Instant($0) })
        else { return nil }
        return ChargeInterval(from: from, to: to)
    }
}
