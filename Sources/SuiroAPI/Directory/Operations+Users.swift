import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// Users of a customer's directory.
extension Operation {
    private static let base = "/v1/customers/{customer_id}/users"
    private static let one = base + "/{user_id}"

    static let users: [Operation] = [
        Operation("users.list", .get, base, .userOnly) { call in try await UserList.answer(call) },
        Operation("users.create", .post, base, .userOnly) { call in
            let fields = try call.fields()
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let (profile, password) = (try DirectoryProfile(fields), try PasswordProfile(fields))
            let user = try await call.service.createUser(profile, in: customer, call.context)
            return Reply.json(.created) { writeUser(user, password, to: &$0) }
        },
        Operation("users.get", .get, one, .userOnly) { call in
            let user = try await call.service.user(
                call.id("user_id", .user),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writeUser(user, to: &$0) }
        },
        Operation("users.update", .patch, one, .userOnly) { call in
            let fields = try call.fields()
            let change = try DirectoryUserChange(fields)
            let password = try PasswordProfile(fields)
            let user = try await call.service.changeUser(
                call.id("user_id", .user),
                of: call.id("customer_id", .customer),
                change,
                call.context
            )
            return Reply.json { writeUser(user, password, to: &$0) }
        },
        Operation("users.delete", .delete, one, .userOnly) { call in
            try await call.service.deleteUser(
                call.id("user_id", .user),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply(.noContent)
        },
    ]
}

private enum UserList {
    /// What a continuation token carries.
    struct Question: PagedQuestion {
        var isActive: Bool
        var order: DirectoryUserQuery.Order
        var descends: Bool
        var size: Int
        var after: DirectoryUserPosition?
    }

    static func answer(_ call: Call) async throws -> Reply {
        var question = try await call.continuation(Question.self) ?? first(call)
        let page = try await call.service.users(
            of: call.id("customer_id", .customer),
            isActive: question.isActive,
            order: question.order,
            descends: question.descends,
            after: question.after,
            limit: question.size,
            call.context
        )
        question.after = page.next
        let token = page.next == nil ? nil : try call.token(question)
        return Page(page.users, of: call, token: token).reply(call) { writer, user in
            writer.object { writeUser(user, to: &$0) }
        }
    }

    private static func first(_ call: Call) throws -> Question {
        var isActive = true
        if let filter = try FieldFilter(call) {
            guard filter.field == "userstate" || filter.field == "userstatus" else {
                throw BadInput("filter.Field", .unknown, filter.field)
            }
            guard filter.operator == "equals" else { throw BadInput("filter.Operator", .unknown, filter.operator) }
            switch filter.value.folded {
            case "active", "0": isActive = true
            case "inactive", "1": isActive = false
            default: throw BadInput("filter.Value", .unknown, filter.value)
            }
        }
        let sort = call.exchange.query["sortField"]?.folded
        let order = DirectoryUserQuery.Order.allCases.first { $0.rawValue.folded == sort } ?? .userPrincipalName
        return Question(
            isActive: isActive,
            order: order,
            descends: call.exchange.query["sortDirection"]?.folded == "descending",
            size: try call.size(default: Question.largestPage, maximum: Question.largestPage),
            after: nil
        )
    }
}

/// A password on its way through: it is kept nowhere, and the answer to whoever set it says it once more.
private struct PasswordProfile {
    let password: String?
    let forcesChange: Bool

    init?(_ fields: Fields) throws {
        guard let profile = try fields.object("passwordProfile") else { return nil }
        password = try profile.text("password", limit: 256)
        forcesChange = try profile.flag("forceChangePassword") ?? false
    }
}

extension DirectoryProfile {
    fileprivate init(_ fields: Fields) throws {
        let password = try fields.required("passwordProfile", fields.object("passwordProfile"))
        _ = try password.requiredText("password", limit: 256)
        self.init(
            principalName: try fields.principalName().required(fields, "userPrincipalName"),
            firstName: try fields.text("firstName", limit: 64),
            lastName: try fields.text("lastName", limit: 64),
            displayName: try fields.requiredText("displayName", limit: 256),
            usageLocation: try fields.country("usageLocation"),
            immutableID: try fields.text("immutableId", limit: 128),
            phoneNumber: try fields.text("phoneNumber", limit: 64)
        )
    }
}

extension DirectoryUserChange {
    fileprivate init(_ fields: Fields) throws {
        self.init()
        principalName = try fields.principalName()
        firstName = try fields.text("firstName", limit: 64)
        lastName = try fields.text("lastName", limit: 64)
        displayName = try fields.text("displayName", limit: 256)
        usageLocation = try fields.country("usageLocation")
        immutableID = try fields.text("immutableId", limit: 128)
        phoneNumber = try fields.text("phoneNumber", limit: 64)
        if let password = try fields.object("passwordProfile") {
            setsPassword = try password.text("password", limit: 256) != nil
        }
        restores = try fields.isActive() ?? false
    }
}

extension Fields {
    fileprivate func principalName() throws -> String? {
        guard let name = try text("userPrincipalName", limit: 320) else { return nil }
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !name.contains(where: \.isWhitespace),
            String(parts[1]).lowercased().isDomain
        else { throw BadInput(path(of: "userPrincipalName"), .malformed, name) }
        return name
    }

    fileprivate func country(_ name: String) throws -> String? {
        guard let country = try text(name, limit: 100)?.uppercased() else { return nil }
        guard country.isCountry else { throw BadInput(path(of: name), .malformed, country) }
        return country
    }

    /// The .NET SDK sends names, others the number.
    fileprivate func isActive() throws -> Bool? {
        switch value("state") {
        case nil: return nil
        case .number?: return try whole("state", in: 0...1) == 0
        default:
            guard let text = try text("state") else { return nil }
            switch text.folded {
            case "active": return true
            case "inactive": return false
            default: throw BadInput(path(of: "state"), .unknown, text)
            }
        }
    }
}

extension String? {
    fileprivate func required(_ fields: Fields, _ name: String) throws -> String { try fields.required(name, self) }
}

private func writeUser(_ user: DirectoryUser, _ password: PasswordProfile? = nil, to writer: inout JSONWriter) {
    let profile = user.profile
    writer.member("usageLocation", profile.usageLocation)
    writer.member("id", user.id)
    writer.member("userPrincipalName", profile.principalName)
    writer.member("firstName", profile.firstName)
    writer.member("lastName", profile.lastName)
    writer.member("displayName", profile.displayName)
    writer.member("immutableId", profile.immutableID)
    writer.member("phoneNumber", profile.phoneNumber)
    if let password {
        writer.object("passwordProfile") { writer in
            writer.member("password", password.password)
            writer.member("forceChangePassword", password.forcesChange)
        }
    }
    writer.member("userDomainType", "managed")
    writer.member("state", user.isActive ? "active" : "inactive")
    writer.member("softDeletionTime", user.deletedAt)
    writer.object("links") { link("self", "/customers/\(user.customer)/users/\(user.id)", to: &$0) }
    attributes("CustomerUser", to: &writer)
}
