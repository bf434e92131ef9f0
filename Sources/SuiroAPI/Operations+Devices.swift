import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    private static let batches = "/v1/customers/{customer_id}/deviceBatches"
    private static let ofBatch = batches + "/{device_batch_id}/devices"

    /// Devices of customers, the batches they came in, and the policies they are set up by.
    static let devices: [Operation] =
        devicePolicies + [
            Operation("deviceBatches.list", .get, batches) { call in
                let customer = try call.customer
                let found = try await call.service.deviceBatches(of: customer, call.context)
                return Page(found, of: call).reply(call) { writer, one in
                    writer.object { writeBatch(one.batch, devices: one.devices, to: &$0) }
                }
            },
            Operation("deviceBatches.create", .post, batches, .userOnly, limit: 10_485_760) { call in
                let fields = try call.fields()
                let name = try fields.requiredText("batchId", limit: 100)
                let drafts = try fields.required("devices", fields.array("devices", limit: 2000)).map { item in
                    try DeviceDraft(Fields(item.value, path: item.path))
                }
                guard !drafts.isEmpty else { throw BadInput("devices", .required) }
                let job = try await call.service.upload(
                    { drafts },
                    into: name,
                    isNew: true,
                    of: call.customer,
                    call.context
                )
                return accepted(job)
            },
            Operation("devices.list", .get, ofBatch) { call in try await DeviceList.answer(call) },
            Operation("devices.add", .post, ofBatch, limit: 10_485_760) { call in
                let job = try await call.service.upload(
                    {
                        try call.items(limit: 2000).map { item in
                            try DeviceDraft(Fields(item.value, path: item.path))
                        }
                    },
                    into: call.text("device_batch_id"),
                    isNew: false,
                    of: call.customer,
                    call.context
                )
                return accepted(job)
            },
            Operation("devices.update", .put, ofBatch + "/{device_id}") { call in
                let id: ID<Device> = try call.id("device_id", .device)
                let wish = DevicePolicyWish(device: id, policies: try call.fields().devicePolicies())
                let device = try await call.service.change(
                    wish,
                    in: call.text("device_batch_id"),
                    of: call.customer,
                    call.context
                )
                return Reply.json { writeDevice(device, to: &$0) }
            },
            Operation("devices.delete", .delete, ofBatch + "/{device_id}") { call in
                try await call.service.deleteDevice(
                    call.id("device_id", .device),
                    in: call.text("device_batch_id"),
                    of: call.customer,
                    call.context
                )
                return Reply(.noContent)
            },
            Operation("devices.policyUpdates", .patch, "/v1/customers/{customer_id}/DevicePolicyUpdates") { call in
                let fields = try call.fields()
                // The Java SDK's spelling is the second.
                let items = try fields.array("devices", limit: 2000) ?? fields.array("setDevices", limit: 2000)
                let wishes = try fields.required("devices", items).map { item in
                    let one = try Fields(item.value, path: item.path)
                    return DevicePolicyWish(
                        device: try one.required("id", one.id("id")),
                        policies: try one.devicePolicies()
                    )
                }
                guard !wishes.isEmpty else { throw BadInput("devices", .required) }
                return accepted(try await call.service.changePolicies(wishes, of: call.customer, call.context))
            },
            Operation("batchJobStatus.get", .get, "/v1/customers/{customer_id}/batchJobStatus/{batch_tracking_id}") {
                call in
                let job = try await call.service.deviceJob(
                    call.id("batch_tracking_id", .deviceJob),
                    of: call.customer,
                    call.context
                )
                return Reply.json { writeJob(job, call, to: &$0) }
            },
        ]

    /// The actions of these operations (see `Operation.actions`).
    static let devicesActions: [String: Set<Action>] = [
        "policies.list": [.readSales], "policies.create": [.changeSubscription], "policies.get": [.readSales],
        "policies.update": [.changeSubscription, .readSales], "policies.delete": [.changeSubscription],
        "deviceBatches.list": [.readSales], "deviceBatches.create": [.changeSubscription],
        "devices.list": [.readSales], "devices.add": [.changeSubscription], "devices.update": [.changeSubscription],
        "devices.delete": [.changeSubscription], "devices.policyUpdates": [.changeSubscription],
        "batchJobStatus.get": [.readSales],
    ]

    /// What was asked for is done; where to read what became of each.
    private static func accepted(_ job: DeviceJob) -> Reply {
        Reply(.accepted, headers: [.location: "/customers/\(job.customer)/batchJobStatus/\(job.id)"])
    }
}

private enum DeviceList {
    /// What a continuation token carries.
    struct Question: PagedQuestion {
        static var largestPage: Int { 100 }
        var size: Int
        var after: ID<Device>?
    }

