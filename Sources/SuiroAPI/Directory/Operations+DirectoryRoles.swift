import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Roles of a customer's directory and who has them.
extension Operation {
    private static let base = "/v1/customers/{customer_id}"
    private static let members = base + "/directoryroles/{role_id}/usermembers"

    static let directoryRoles: [Operation] = [
        Operation("users.directoryRoles.list", .get, base + "/users/{user_id}/directoryroles", .userOnly) { call in
            let roles = try await call.service.directoryRoles(
                of: call.id("user_id", .user),
                in: call.id("customer_id", .customer),
                call.context
            )
            return Page(roles, of: call).reply(call) { writer, role in writeRole(role, to: &writer) }
        },
        Operation("directoryRoles.list", .get, base + "/directoryroles", .userOnly) { call in
            let roles = try await call.service.directoryRoles(in: call.id("customer_id", .customer), call.context)
            return Page(roles, of: call).reply(call) { writer, role in writeRole(role, to: &writer) }
        },
        Operation("directoryRoles.members.list", .get, members, .userOnly) { call in
            var question =
                try await call.continuation(MemberQuestion.self)
                ?? MemberQuestion(size: try call.size(default: 500, maximum: MemberQuestion.largestPage), after: nil)
            let page = try await call.service.members(
                of: call.directoryRole(),
                in: call.id("customer_id", .customer),
                after: question.after,
                limit: question.size,
                call.context
            )
            question.after = page.next
            let token = page.next == nil ? nil : try call.token(question)
            return Page(page.users, of: call, token: token).reply(call) { writer, user in
                writer.object { writeMember(user, to: &$0) }
            }
        },
        Operation("directoryRoles.members.add", .post, members, .userOnly) { call in
            let role = try call.directoryRole()
            let fields = try call.fields()
            let user = try await call.service.giveDirectoryRole(
                role,
                to: try fields.required("id", fields.id("id")),
                in: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json(.created) { writer in
                writer.member("roleId", role.definition)
                writeMember(user, to: &writer)
            }
        },
        Operation("directoryRoles.members.remove", .delete, members + "/{user_id}", .userOnly) { call in
            try await call.service.takeDirectoryRole(
                call.directoryRole(),
                from: call.id("user_id", .user),
                in: call.id("customer_id", .customer),
                call.context
            )
            return Reply(.noContent)
        },
    ]
}

private struct MemberQuestion: PagedQuestion {
    var size: Int
    var after: ID<DirectoryUser>?
}

extension Call {
    fileprivate func directoryRole() throws -> DirectoryRole {
        let text = text("role_id")
        guard let role = DirectoryRole(definition: text) else {
            throw Refusal.notFound(.directoryRole, String(text.prefix(80)))
        }
        return role
    }
}

private func writeRole(_ role: DirectoryRole, to writer: inout JSONWriter) {
    writer.object { writer in
        writer.member("name", role.wireName)
        writer.member("id", role.definition)
        attributes("DirectoryRole", to: &writer)
    }
}

private func writeMember(_ user: DirectoryUser, to writer: inout JSONWriter) {
    writer.member("id", user.id)
    writer.member("displayName", user.profile.displayName)
    writer.member("userPrincipalName", user.profile.principalName)
    attributes("UserMember", to: &writer)
}

extension DirectoryRole {
    /// As Partner Center names it: English in every locale, a few by the names of before 2019.
    fileprivate var wireName: String {
        switch self {
        case .globalAdministrator: return "Company Administrator"
        case .userAdministrator: return "User Account Administrator"
        case .sharePointAdministrator: return "SharePoint Service Administrator"
        case .exchangeAdministrator: return "Exchange Service Administrator"
        case .intuneAdministrator: return "Intune Service Administrator"
        case .dynamics365Administrator: return "Dynamics 365 Administrator"
        case .windows365Administrator: return "Windows 365 Administrator"
        default:
            var words = ""
            for letter in rawValue {
                if letter.isUppercase { words.append(" ") }
                words.append(words.isEmpty ? Character(letter.uppercased()) : letter)
            }
            return words
        }
    }
}
