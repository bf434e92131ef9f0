/// The roles a partner may ask for in a customer's tenant: the two agent groups of 2017 (DA-01) and the built-in
/// directory roles. Custom roles do not exist (GD-21).
package enum AdminRole: String, Codable, CaseIterable, Sendable {
    case adminAgent, helpdeskAgent, salesAgent
    case globalAdministrator, globalReader, billingAdministrator, userAdministrator, helpdeskAdministrator,
        passwordAdministrator, licenseAdministrator, serviceSupportAdministrator, directoryReaders, directoryWriters,
        privilegedRoleAdministrator, privilegedAuthenticationAdministrator, authenticationAdministrator,
        applicationAdministrator, cloudApplicationAdministrator, domainNameAdministrator,
        externalIdentityProviderAdministrator, exchangeAdministrator, sharePointAdministrator, teamsAdministrator,
        intuneAdministrator, securityAdministrator, securityReader, complianceAdministrator, reportsReader,
        messageCenterReader, groupsAdministrator, dynamics365Administrator, powerPlatformAdministrator,
        azureSubscriptionOwner, azureSubscriptionContributor, azureSubscriptionReader

    /// Reads any common spelling: case, blanks and punctuation do not count, "admin" is "administrator".
    package init?(spelled text: String) {
        let wanted = Self.folded(text)
        guard let role = Self.allCases.first(where: { Self.folded($0.rawValue) == wanted }) else { return nil }
        self = role
    }

    private static func folded(_ text: String) -> String {
        var letters = String(
            text.lowercased().unicodeScalars.filter {
                $0.properties.isAlphabetic || $0 == "3" || $0 == "6" || $0 == "5"
            }
        )
        if letters.hasSuffix("administrator") { letters.removeLast("istrator".count) }
        if letters.hasSuffix("s"), letters != "s" { letters.removeLast() }
        if letters == "companyadmin" { return "globaladmin" }
        return letters
    }
}
