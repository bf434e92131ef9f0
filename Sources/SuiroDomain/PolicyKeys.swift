/// A key that knows the type of its value, so a policy can be misread only in this file.
package struct PolicyKey<Value: Sendable>: Sendable {
    package let name: String
    let read: @Sendable (PolicyValue) -> Value?
}

extension PolicyKey<Bool> {
    private init(flag name: String) {
        self.init(name: name) { if case .flag(let flag) = $0 { flag } else { nil } }
    }

    /// Whether multi-channel support exists in this cloud (S-02 … S-05, X-02).
    package static let multichannelEnabled = PolicyKey(flag: "multichannel.enabled")
    /// Whether subscriptions can be moved at all in this cloud: the switch that stops every new move.
    package static let movesEnabled = PolicyKey(flag: "moves.enabled")
    /// Whether a usage-based subscription may be switched between partners (S-23).
    package static let usageSwitchAllowed = PolicyKey(flag: "usage.switch.allowed")
    /// Whether a partner may ask for a relationship without delegated administration (REL-09 … REL-11).
    package static let delegatedAdminOptional = PolicyKey(flag: "relationship.dap.optional")
    /// Whether a link that identifies only the partner may be used by every customer (REL-04).
    package static let linkReusable = PolicyKey(flag: "relationship.link.reusable")
    /// Whether a partner that creates a customer's tenant receives delegated administration (DA-14).
    package static let adminOnNewCustomer = PolicyKey(flag: "dap.grantOnNewCustomer")
    /// Whether an order needs an accepted customer agreement (AGR-02).
    package static let agreementRequired = PolicyKey(flag: "agreement.customer.requiredForOrder")
    /// Whether the contact whose acceptance a partner attests is told by mail (AGR-03).
    package static let agreementNotice = PolicyKey(flag: "agreement.customer.attestationNotice")
    /// Whether a designated support contact is offered (SUP-09, SUP-10).
    package static let designatedContact = PolicyKey(flag: "support.designatedContact")
    /// Whether reservations go with a switch (X-08, TR-14, TR-20).
    package static let reservationsMove = PolicyKey(flag: "transfer.reservationsMove")
}

extension PolicyKey<Int> {
    private init(number name: String) {
        self.init(name: name) { if case .number(let number) = $0 { number } else { nil } }
    }

    /// Days until an unanswered relationship request expires (SM-1).
    package static let linkExpiryDays = PolicyKey(number: "relationship.link.expiryDays")
    /// Days a reseller relationship granted by one acceptance lasts; ours, the sources name none.
    package static let resellerDays = PolicyKey(number: "relationship.reseller.days")
    /// The longest and the usual length of delegated administration, in days (GD-04; ours before 2023).
    package static let adminMaximumDays = PolicyKey(number: "admin.duration.maximumDays")
    package static let adminDefaultDays = PolicyKey(number: "admin.duration.defaultDays")
    /// Active subscriptions one tenant may hold (LIC-10).
    package static let maximumSubscriptions = PolicyKey(number: "tenant.maxActiveSubscriptions")
    /// Days of audit that a search without a start shows (AUD-01).
    package static let auditDefaultDays = PolicyKey(number: "activitylog.defaultRangeDays")
    /// Days for which a customer's qualification is looked into.
    package static let qualificationReviewDays = PolicyKey(number: "qualification.reviewDays")
    /// Hours for which a cart that nobody orders is kept.
    package static let cartKeepingHours = PolicyKey(number: "carts.keptHours")
    /// Days from an order within which it can be taken back as a whole.
    package static let orderCancelDays = PolicyKey(number: "order.cancel.days")
    /// Days for which a deleted user can be restored.
    package static let userKeepingDays = PolicyKey(number: "users.keptDays")
    /// Days in which all parties must have agreed to a move (TR-05).
    package static let transferExpiryDays = PolicyKey(number: "transfer.expiryDays")
    /// Subscriptions one move may carry (LT-05).
    package static let transferMaxItems = PolicyKey(number: "transfer.maxItems")
    /// Business hours in which the provider answers a request to switch (SW-11).
    package static let switchProviderHours = PolicyKey(number: "usage.switch.providerSlaHours")
    /// Hours between the last approval of a large move and its cut-over, in which each party can stop it.
    package static let moveCoolingHours = PolicyKey(number: "moves.cooling.hours")
    /// Licences from which a move is large.
    package static let moveLargeSeats = PolicyKey(number: "moves.large.seats")
    /// What the subscriptions cost in a month, in whole units of the currency, from which a move is large.
    package static let moveLargeMonthlyCost = PolicyKey(number: "moves.large.monthlyCost")
    /// Days for which a licence's data is kept after it has ended (LIC-09, LIC-15).
    package static let dataKeepingDays = PolicyKey(number: "license.dataKeeping.days")
    /// Days of no usage before an old subscription counts as quiet (OP-57).
    package static let usageWatchDays = PolicyKey(number: "usage.watch.days")
    /// Days a party has for a step before it is reminded; ours, the sources give no limit (SM-8a).
    package static let moveStepDays = PolicyKey(number: "moves.stepDays")
    /// Channels an announcement must go out through (S-29).
    package static let announcementChannels = PolicyKey(number: "announcements.minChannels")
    /// Days between an announcement and the day its change may hold (6.1, SM-14).
    package static let announcementLeadDays = PolicyKey(number: "announcements.leadDays")
}

