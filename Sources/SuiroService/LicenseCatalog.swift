import SuiroDomain
import SuiroStore

/// Reads the published list of licence products: one row a product and service plan. Products keep their plans.
struct LicenseCatalog {
    private(set) var offers: [String: Offer] = [:]
    private(set) var products: [String: LicenseProduct] = [:]
    private(set) var rows = 0
    private(set) var rejected = 0
    private(set) var rejections: [ImportReport.Rejection] = []
    private var columns: [String: Int]?
    private var plans: [String: Set<String>] = [:]
    private static let names = ["Product_Display_Name", "String_Id", "GUID", "Service_Plan_Name"]

    var hasHeader: Bool { columns != nil }

    mutating func take(_ record: CSVReader.Record) {
        guard let columns else {
            var found: [String: Int] = [:]
            for (index, name) in record.fields.enumerated() { found[name.lowercased()] = index }
            for name in Self.names where found[name.lowercased()] == nil {
                reject(record.line, name, "", "missingColumn")
            }
            self.columns = found
            return
        }
        rows += 1
        func text(_ name: String) -> String {
            guard let index = columns[name.lowercased()], index < record.fields.count else { return "" }
            return record.fields[index].trimmingBlanks
        }
        let (name, sku, guid, plan) = (
            text(Self.names[0]), text(Self.names[1]), text(Self.names[2]), text(Self.names[3])
        )
        guard let id = ID<Product>(guid) else {
            return reject(record.line, "GUID", guid, guid.isEmpty ? "required" : "notAGUID")
        }
        guard !name.isEmpty else { return reject(record.line, Self.names[0], name, "required") }
        guard name.utf8.count <= 300 else { return reject(record.line, Self.names[0], name, "tooLong") }
        let key = "\(id)".uppercased()
        if !plan.isEmpty { plans[key, default: []].insert(plan) }
        offers[key] = Offer(
            id: key,
            name: offers[key]?.name ?? name,
            skuID: offers[key]?.skuID ?? sku,
            family: .license,
            services: (plans[key] ?? []).sorted()
        )
        let part = sku.isEmpty ? key : sku.uppercased()
        let known = products[part]
        var kept = known?.plans ?? []
        if let planID = ID<Product>(text("Service_Plan_Id")), !kept.contains(where: { $0.id == "\(planID)" }) {
            let friendly = text("Service_Plans_Included_Friendly_Names")
            kept.append(.init(id: "\(planID)", name: plan, displayName: friendly.isEmpty ? plan : friendly))
        }
        products[part] = LicenseProduct(
            id: known?.id ?? "\(id)",
            partNumber: part,
            name: known?.name ?? name,
            plans: kept
        )
    }

    mutating func reject(_ line: Int, _ column: String, _ value: String, _ reason: String) {
        rejected += 1
        if rejections.count < 1000 {
            rejections.append(.init(line: line, column: column, value: String(value.prefix(200)), reason: reason))
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let cut = drop { $0.isWhitespace }
        return String(cut.reversed().drop { $0.isWhitespace }.reversed())
    }
}
