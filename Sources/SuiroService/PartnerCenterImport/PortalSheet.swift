/// A CSV export: the portal's list of customers, in English and Japanese, and lists whose headings are the names that the
/// API has for its members, as spreadsheets and `Export-Csv` write them.
struct PortalSheet {
    let kind: DumpKind?
    let headings: [String]
    private(set) var rows: [(line: Int, kind: DumpKind, value: DumpValue)] = []
    /// Rows with another number of cells than there are headings: cut off, or not quoted.
    private(set) var shortRows: [(line: Int, cells: Int)] = []

    init(_ bytes: [UInt8]) throws(DumpFault) {
        var records: [CSVReader.Record] = []
        var reader = CSVReader()
        do {
            try reader.read(bytes) { records.append($0) }
            try reader.finish { records.append($0) }
        } catch let fault as CSVReader.Fault {
            throw DumpFault(fault)
        } catch {
            throw DumpFault(.syntax, line: 1)
        }
        // Windows PowerShell's Export-Csv begins with the type of what it writes.
        if records.first?.fields.first?.hasPrefix("#TYPE ") == true { records.removeFirst() }
        guard let header = records.first else { throw DumpFault(.empty, line: 1) }
        headings = header.fields
        let folded = headings.map(\.foldedHeading)
        kind = Self.kind(folded)
        guard let kind else { return }
        let names = zip(headings, folded).map { Self.member(of: kind, $0.1) ?? $0.0 }
        for record in records.dropFirst() {
            guard record.fields.count == headings.count else {
                shortRows.append((record.line, record.fields.count))
                continue
            }
            let members = zip(names, record.fields).compactMap { name, cell in
                cell.isEmpty || name.isEmpty ? nil : DumpMember(name, .text(cell))
            }
            rows.append((record.line, kind, .object(members)))
        }
    }

    private static func kind(_ headings: [String]) -> DumpKind? {
        let all = Set(headings)
        if all.contains("userprincipalname") { return .user }
        if !all.isDisjoint(with: ["offerid", "offername"]) { return .subscription }
        let found = Set(headings.compactMap { customerHeadings[$0] })
        return found.isSuperset(of: ["customerId", "domain"]) ? .customer : nil
    }

    private static func member(of kind: DumpKind, _ heading: String) -> String? {
        switch kind {
        case .customer: customerHeadings[heading]
        case .subscription:
            switch heading {
            case "subscriptionid": "id"
            case "microsoftid", "tenantid": "customerId"
            default: nil
            }
        case .user: heading == "userid" ? "id" : heading == "microsoftid" || heading == "tenantid" ? "customerId" : nil
        case .companyProfile, .billingProfile, .order, .agreement: nil
        }
    }

    /// Headings without blanks and signs. The columns of Customers.csv are those that the vendor's pages list: Microsoft ID,
    /// Company name, Primary domain name, Relationship, Tags; in Japanese Microsoft ID, 会社名, プライマリ ドメイン名, 関係, タグ.
    private static let customerHeadings: [String: String] = [
        "microsoftid": "customerId", "customertenantid": "customerId", "tenantid": "customerId",
        "customerid": "customerId", "id": "customerId",
        "companyname": "name", "customername": "name", "name": "name", "会社名": "name",
        "primarydomainname": "domain", "domainname": "domain", "domain": "domain", "プライマリドメイン名": "domain",
        "relationship": "relationshipToPartner", "relationshiptype": "relationshipToPartner",
        "relationshiptopartner": "relationshipToPartner", "関係": "relationshipToPartner",
        "tags": "tags", "タグ": "tags",
    ]
}

extension String {
    /// Letters and digits alone, without case: `Customer tenant ID`, `CustomerTenantId` and `customer_tenant_id` are one.
    fileprivate var foldedHeading: String {
        String(lowercased().filter { $0.isLetter || $0.isNumber || $0 == "ー" })
    }
}