extension PolicyKey<[String]> {
    private init(words name: String) {
        self.init(name: name) {
            switch $0 {
            case .words(let words): words
            case .word(let word): [word]
            case .flag, .number: nil
            }
        }
    }

    /// Channels whose subscriptions multi-channel support covers (S-08 … S-14).
    package static let multichannelChannels = PolicyKey(words: "multichannel.channels")
    /// The ways out when a licence cannot be switched (S-17).
    package static let licenseExits = PolicyKey(words: "license.exit.options")
    /// Agent roles that may ask a customer for a relationship (REL table, section 1.2).
    package static let requestors = PolicyKey(words: "relationship.requestors")
    /// Kinds of partner that may remove a reseller relationship (REL-24).
    package static let removers = PolicyKey(words: "relationship.remove.by")
    /// What keeps a reseller relationship from being removed (REL-23).
    package static let removalBlockers = PolicyKey(words: "relationship.remove.blockers")
    /// Kinds of partner that may order and take part in a switch (TR-02, IND-01).
    package static let transactingPartners = PolicyKey(words: "transfer.partnerTypes")
    /// What may be cancelled at the end of a re-creation (S-21).
    package static let cancelScopes = PolicyKey(words: "usage.cancel.scope")
    /// Who has to agree before a licence is replaced (SM-6).
    package static let replaceConsents = PolicyKey(words: "license.replace.consents")
    /// The kinds of partner to which the bill of an Enterprise Agreement's usage can go by itself (USE-13, USE-16).
    package static let billingMovePartners = PolicyKey(words: "usage.billingMove.partnerTypes")
    /// Who has to agree before that bill goes over: the owner of the account, for the customer (USE-14).
    package static let billingMoveConsents = PolicyKey(words: "usage.billingMove.consents")
    /// Who has to agree before usage is created anew (SM-7).
    package static let recreateConsents = PolicyKey(words: "usage.recreate.consents")
    /// Who signs a switch of usage (SW-10).
    package static let switchSignatures = PolicyKey(words: "usage.switch.signatures")
    /// Who has to agree before a licence is transferred (LT-03).
    package static let transferConsents = PolicyKey(words: "license.transfer.consents")
    /// Who may call off a move that waits for answers, besides whoever began it (TR-06).
    package static let transferWhoCancels = PolicyKey(words: "transfer.whoCancels")
    /// Days after which those who have not answered are reminded (OP-10).
    package static let transferReminderDays = PolicyKey(words: "transfer.reminderDays")
}

extension PolicyKey<String> {
    private init(word name: String) {
        self.init(name: name) { if case .word(let word) = $0 { word } else { nil } }
    }

