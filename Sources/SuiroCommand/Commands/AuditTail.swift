import ArgumentParser
import Foundation

struct AuditTail: Act {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Show the latest audit records, newest last / 最近の監査レコードを新しいものを最後に表示します",
        discussion: "suiro audit tail --customer 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 --count 50"
    )

    @Option(help: "Only this customer / この顧客だけを表示")
    var customer: String?

    @Option(help: "How many records / 表示する件数")
    var count: Int = 20

    @Option(help: "From this day on; 30 days back if left out / この日から（省略時は 30 日前から）")
    var since: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        var query = [QueryItem("startDate", try await start(client, session))]
        if let customer {
            let condition: JSON = ["Field": "CustomerId", "Value": .string(customer), "Operator": "equals"]
            query.append(QueryItem("filter", condition.compact))
        }
        let records = try await client.all("/v1/auditrecords", query: query)
            .filter { record in
                guard let customer, let owner = record["customerId"].text else { return true }
                return owner.lowercased() == customer.lowercased()
            }
            .sorted { ($0["operationDate"].text ?? "") < ($1["operationDate"].text ?? "") }
        session.printer.list(Array(records.suffix(max(0, count))), as: .auditRecords)
    }

    /// The window ends at the server's now. A sandbox travels in time, so where its clock can be read, it is asked.
    private func start(_ client: Client, _ session: Session) async throws -> String {
        if let since = try session.checked(instant: since) { return since }
        var now = session.surroundings.now()
        if client.connection.sandboxToken != nil,
            let text = try? await client.get("/sandbox/v1/clock")["now"].text,
            let travelled = Moments.instant(text)
        {
            now = travelled
        }
        return String(now.addingTimeInterval(-30 * 86_400).formatted(.iso8601).prefix(10))
    }
}
