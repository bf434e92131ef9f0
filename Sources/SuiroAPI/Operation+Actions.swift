package import SuiroDomain

// What each route may intend. A route that intends anything else is refused: the entry comes first, then the handler.
extension Operation {
    /// The actions of the gate that this operation may ask for; `nil` where the table has no entry. An anonymous
    /// operation asks for none.
    package var actions: Set<Action>? {
        // The same operation of Graph's two versions.
        let name = id.hasSuffix(".beta") ? String(id.dropLast(".beta".count)) : id
        return Self.table[name]
    }

    /// Routes that need no token, each because a client must ask before it has one.
    package static let open: Set<String> = [
        "openapi.yaml", "openapi.json", "webhooks.certificate", "tokens.create", "tokens.createV2", "tokens.issuer",
        "tokens.keys",
    ]

    /// Routes that answer what ships with the program and belongs to nobody: the database is not asked.
    package static let shipped: Set<String> = ["multichannel.policypackages.shipped"]

    private static let table: [String: Set<Action>] = wire.merging(multichannel) { first, _ in first }
        .merging(delegation) { first, _ in first }.merging(support) { first, _ in first }
        .merging(money) { first, _ in first }.merging(directory) { first, _ in first }
        .merging(later) { first, _ in first }

    private static let later: [String: Set<Action>] = [
        catalogueActions, cartsActions, provisioningActions, agreementsActions, vettingActions, devicesActions,
        declinedActions,
    ].reduce(into: [:]) { table, part in table.merge(part) { first, _ in first } }

    private static let wire: [String: Set<Action>] = [
        "customers.list": [.listCustomers], "customers.create": [.createCustomer], "customers.get": [.readCustomer],
        "customers.patch": [.removeRelationship], "customers.companyProfile.get": [.readCustomer],
        "customers.billingProfile.get": [.readCustomer], "customers.billingProfile.update": [.changeSubscription],
        "customers.delete": [.deleteCustomer], "relationshiprequests.get": [.readReusableLink],
        "customers.relationships.list": [.readRelationshipsOfCustomer],
        "relationships.list": [.readPartnerRelationships], "subscriptions.list": [.readSubscriptions],
        "subscriptions.get": [.readSubscriptions], "subscriptions.patch": [.changeSubscription, .readSubscriptions],
        "subscriptions.addons.list": [.readSubscriptions],
        "subscriptions.provisioningStatus.get": [.readSubscriptions],
        "subscriptions.supportContact.get": [.readSubscriptions],
        "subscriptions.supportContact.update": [.changeSubscription],
        "subscriptions.conversions.list": [.readOptions], "subscriptions.conversions.create": [.changeSubscription],
        "subscriptions.upgrades.list": [.readOptions], "subscriptions.upgrades.create": [.changeSubscription],
        "orders.create": [.placeOrder, .readSelf], "orders.list": [.readOrders], "orders.get": [.readOrders],
        "offers.list": [.readOffers], "offers.get": [.readOffers], "profiles.legal.get": [.readProfile],
        "profiles.legal.update": [.updateProfile, .readProfile], "profiles.organization.get": [.readProfile],
        "profiles.organization.update": [.updateProfile, .readProfile], "profiles.billing.get": [.readProfile],
        "profiles.billing.update": [.updateProfile, .readProfile], "profiles.support.get": [.readProfile],
        "profiles.support.update": [.updateProfile, .readProfile], "profiles.mpn.get": [.readProfile],
        "audit.list": [.readAudit], "audit.list.plain": [.readAudit], "audit.v1.get": [.readAudit],
        "audit.get": [.readAudit], "transfers.eligibility": [.previewMove],
        "transfers.list": [.readSubscriptions], "transfers.create": [.requestMove, .readSubscriptions],
        "transfers.get": [.readMove], "transfers.update": [.readMove, .decideMove, .withdrawMove],
        "transfers.withdraw": [.readMove, .withdrawMove], "transfers.accept": [.readMove, .decideMove],
        "webhooks.registration.get": [.readWebhooks], "webhooks.registration.create": [.changeWebhooks],
        "webhooks.registration.update": [.changeWebhooks], "webhooks.events": [.readWebhooks],
        "webhooks.validation.create": [.changeWebhooks], "webhooks.validation.get": [.readWebhooks],
        "openapi.yaml": [], "openapi.json": [], "webhooks.certificate": [], "tokens.create": [],
        "tokens.createV2": [], "tokens.exchange": [.readSelf], "tokens.issuer": [], "tokens.keys": [],
    ]