    /// `forbidden` or `transfer`: moving a licence between partners of the program (S-16, MC-09).
    package static let licenseSwitch = PolicyKey(word: "license.switch.cspToCsp")
    /// `forbidden` or `allowed`: selling online services to another partner of the program (S-26).
    package static let resale = PolicyKey(word: "resale.cspToCsp")
    /// `recreate`: how usage-based services come over from another channel (S-21).
    package static let usageOtherChannel = PolicyKey(word: "usage.otherChannel.path")
    /// Who cancels what another channel sold: `customer` or `partner`.
    package static let cancelByWhom = PolicyKey(word: "usage.cancel.byWhom")
    /// `none` or `prorated`: what is paid back when a licence is cancelled early (LC-08, LIC-03).
    package static let cancelRefund = PolicyKey(word: "license.cancel.refund")
    /// `byUse` or `byReport`: who pays what was used before a cut-over and reported after it (SW-15, TR-11, USE-15).
    package static let usageLateReported = PolicyKey(word: "usage.lateReported")
    /// `none`, `oneTransactingPerService` or `onePerService` (REL-16, X-06).
    package static let adminExclusivity = PolicyKey(word: "admin.exclusivity")
    /// The customer role that decides a relationship request (REL-08).
    package static let acceptor = PolicyKey(word: "relationship.acceptor")
    /// `manual` or `selfService`: how usage is switched between partners (SM-8a, SM-8b).
    package static let switchForm = PolicyKey(word: "usage.switch.form")
    /// `sourcePartner` or `targetPartner`: who opens the request to the provider.
    package static let switchInitiator = PolicyKey(word: "usage.switch.initiator")
    /// `instant` or `nextDay`: when a move changes hands (TR-11, LT-07).
    package static let transferCutover = PolicyKey(word: "transfer.cutover")
    /// `none` or `sameCountry`: where the new partner must be at home (SW-13, LT-08).
    package static let transferMarket = PolicyKey(word: "transfer.market")
    /// `none` or `sameCountry`: which market a partner may ask in (REL-12).
    package static let market = PolicyKey(word: "relationship.market")
}

/// Every key the program reads, with the kind of value it takes: packages are checked against it when they are drafted.
package enum PolicyVocabulary {
    package enum Shape: Sendable {
        case flag, number, word, words

        /// One word is a list of one.
        package func takes(_ value: PolicyValue) -> Bool {
            switch (self, value) {
            case (.flag, .flag), (.number, .number), (.word, .word), (.words, .words), (.words, .word): true
            case (.flag, _), (.number, _), (.word, _), (.words, _): false
            }
        }
    }

    package static let shapes: [String: Shape] = {
        var shapes: [String: Shape] = [:]
        for key in [
            PolicyKey<Bool>.multichannelEnabled, .movesEnabled, .usageSwitchAllowed, .delegatedAdminOptional,
            .linkReusable, .adminOnNewCustomer, .agreementRequired, .agreementNotice, .designatedContact,
            .reservationsMove,
        ] { shapes[key.name] = .flag }
        for key in [
            PolicyKey<Int>.linkExpiryDays, .resellerDays, .adminMaximumDays, .adminDefaultDays, .maximumSubscriptions,
            .auditDefaultDays, .userKeepingDays, .cartKeepingHours, .qualificationReviewDays, .announcementChannels,
            .announcementLeadDays, .orderCancelDays,
            .transferExpiryDays, .transferMaxItems, .switchProviderHours, .dataKeepingDays, .usageWatchDays,
            .moveStepDays, .moveCoolingHours, .moveLargeSeats, .moveLargeMonthlyCost,
        ] { shapes[key.name] = .number }
        for key in [
            PolicyKey<[String]>.multichannelChannels, .licenseExits, .requestors, .removers, .removalBlockers,
            .transactingPartners, .cancelScopes, .replaceConsents, .recreateConsents, .switchSignatures,
            .billingMovePartners, .billingMoveConsents,
            .transferConsents, .transferWhoCancels, .transferReminderDays,
        ] { shapes[key.name] = .words }
        for key in [
            PolicyKey<String>.licenseSwitch, .usageLateReported, .resale, .usageOtherChannel, .cancelByWhom,
            .cancelRefund, .adminExclusivity, .acceptor, .market, .switchForm, .switchInitiator,
            .transferCutover, .transferMarket,
        ] { shapes[key.name] = .word }
        return shapes.merging(lifecycle) { shape, _ in shape }.merging(delegation) { shape, _ in shape }
    }()

    /// The keys that are a yes or a no: what the policy owner can set for a whole cloud at once.
    package static let flags = shapes.filter { $0.value.takes(.flag(true)) }.keys.sorted()
}
