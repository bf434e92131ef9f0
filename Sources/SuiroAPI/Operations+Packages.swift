import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Policy on its way from a text to rules that hold (SM-14).
extension Operation {
    private static let base = "/multichannel/v1/policypackages"

    static let packages: [Operation] = [
        Operation("multichannel.policypackages.list", .get, base, .userOnly) { call in
            let views = try await call.service.packages(call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { write(view, call, to: &$0) }
            }
        },
        Operation("multichannel.policypackages.create", .post, base, .userOnly) { call in
            let view = try await call.service.draftPackage(try call.packageText, call.context)
            return Reply.json(.created) { write(view, call, to: &$0) }
        },
        Operation("multichannel.policypackages.check", .post, base + "/checks", .userOnly) { call in
            let check = try await call.service.checkPackage(try call.packageText, call.context)
            return Reply.json { writer in
                writer.member("package", check.name)
                writer.member("rows", check.rows.count)
                write(check.faults, call, to: &writer)
                write(check.changes, call, to: &writer)
            }
        },
        Operation("multichannel.policypackages.shipped", .get, base + "/shipped/{name}") { call in
            Reply.text(.ok, try call.service.shippedPackage(call.text("name")), type: "application/yaml")
        },
        Operation("multichannel.policypackages.get", .get, base + "/{package_id}", .userOnly) { call in
            let view = try await call.service.package(call.text("package_id"), call.context)
            return Reply.json { writer in
                write(view, call, to: &writer)
                write("titles", view.package.title, to: &writer)
                write("texts", view.package.summary, to: &writer)
                write("advices", view.package.advice, to: &writer)
                writer.array("policyRows", view.package.rows) { writer, row in
                    writer.object { write(row, to: &$0) }
                }
                writer.member("yaml", view.text)
            }
        },
        Operation("multichannel.policypackages.impact", .get, base + "/{package_id}/impact", .userOnly) { call in
            try call.reply(
                try await call.service.impact(of: call.text("package_id"), effective: call.effective, call.context)
            )
        },
        Operation("multichannel.policypackages.preview", .get, base + "/{package_id}/publication", .userOnly) { call in
            let preview = try await call.service.previewPublication(
                of: call.text("package_id"),
                effective: call.effective,
                call.context
            )
            return Reply.json { write(preview, call, to: &$0) }
        },
        Operation("multichannel.policypackages.publish", .post, base + "/{package_id}/publication", .userOnly) { call in
            let effective = try call.optionalFields().instant("effective")
            let publication = try await call.service.publishPackage(
                call.text("package_id"),
                effective: effective,
                call.context
            )
            return Reply.json(.created) { write(publication, call, to: &$0) }
        },
        Operation("multichannel.policypackages.withdraw", .post, base + "/{package_id}/withdrawal", .userOnly) { call in
            let publication = try await call.service.withdrawPackage(call.text("package_id"), call.context)
            return Reply.json(.created) { write(publication, call, to: &$0) }
        },
    ]

    /// A flag for a whole cloud, at once (6.1, X-02).
    static let switches: [Operation] = [
        Operation("multichannel.killswitches.list", .get, "/multichannel/v1/killswitches", .userOnly) { call in
            let views = try await call.service.switches(call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { write(view, call, to: &$0) }
            }
        },
        Operation("multichannel.killswitches.set", .post, "/multichannel/v1/killswitches", .userOnly) { call in
            let fields = try call.fields()
            let reason = try fields.required("reason", fields.object("reason"))
            var reasons: [Language: String] = [:]
            for language in Language.allCases { reasons[language] = try reason.requiredText(language.rawValue) }
            let publication = try await call.service.setSwitch(
                fields.requiredText("key", limit: 200),
                to: fields.required("value", fields.flag("value")),
                because: reasons,
                call.context
            )
            return Reply.json(.created) { write(publication, call, to: &$0) }
        },
    ]
}

extension Call {
    /// A package as text: the body itself, or of `{"package": name}` the shipped one of that name.
    fileprivate var packageText: String {
        get throws {
            // What begins with a brace is JSON and says which shipped package; everything else is the YAML itself.
            if body.first(where: { $0 > 32 }) == UInt8(ascii: "{") {
                return try service.shippedPackage(fields().requiredText("package", limit: 100))
            }
            guard let text = String(validating: body, as: UTF8.self) else { throw BadInput("body", .malformed) }
            return text
        }
    }
}

private func write(_ view: PackageView, _ call: Call, to writer: inout JSONWriter) {
    let state =
        switch view.stage {
        case .shipped, .draft, .withdrawn: view.stage.rawValue
        case .announced, .effective, .superseded: "published"
        }
    writer.member("id", view.id)
    writer.member("package", view.package.name)
    writer.member("title", view.package.title[call.language])
    writer.member("state", state)
    writer.member("stage", view.stage.rawValue)
    writer.member("stageText", call.say("packageStage.\(view.stage.rawValue)"))
    writer.member("rows", view.package.rows.count)
    writer.member("drafted", view.draftedAt)
    writer.member("effectiveFrom", view.effective)
    writer.member("edition", view.editionName)
    writer.member("announcementId", view.announcement)
    write(view.faults, call, to: &writer)
}

private func write(_ preview: PublicationPreview, _ call: Call, to writer: inout JSONWriter) {
    writer.member("package", preview.package.package.name)
    writer.member("stage", preview.package.stage.rawValue)
    writer.member("effective", preview.effective)
    writer.member("earliest", preview.earliest)
    writer.array("channels", preview.channels)
    writer.member("recipients", preview.recipients)
    write("titles", preview.package.package.title, to: &writer)
    write("texts", preview.package.package.summary, to: &writer)
    write(preview.package.faults, call, to: &writer)
    write(preview.changes, call, to: &writer)
}

private func write(_ publication: Publication, _ call: Call, to writer: inout JSONWriter) {
    writer.member("package", publication.package)
    writer.member("policyEdition", publication.editionName)
    writer.object("announcement") { write(publication.announcement, call, to: &$0) }
}

private func write(_ view: SwitchView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("key", view.key)
    writer.member("meaning", call.words.meaning(of: view.key, call.language))
    writer.member("value", view.value)
    writer.member("row", view.row?.id.rawValue)
    writer.member("since", view.row?.from)
    writer.member("isEmergency", view.emergency != nil)
    if let reason = view.emergency { write("reason", reason, to: &writer) }
    writer.member("changes", view.changes)
}
