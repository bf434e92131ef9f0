import Foundation
import SuiroDomain
import SuiroPortal
import SuiroService

/// The people of the small world.
enum Who: String, CaseIterable, Sendable {
    case hanako, biller, rival, tanaka, suzuki, aoi, sofia

    var id: ID<Person> { ID(number: 900 + (Self.allCases.firstIndex(of: self) ?? 0)) }

    var tenant: ID<Tenant> {
        switch self {
        case .hanako, .biller: ID(number: 1)
        case .rival: ID(number: 2)
        case .tanaka, .suzuki: ID(number: 3)
        case .aoi: ID(number: 4)
        case .sofia: ID(number: 5)
        }
    }

    var name: String {
        switch self {
        case .hanako: "佐藤 花子"
        case .biller: "Bo Lind"
        case .rival: "Ken Mori"
        case .tanaka: "田中 一郎"
        case .suzuki: "鈴木 次郎"
        case .aoi: "Aoi Mori"
        case .sofia: "Sofia"
        }
    }

    var roles: Set<Role> {
        switch self {
        case .hanako, .rival: [.adminAgent]
        case .biller: [.billingAdmin]
        case .tanaka, .aoi: [.globalAdmin]
        case .suzuki: [.user]
        case .sofia: [.policyOwner, .auditor]
        }
    }

    private var kind: OrganizationKind {
        switch self {
        case .hanako, .biller, .rival: .direct
        case .tanaka, .suzuki, .aoi: .customer
        case .sofia: .vendor
        }
    }

    private var language: Language {
        switch self {
        case .hanako, .tanaka, .suzuki: .ja
        case .biller, .rival, .aoi, .sofia: .en
        }
    }

    var person: Person {
        Person(
            id: id,
            tenant: tenant,
            name: name,
            mail: "\(rawValue)@example.example",
            language: language,
            roles: roles
        )
    }

    var persona: Persona {
        Persona(
            key: rawValue,
            name: name,
            organization: "\(kind.rawValue) house",
            kind: kind,
            roles: Role.allCases.filter(roles.contains),
            id: id,
            language: language
        )
    }

    /// A call outside any browser.
    var context: CallContext {
        CallContext(caller: .person(id, of: tenant, token: ID(number: 1)), correlation: ID<Person>(number: 800).uuid)
    }
}
