/// A service of the vendor that a partner can administer for a customer.
package enum ManagedService: String, CaseIterable, Sendable {
    case exchange, sharePoint, teams, intune, dynamics, azure, office

    /// How the names of its service plans begin.
    package var prefixes: [String] {
        switch self {
        case .exchange: ["EXCHANGE"]
        case .sharePoint: ["SHAREPOINT", "ONEDRIVE"]
        case .teams: ["TEAMS", "MCO"]
        case .intune: ["INTUNE"]
        case .dynamics: ["DYN365", "CRM", "D365"]
        case .azure: ["AZURE"]
        case .office: ["OFFICE", "M365", "O365", "SWAY", "YAMMER"]
        }
    }

    /// A product's name, the same in every language.
    package var name: String {
        switch self {
        case .exchange: "Exchange"
        case .sharePoint: "SharePoint"
        case .teams: "Microsoft Teams"
        case .intune: "Microsoft Intune"
        case .dynamics: "Dynamics 365"
        case .azure: "Microsoft Azure"
        case .office: "Microsoft 365"
        }
    }

    package var group: String {
        switch self {
        case .exchange, .sharePoint, .teams, .office: "Microsoft 365"
        case .intune: "Enterprise Mobility"
        case .dynamics: "Dynamics 365"
        case .azure: "Azure"
        }
    }

    /// Where the vendor has it administered.
    package var portal: String {
        switch self {
        case .exchange: "https://admin.exchange.microsoft.com"
        case .sharePoint: "https://admin.microsoft.com/sharepoint"
        case .teams: "https://admin.teams.microsoft.com"
        case .intune: "https://intune.microsoft.com"
        case .dynamics: "https://admin.powerplatform.microsoft.com"
        case .azure: "https://portal.azure.com"
        case .office: "https://admin.microsoft.com"
        }
    }
}