    static func answer(_ call: Call) async throws -> Reply {
        var question =
            try await call.continuation(Question.self)
            ?? Question(size: call.size(default: Question.largestPage, maximum: Question.largestPage), after: nil)
        let found = try await call.service.devices(
            of: call.text("device_batch_id"),
            call.customer,
            after: question.after,
            limit: question.size,
            call.context
        )
        let page = Array(found.prefix(question.size))
        question.after = found.count > question.size ? page.last?.id : nil
        let token = question.after == nil ? nil : try call.token(question)
        return Page(page, of: call, token: token).reply(call) { writer, device in
            writer.object { writeDevice(device, to: &$0) }
        }
    }
}

extension Call {
    /// A body that is a bare array.
    fileprivate func items(limit: Int) throws -> [(value: JSONValue, path: String)] {
        guard case .array(let items) = try JSONReader.read(body) else { throw BadInput("$", .wrongType) }
        guard !items.isEmpty else { throw BadInput("$", .required) }
        guard items.count <= limit else { throw BadInput("$", .outOfRange, "\(items.count)") }
        return items.enumerated().map { ($0.element, "[\($0.offset)]") }
    }
}

extension DeviceDraft {
    fileprivate init(_ fields: Fields) throws {
        func part(_ name: String, limit: Int) throws -> String? {
            try fields.text(name, limit: limit).flatMap { $0.isEmpty ? nil : $0 }
        }
        self.init(
            serialNumber: try part("serialNumber", limit: 200),
            productKey: try part("productKey", limit: 200),
            hardwareHash: try part("hardwareHash", limit: 8000),
            model: try part("modelName", limit: 200),
            manufacturer: try part("oemManufacturerName", limit: 200)
        )
    }
}

extension Fields {
    /// `policies`: pairs of a category and a policy, as .NET writes a list of pairs; at most one.
    fileprivate func devicePolicies() throws -> [ConfigurationPolicy.Category: ID<ConfigurationPolicy>] {
        let items = try required("policies", array("policies", limit: 10))
        guard items.count <= 1 else { throw BadInput(path(of: "policies"), .outOfRange, "\(items.count)") }
        var found: [ConfigurationPolicy.Category: ID<ConfigurationPolicy>] = [:]
        for item in items {
            let pair = try Fields(item.value, path: item.path)
            let category = try pair.required("key", pair.policyCategory("key"))
            found[category] = try pair.required("value", pair.id("value"))
        }
        return found
    }
}

private func writeBatch(_ batch: DeviceBatch, devices: Int, to writer: inout JSONWriter) {
    let path = "/customers/\(batch.customer)/deviceBatches/\(batch.id.percentEncoded)/devices"
    writer.member("id", batch.id)
    writer.member("createdBy", batch.createdBy)
    writer.member("creationDate", batch.createdAt)
    writer.member("devicesCount", devices)
    link("devicesLink", path, to: &writer)
    attributes("DeviceBatch", to: &writer)
}

private func writeDevice(_ device: Device, to writer: inout JSONWriter) {
    writer.member("id", device.id)
    writer.member("serialNumber", device.draft.serialNumber)
    writer.member("productKey", device.draft.productKey)
    writer.member("hardwareHash", device.draft.hardwareHash)
    writer.member("modelName", device.draft.model)
    writer.member("oemManufacturerName", device.draft.manufacturer)
    writer.array("policies", device.policies.sorted { $0.key.rawValue < $1.key.rawValue }) { writer, pair in
        writer.object { writer in
            writer.member("key", pair.key.rawValue)
            writer.member("value", pair.value)
        }
    }
    writer.member("uploadedDate", device.uploadedAt)
    writer.array("allowedOperations", ["delete", "assign_policy"])
    attributes("Device", to: &writer)
}

private func writeJob(_ job: DeviceJob, _ call: Call, to writer: inout JSONWriter) {
    writer.member("batchTrackingId", job.id)
    writer.member("status", job.hasFaults ? "finished_with_errors" : "finished")
    writer.member("startedTime", job.at)
    writer.member("completedTime", job.at)
    writer.array("devicesStatus", job.rows) { writer, row in
        writer.object { writer in
            writer.member("deviceId", row.device)
            writer.member("serialNumber", row.serialNumber)
            writer.member("productKey", row.productKey)
            writer.member("status", row.fault == nil ? "finished" : "finished_with_errors")
            if let fault = row.fault {
                writer.member("errorCode", fault.rawValue)
                writer.member("errorDescription", call.say("deviceFault.\(fault.rawValue)"))
            }
            attributes("DeviceUploadDetails", to: &writer)
        }
    }
    attributes("BatchUploadDetails", to: &writer)
}
