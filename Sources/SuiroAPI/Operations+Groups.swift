import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// A partner's security groups: Graph's `accessContainer` names them by id.
extension Operation {
    private static let base = "/multichannel/v1/groups"
    private static let one = base + "/{group_id}"
    private static let member = one + "/members/{person_id}"

    static let groups: [Operation] = [
        Operation("multichannel.groups.list", .get, base, .userOnly) { call in
            let groups = try await call.service.groups(call.context)
            return Page(groups, of: call).reply(call) { writer, group in
                writer.object { writeHead(group, to: &$0) }
            }
        },
        Operation("multichannel.groups.get", .get, one, .userOnly) { call in
            let view = try await call.service.group(call.id("group_id", .group), call.context)
            return Reply.json { writeGroup(view, to: &$0) }
        },
        Operation("multichannel.groups.put", .put, one, .userOnly) { call in
            let name = try call.fields().requiredText("name", limit: 256)
            let view = try await call.service.putGroup(call.id("group_id", .group), named: name, call.context)
            return Reply.json { writeGroup(view, to: &$0) }
        },
        Operation("multichannel.groups.delete", .delete, one, .userOnly) { call in
            try await call.service.deleteGroup(call.id("group_id", .group), call.context)
            return Reply(.noContent)
        },
        Operation("multichannel.groups.members.add", .put, member, .userOnly) { call in
            let view = try await call.service.addMember(
                call.id("person_id", .person),
                to: call.id("group_id", .group),
                call.context
            )
            return Reply.json { writeGroup(view, to: &$0) }
        },
        Operation("multichannel.groups.members.remove", .delete, member, .userOnly) { call in
            try await call.service.removeMember(
                call.id("person_id", .person),
                from: call.id("group_id", .group),
                call.context
            )
            return Reply(.noContent)
        },
    ]
}

private func writeHead(_ group: PartnerGroup, to writer: inout JSONWriter) {
    writer.member("id", group.id)
    writer.member("name", group.name)
    writer.member("created", group.createdAt)
}

private func writeGroup(_ view: GroupView, to writer: inout JSONWriter) {
    writeHead(view.group, to: &writer)
    writer.array("members", view.members) { writer, person in
        writer.object { writer in
            writer.member("id", person.id)
            writer.member("name", person.name)
            writer.array("roles", person.roles.map(\.rawValue).sorted())
        }
    }
    attributes("MultichannelGroup", etag: etag("\(view.group.id)", view.group.revision), to: &writer)
}
