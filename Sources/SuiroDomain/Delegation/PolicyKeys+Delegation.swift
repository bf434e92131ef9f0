// What an announcement could change about granular delegated administration (SM-4, domain section 6.2).

extension PolicyKey<Bool> {
    private init(flag name: String) {
        self.init(name: name) { if case .flag(let flag) = $0 { flag } else { nil } }
    }

    /// Whether partners may ask for granular delegated administration in this cloud.
    package static let delegationEnabled = PolicyKey(flag: "gdap.enabled")
    /// Whether it helps with what was bought under an Enterprise Agreement (GD-22).
    package static let delegationForEA = PolicyKey(flag: "gdap.eaSupported")
    /// Whether a partner's relationships end when its account is suspended (GD-29).
    package static let delegationEndsOnSuspension = PolicyKey(flag: "gdap.endsOnSuspension")
}

extension PolicyKey<Int> {
    private init(number name: String) {
        self.init(name: name) { if case .number(let number) = $0 { number } else { nil } }
    }

    /// The shortest and the longest relationship, in days (GD-04).
    package static let delegationMinimumDays = PolicyKey(number: "gdap.duration.minimumDays")
    package static let delegationMaximumDays = PolicyKey(number: "gdap.duration.maximumDays")
    /// Characters that a name may have (GD-03).
    package static let delegationNameLength = PolicyKey(number: "gdap.nameMax")
    /// Days in which the customer has to answer (GD-05).
    package static let delegationPendingDays = PolicyKey(number: "gdap.pendingExpiryDays")
    /// Days by which a relationship may be extended each time it ends; none where there is no extension (GD-11).
    package static let delegationAutoExtendDays = PolicyKey(number: "gdap.autoExtendDays")
    /// Days after which what has ended, and what was never answered, is not shown any more (GD-15).
    package static let delegationKeptDays = PolicyKey(number: "gdap.cleanup.endedDays")
    package static let delegationUnansweredKeptDays = PolicyKey(number: "gdap.cleanup.pendingDays")
    /// Days without use after which access counts as inactive (SM-3, DA-11).
    package static let inactiveDays = PolicyKey(number: "dap.inactiveDays")
    /// Seconds that carrying out an approval, an assignment or an end takes (GD-09).
    package static let delegationProcessing = PolicyKey(number: "gdap.processingSeconds")
    /// Days that a relationship lasts which takes the place of delegated administration (GD-23).
    package static let migrationDays = PolicyKey(number: "gdap.migration.days")
    /// Days after the end of a relationship in which its customer is not moved (GD-23).
    package static let migrationQuietDays = PolicyKey(number: "gdap.migration.quietDays")
    /// Days that both stand beside each other before delegated administration goes (SM-3, GD-23).
    package static let migrationGraceDays = PolicyKey(number: "gdap.migration.graceDays")
}

extension PolicyKey<String> {
    /// Whether the customer is asked again (`customer`) or what it granted before is enough (`carriedOver`, GD-24).
    package static let migrationConsent = PolicyKey(name: "gdap.migration.consent") {
        if case .word(let word) = $0 { word } else { nil }
    }
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

    /// Agent roles that may ask for, assign and end it (GD-01).
    package static let delegationRequestors = PolicyKey(words: "gdap.requestors")
    /// Kinds of partner that may ask for it (GD-01).
    package static let delegationPartners = PolicyKey(words: "gdap.partnerTypes")
    /// Days before the end on which both sides are reminded (GD-12).
    package static let delegationReminderDays = PolicyKey(words: "gdap.reminderDays")
    /// Roles with which a relationship cannot be extended by itself (GD-11).
    package static let delegationNeverExtended = PolicyKey(words: "gdap.autoExtend.neverWith")
    /// Roles that may be taken out of a relationship that is in force (SM-4, since 2024).
    package static let delegationRemovableRoles = PolicyKey(words: "gdap.removableRoles")
    /// Families of the partner's own sales for whose sake its last way in is not taken away unasked (GD-17).
    package static let delegationGuardedFamilies = PolicyKey(words: "gdap.lastPath.families")
    /// Roles that a relationship gets which takes the place of delegated administration (GD-23).
    package static let migrationRoles = PolicyKey(words: "gdap.migration.roles")
}

extension PolicyVocabulary {
    static let delegation: [String: Shape] = {
        var shapes: [String: Shape] = [:]
        for key in [PolicyKey<Bool>.delegationEnabled, .delegationForEA, .delegationEndsOnSuspension] {
            shapes[key.name] = .flag
        }
        for key in [
            PolicyKey<Int>.delegationMinimumDays, .delegationMaximumDays, .delegationNameLength,
            .delegationPendingDays, .delegationAutoExtendDays, .delegationKeptDays, .delegationUnansweredKeptDays,
            .delegationProcessing, .inactiveDays, .migrationDays, .migrationQuietDays, .migrationGraceDays,
        ] { shapes[key.name] = .number }
        for key in [
            PolicyKey<[String]>.delegationRequestors, .delegationPartners, .delegationReminderDays,
            .delegationNeverExtended, .delegationRemovableRoles, .delegationGuardedFamilies, .migrationRoles,
        ] { shapes[key.name] = .words }
        shapes[PolicyKey<String>.migrationConsent.name] = .word
        return shapes
    }()
}
