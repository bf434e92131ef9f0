import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What is wrong with the vendor's services, and its news.
extension Operation {
    static let serviceIncidents: [Operation] = [
        Operation("serviceIncidents.list", .get, "/v1/serviceincidents/office", .userOnly) { call in
            let found = try await call.incidents(for: nil)
            let workloads = Set(found.map(\.workload)).sorted()
            return Page(workloads, of: call).reply(call) { writer, workload in
                let of = found.filter { $0.workload == workload }
                let open = of.filter { !$0.isResolved && $0.kind == .incident }
                writer.object { writer in
                    writer.member("workload", workload)
                    writer.array("incidents", of.filter { $0.kind == .incident }) { writer, one in
                        writer.object { writeIncident(one, to: &$0) }
                    }
                    writer.member("status", (open.map(\.severity).max() ?? .normal).rawValue)
                    writer.array("messageCenterMessages", of.filter { $0.kind == .messageCenter }) { writer, one in
                        writer.object { writeIncident(one, to: &$0) }
                    }
                    attributes("ServiceIncidents", to: &writer)
                }
            }
        },
        Operation("serviceIncidents.count", .get, "/v1/serviceincidents/office/count", .userOnly) { call in
            let count = try await call.incidents(for: nil).count
            return Reply.json(bytes: Array("\(count)".utf8))
        },
        Operation(
            "customers.serviceIncidents.list",
            .get,
            "/v1/customers/{customer_id}/serviceincidents/office",
            .userOnly
        ) { call in
            let found = try await call.incidents(for: call.id("customer_id", .customer))
            return Page(found, of: call).reply(call) { writer, one in
                writer.object { writeIncident(one, to: &$0) }
            }
        },
    ]
}

extension Call {
    fileprivate func incidents(for customer: ID<Customer>?) async throws -> [ServiceIncident] {
        var isResolved: Bool?
        if let filter = try FieldFilter(self) {
            guard filter.field == "resolved" else { throw BadInput("filter.Field", .unknown, filter.field) }
            guard filter.operator == "equals" else { throw BadInput("filter.Operator", .unknown, filter.operator) }
            switch filter.value.lowercased() {
            case "true": isResolved = true
            case "false": isResolved = false
            default: throw BadInput("filter.Value", .unknown, filter.value)
            }
        }
        return try await service.serviceIncidents(for: customer, isResolved: isResolved, context)
    }
}

private func writeIncident(_ one: ServiceIncident, to writer: inout JSONWriter) {
    writer.member("id", one.id)
    writer.member("messageType", one.kind.rawValue)
    writer.member("startTime", one.started)
    writer.member("endTime", one.ended)
    writer.member("status", one.severity.rawValue)
    writer.array("messages", one.messages) { writer, message in
        writer.object { writer in
            writer.member("publishedTime", message.at)
            writer.member("messageText", message.text)
        }
    }
    writer.member("workload", one.workload)
    writer.array("affectedWorkloadNames", [one.workload]) { $0.value($1) }
    writer.member("impactedArea", one.area)
    writer.member("resolved", one.isResolved)
    writer.member("impactedCustomers", one.reach)
    writer.member("category", one.kind == .incident ? "Service Incident" : "Plan For Change")
    writer.member("severity", one.severity.rawValue)
}
