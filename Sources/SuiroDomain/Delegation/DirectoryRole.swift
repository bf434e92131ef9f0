/// A built-in directory role of a customer's tenant: all that granular delegated administration can consist of. Custom
/// roles cannot be delegated (GD-21).
package enum DirectoryRole: String, Codable, CaseIterable, Sendable {
    case globalAdministrator, globalReader, billingAdministrator, userAdministrator, helpdeskAdministrator,
        passwordAdministrator, licenseAdministrator, serviceSupportAdministrator, directoryReaders, directoryWriters,
        privilegedRoleAdministrator, privilegedAuthenticationAdministrator, authenticationAdministrator,
        applicationAdministrator, cloudApplicationAdministrator, domainNameAdministrator,
        externalIdentityProviderAdministrator, exchangeAdministrator, sharePointAdministrator, teamsAdministrator,
        intuneAdministrator, securityAdministrator, securityReader, complianceAdministrator, reportsReader,
        messageCenterReader, groupsAdministrator, dynamics365Administrator, powerPlatformAdministrator
    case applicationDeveloper, attackSimulationAdministrator, authenticationPolicyAdministrator,
        azureInformationProtectionAdministrator, cloudAppSecurityAdministrator, cloudDeviceAdministrator,
        complianceDataAdministrator, conditionalAccessAdministrator, customerLockboxAccessApprover,
        desktopAnalyticsAdministrator, exchangeRecipientAdministrator, fabricAdministrator, guestInviter,
        hybridIdentityAdministrator, identityGovernanceAdministrator, officeAppsAdministrator, printerAdministrator,
        searchAdministrator, securityOperator, skypeForBusinessAdministrator, teamsCommunicationsAdministrator,
        teamsCommunicationsSupportEngineer, teamsCommunicationsSupportSpecialist, teamsDevicesAdministrator,
        usageSummaryReportsReader, windows365Administrator

    /// The role behind a `roleDefinitionId`; `nil` for what is no built-in role.
    package init?(definition text: String) {
        let wanted = text.lowercased()
        guard let role = Self.allCases.first(where: { $0.definition == wanted }) else { return nil }
        self = role
    }
}

extension DirectoryRole {
    /// The `roleDefinitionId`, which is the same in every tenant: the id of the role's template.
    package var definition: String {
        switch self {
        case .globalAdministrator: "62e90394-69f5-4237-9190-012177145e10"
        case .globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
        case .billingAdministrator: "b0f54661-2d74-4c50-afa3-1ec803f12efe"
        case .userAdministrator: "fe930be7-5e62-47db-91af-98c3a49a38b1"
        case .helpdeskAdministrator: "729827e3-9c14-49f7-bb1b-9608f156bbb8"
        case .passwordAdministrator: "966707d0-3269-4727-9be2-8c3a10f19b9d"
        case .licenseAdministrator: "4d6ac14f-3453-41d0-bef9-a3e0c569773a"
        case .serviceSupportAdministrator: "f023fd81-a637-4b56-95fd-791ac0226033"
        case .directoryReaders: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"
        case .directoryWriters: "9360feb5-f418-4baa-8175-e2a00bac4301"
        case .privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814"
        case .privilegedAuthenticationAdministrator: "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"
        case .authenticationAdministrator: "c4e39bd9-1100-46d3-8c65-fb160da0071f"
        case .applicationAdministrator: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"
        case .cloudApplicationAdministrator: "158c047a-c907-4556-b7ef-446551a6b5f7"
        case .domainNameAdministrator: "8329153b-31d0-4727-b945-745eb3bc5f31"
        case .externalIdentityProviderAdministrator: "be2f45a1-457d-42af-a067-6ec1fa63bc45"
        case .exchangeAdministrator: "29232cdf-9323-42fd-ade2-1d097af3e4de"
        case .sharePointAdministrator: "f28a1f50-f6e7-4571-818b-6a12f2af6b6c"
        case .teamsAdministrator: "69091246-20e8-4a56-aa4d-066075b2a7a8"
        case .intuneAdministrator: "3a2c62db-5318-420d-8d74-23affee5d9d5"
        case .securityAdministrator: "194ae4cb-b126-40b2-bd5b-6091b380977d"
        case .securityReader: "5d6b6bb7-de71-4623-b4af-96380a352509"
        case .complianceAdministrator: "17315797-102d-40b4-93e0-432062caca18"
        case .reportsReader: "4a5d8f65-41da-4de4-8968-e035b65339cf"
        case .messageCenterReader: "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b"
        case .groupsAdministrator: "fdd7a751-b60b-444a-984c-02652fe8fa1c"
        case .dynamics365Administrator: "44367163-eba1-44c3-98af-f5787879f96a"
        case .powerPlatformAdministrator: "11648597-926c-4cf3-9c36-bcebb0ba8dcc"
        case .applicationDeveloper: "cf1c38e5-3621-4004-a7cb-879624dced7c"
        case .attackSimulationAdministrator: "c430b396-e693-46cc-96f3-db01bf8bb62a"
        case .authenticationPolicyAdministrator: "0526716b-113d-4c15-b2c8-68e3c22b9f80"
        case .azureInformationProtectionAdministrator: "7495fdc4-34c4-4d15-a289-98788ce399fd"
        case .cloudAppSecurityAdministrator: "892c5842-a9a6-463a-8041-72aa08ca3cf6"
        case .cloudDeviceAdministrator: "7698a772-787b-4ac8-901f-60d6b08affd2"
        case .complianceDataAdministrator: "e6d1a23a-da11-4be4-9570-befc86d067a7"
        case .conditionalAccessAdministrator: "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"
        case .customerLockboxAccessApprover: "5c4f9dcd-47dc-4cf7-8c9a-9e4207cbfc91"
        case .desktopAnalyticsAdministrator: "38a96431-2bdf-4b4c-8b6e-5d3d8abac1a4"
        case .exchangeRecipientAdministrator: "31392ffb-586c-42d1-9346-e59415a2cc4e"
        case .fabricAdministrator: "a9ea8996-122f-4c74-9520-8edcd192826c"
        case .guestInviter: "95e79109-95c0-4d8e-aee3-d01accf2d47b"
        case .hybridIdentityAdministrator: "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
        case .identityGovernanceAdministrator: "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e"
        case .officeAppsAdministrator: "2b745bdf-0803-4d80-aa65-822c4493daac"
        case .printerAdministrator: "644ef478-e28f-4e28-b9dc-3fdde9aa0b1f"
        case .searchAdministrator: "0964bb5e-9bdb-4d7b-ac29-58e794862a40"
        case .securityOperator: "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f"
        case .skypeForBusinessAdministrator: "75941009-915a-4869-abe7-691bff18279e"
        case .teamsCommunicationsAdministrator: "baf37b3a-610e-45da-9e62-d9d1e5e8914b"
        case .teamsCommunicationsSupportEngineer: "f70938a0-fc10-4177-9e90-2178f8765737"
        case .teamsCommunicationsSupportSpecialist: "fcf91098-03e3-41a9-b5ba-6f0ec8188a12"
        case .teamsDevicesAdministrator: "3d762c5a-1b6c-493f-843e-55a3b42923d4"
        case .usageSummaryReportsReader: "75934031-6c7e-415a-99d7-48dbd49e875e"
        case .windows365Administrator: "11451d60-acb2-45eb-a7d6-43d0f0125c13"
        }
    }
}