    private static let support: [String: Set<Action>] = [
        "serviceRequests.list": [.readServiceRequests], "serviceRequests.supportTopics": [.readServiceRequests],
        "serviceRequests.get": [.readServiceRequests], "serviceRequests.create": [.changeServiceRequests],
        "serviceRequests.update": [.changeServiceRequests],
        "customers.serviceRequests.list": [.readServiceRequests],
        "customers.serviceRequests.get": [.readServiceRequests],
        "customers.serviceRequests.update": [.changeServiceRequests],
    ]

    private static let multichannel: [String: Set<Action>] = [
        "multichannel.subscriptions.list": [.readSubscriptions],
        "multichannel.subscriptions.create": [.recordSubscription],
        "multichannel.subscriptions.get": [.readSubscriptions], "multichannel.subscriptions.options": [.readOptions],
        "multichannel.relationshiprequests.create": [.requestRelationship],
        "multichannel.relationshiprequests.list": [.readRelationshipRequests],
        "multichannel.relationshiprequests.get": [.readRelationshipRequests],
        "multichannel.relationshiprequests.remind": [.changeRelationshipRequest],
        "multichannel.relationshiprequests.withdraw": [.changeRelationshipRequest],
        "multichannel.invitations.get": [.readInvitation],
        "multichannel.invitations.accept": [.decideInvitation, .readInvitation],
        "multichannel.invitations.refuse": [.decideInvitation, .readInvitation],
        "multichannel.access.list": [.readAccess], "multichannel.access.end": [.endAccess],
        "multichannel.access.get": [.readAccess], "multichannel.access.all": [.readDelegations, .readAccess],
        "multichannel.access.calendar": [.readDelegations, .readAccess],
        "multichannel.access.unused": [.readDelegations, .readAccess],
        "multichannel.access.extensions.create": [.manageDelegation, .readDelegations],
        "multichannel.access.extensions.get": [.readDelegations],
        "multichannel.access.migrations.preview": [.manageDelegation],
        "multichannel.access.migrations.create": [.manageDelegation, .readDelegations],
        "multichannel.access.migrations.get": [.readDelegations],
        "multichannel.audit.heads": [.readAudit], "multichannel.audit.export": [.readAudit],
        "multichannel.moves.preview": [.previewMove], "multichannel.moves.create": [.requestMove],
        "multichannel.moves.ofCustomer": [.readSubscriptions], "multichannel.moves.list": [.listMoves],
        "multichannel.moves.get": [.readMove], "multichannel.moves.calendar": [.readMove],
        "multichannel.moves.consent": [.decideMove], "multichannel.moves.step": [.doMoveStep],
        "multichannel.moves.withdraw": [.withdrawMove], "multichannel.moves.renew": [.requestMove],
        "multichannel.leftovers.list": [.readLeftovers], "multichannel.leftovers.resolve": [.resolveLeftover],
        "multichannel.policies.list": [.readPolicies], "multichannel.policies.get": [.readPolicies],
        "multichannel.policypackages.list": [.readPackages], "multichannel.policypackages.create": [.draftPolicy],
        "multichannel.policypackages.check": [.draftPolicy], "multichannel.policypackages.shipped": [],
        "multichannel.policypackages.get": [.readPackages], "multichannel.policypackages.impact": [.readImpact],
        "multichannel.policypackages.preview": [.readImpact],
        "multichannel.policypackages.publish": [.publishPolicy],
        "multichannel.policypackages.withdraw": [.withdrawPolicy], "multichannel.killswitches.list": [.readPackages],
        "multichannel.killswitches.set": [.overridePolicy], "multichannel.decisions.get": [.readDecisions],
        "multichannel.announcements.list": [.readAnnouncements],
        "multichannel.announcements.get": [.readAnnouncements],
        "multichannel.announcements.affected": [.readAffected], "multichannel.usage.import": [.importUsage],
        "multichannel.catalog.import": [.importCatalog], "multichannel.imports.get": [.readImport],
        "multichannel.statements.list": [.readStatement],
        "multichannel.webhooks.deliveries.list": [.readWebhooks],
        "multichannel.webhooks.deliveries.resend": [.changeWebhooks],
    ]

    private static let money: [String: Set<Action>] = [
        "invoices.list": [.readInvoices], "invoices.get": [.readInvoices], "invoices.summary": [.readInvoices],
        "invoices.summaries": [.readInvoices], "invoices.statement": [.readInvoices],
        "invoices.receipt": [.readInvoices], "invoices.estimateLinks": [.readInvoices],
        "invoices.lineItems.license": [.readInvoices], "invoices.lineItems.legacyPath": [.readInvoices],
        "invoices.unbilled.billing": [.readInvoices], "azure.partnerUsageSummary": [.readInvoices],
        "azure.customersUsageRecords": [.readInvoices], "azure.customerUsageSummary": [.readUsage],
        "azure.subscriptionUsageRecords": [.readUsage], "azure.subscriptionUsageSummary": [.readUsage],
        "azure.meterUsageRecords": [.readUsage], "azure.resourceUsageRecords": [.readUsage],
        "azure.monthlyUsageLegacy": [.readUsage], "azure.dailyUsageLegacy": [.readUsage],
        "azure.utilizations": [.readUsage], "azure.usageBudget.get": [.readUsage],
        "azure.usageBudget.update": [.changeSubscription], "azure.entitlements.list": [.readSubscriptions],
        "azure.entitlements.get": [.readSubscriptions], "azure.entitlements.cancel": [.changeSubscription],
        "azure.entitlements.reactivate": [.changeSubscription], "azure.rateCard": [.readInvoices],
        "azure.rateCardShared": [.readInvoices], "azure.productUpgrades.eligibility": [.readSales],
        "azure.productUpgrades.create": [.changeSubscription],
        "azure.productUpgrades.status": [.readSales], "entitlements.list": [.readSales],
        "entitlements.reservedInstance.get": [.readSales], "serviceCosts.summary": [.readUsage],
        "serviceCosts.lineItems": [.readUsage], "analytics.partner.deployment": [.listCustomers],
        "analytics.partner.usage": [.listCustomers], "analytics.customer.deployment": [.readSales],
        "analytics.customer.usage": [.readSales], "analytics.commercial.deployment": [.listCustomers],
        "analytics.commercial.usage": [.listCustomers],
    ]

    private static let directory: [String: Set<Action>] = [
        "users.list": [.readUsers], "users.create": [.changeUsers], "users.get": [.readUsers],
        "users.update": [.changeUsers, .resetPassword], "users.delete": [.changeUsers],
        "users.directoryRoles.list": [.readUsers], "directoryRoles.list": [.readUsers],
        "directoryRoles.members.list": [.readUsers], "directoryRoles.members.add": [.changeDirectoryRoles],
        "directoryRoles.members.remove": [.changeDirectoryRoles], "users.licenses.list": [.readLicenses],
        "users.licenseUpdates.create": [.changeLicenses], "subscribedSkus.list": [.readLicenses],
    ]

    private static let delegation: [String: Set<Action>] = [
        "multichannel.groups.list": [.readGroups], "multichannel.groups.get": [.readGroups],
        "multichannel.groups.put": [.changeGroups], "multichannel.groups.delete": [.changeGroups],
        "multichannel.groups.members.add": [.changeGroups], "multichannel.groups.members.remove": [.changeGroups],
        "multichannel.delegations.get": [.decideDelegation],
        "multichannel.delegations.accept": [.decideDelegation],
        "multichannel.delegations.refuse": [.decideDelegation],
        "multichannel.delegations.losses": [.readDelegations],
        "multichannel.delegations.extend": [.endDelegation, .manageDelegation, .readDelegations],
        "multichannel.delegations.terminate": [.endDelegation, .manageDelegation, .readDelegations],
        "gdap.relationships.list": [.readDelegations], "gdap.relationships.create": [.manageDelegation],
        "gdap.relationships.get": [.readDelegations],
        "gdap.relationships.update": [.manageDelegation, .endDelegation, .readDelegations],
        "gdap.relationships.delete": [.manageDelegation], "gdap.requests.list": [.readDelegations],
        "gdap.requests.create": [.manageDelegation, .decideDelegation, .endDelegation, .readDelegations],
        "gdap.requests.get": [.readDelegations], "gdap.operations.list": [.readDelegations],
        "gdap.operations.get": [.readDelegations], "gdap.accessAssignments.list": [.readDelegations],
        "gdap.accessAssignments.create": [.manageDelegation], "gdap.accessAssignments.get": [.readDelegations],
        "gdap.accessAssignments.update": [.manageDelegation], "gdap.accessAssignments.delete": [.manageDelegation],
        "gdap.customers.list": [.readDelegations], "gdap.customers.get": [.readDelegations],
        "gdap.customers.serviceManagementDetails": [.readDelegations],
    ]
}
