// What an announcement could change about the life of a subscription (SM-5, domain section 6.2).

extension PolicyKey<Bool> {
    private init(flag name: String) {
        self.init(name: name) { if case .flag(let flag) = $0 { flag } else { nil } }
    }

    /// Whether a suspended subscription costs on (LC-04, LC-06, LC-11).
    package static let suspendBilled = PolicyKey(flag: "suspend.billed")
    /// Whether suspending switches auto-renew off (LC-11).
    package static let suspendStopsRenewal = PolicyKey(flag: "suspend.stopsAutoRenew")
    /// Whether what was cancelled may be taken up again while its data is kept (LC-13, LC-19).
    package static let cancelReversible = PolicyKey(flag: "cancel.reversible")
    /// Whether a trial may be turned into a paid subscription (LC-16).
    package static let trialConversion = PolicyKey(flag: "trial.conversion")
    /// Whether a trial that ends turns into a paid subscription by itself (LC-16).
    package static let trialAutoConversion = PolicyKey(flag: "trial.autoConversion")
    /// Whether a subscription may be upgraded to another offer in place.
    package static let upgradeAllowed = PolicyKey(flag: "license.upgrade.allowed")
}

extension PolicyKey<Int> {
    private init(number name: String) {
        self.init(name: name) { if case .number(let number) = $0 { number } else { nil } }
    }

    /// Days for which a suspended subscription keeps its data, at least and at most (LC-03, LC-04).
    package static let suspendRetentionDays = PolicyKey(number: "suspend.retentionDays")
    package static let suspendRetentionMaximum = PolicyKey(number: "suspend.retention.maximumDays")
    /// The day of the month on which licences are billed (LC-03, BIL-02).
    package static let billingDay = PolicyKey(number: "billing.dayOfMonth")
    /// Days between the end of a term and the loss of access, and from there to the loss of data (LC-12, LC-17).
    package static let expiredDays = PolicyKey(number: "license.termEnd.expiredDays")
    package static let disabledDays = PolicyKey(number: "license.termEnd.disabledDays")
    /// Days for which what was cancelled keeps its data, and days in which it can be exported (LC-13, LC-19).
    package static let cancelRetentionDays = PolicyKey(number: "cancel.retentionDays")
    package static let cancelExportDays = PolicyKey(number: "cancel.exportDays")
    /// What a month beyond the term costs more, in per cent; and where no monthly plan exists (LC-20).
    package static let extensionUplift = PolicyKey(number: "est.uplift")
    package static let extensionUpliftWithoutPlan = PolicyKey(number: "est.upliftWithoutMonthlyPlan")
    /// How many seats and days a trial has (LC-16).
    package static let trialSeats = PolicyKey(number: "trial.seats")
    package static let trialDays = PolicyKey(number: "trial.days")
}

extension PolicyKey {
    private init(_ name: String, reading read: @escaping @Sendable (String) -> Value?) {
        self.init(name: name) { if case .word(let word) = $0 { read(word) } else { nil } }
    }

    private static func all<Word: RawRepresentable>(
        _ name: String,
        of _: Word.Type
    ) -> PolicyKey<[Word]> where Word.RawValue == String {
        PolicyKey<[Word]>(name: name) { value in
            let names: [String]? =
                switch value {
                case .words(let words): words
                case .word(let word): [word]
                case .flag, .number: nil
                }
            let known = names?.compactMap(Word.init(rawValue:))
            return known?.count == names?.count ? known : nil
        }
    }
}

/// What becomes of a licence whose term ends and does not renew (LC-12, LC-20).
package enum TermEndBehaviour: String, CaseIterable, Sendable { case expire, extend }

/// How long a suspended subscription lasts: until its data is no longer kept, or until its term ends (LC-03, LC-11).
package enum SuspensionLimit: String, CaseIterable, Sendable { case retention, termEnd }

extension PolicyKey<Span> {
    /// From purchase, renewal or an increase: how long a licence may be cancelled or given back (LC-08, LC-10, LC-14).
    package static let cancelWindow = PolicyKey("license.cancel.window", reading: Span.init)
}

extension PolicyKey<Onset> {
    /// Licences bought or renewed from this day on live under new commerce (LC-09).
    package static let newCommerce = PolicyKey("commerce.newFrom", reading: Onset.init)
    /// Licences bought or renewed from this day on run on after their term unless cancelled (LC-20).
    package static let extensionBought = PolicyKey("est.boughtFrom", reading: Onset.init)
}

extension PolicyKey<TermEndBehaviour> {
    package static let termEnd = PolicyKey(
        "license.termEnd.behaviour",
        reading: TermEndBehaviour.init(rawValue:)
    )
}

extension PolicyKey<SuspensionLimit> {
    package static let suspendUntil = PolicyKey("suspend.until", reading: SuspensionLimit.init(rawValue:))
}

extension PolicyKey<[SuspensionReason]> {
    /// What a partner may suspend for (LC-01).
    package static let suspendReasons: Self = all("suspend.reasons", of: SuspensionReason.self)
}

extension PolicyKey<[EndOfTerm]> {
    /// What may be chosen for the end of a term (LC-20).
    package static let endOfTermChoices: Self = all("license.termEnd.choices", of: EndOfTerm.self)
}

extension PolicyKey<[Int]> {
    /// Days before the end of a term on which it is told that nobody has chosen what comes then (OP-32).
    package static let termEndAlertDays = PolicyKey(name: "license.termEnd.alertDays") { value in
        let words: [String]? =
            switch value {
            case .words(let words): words
            case .word(let word): [word]
            case .flag, .number: nil
            }
        let days = words?.compactMap { Int($0) }.filter { 0 < $0 }
        return days?.count == words?.count ? days : nil
    }
}

extension PolicyVocabulary {
    static let lifecycle: [String: Shape] = {
        var shapes: [String: Shape] = [:]
        for key in [
            PolicyKey<Bool>.suspendBilled, .suspendStopsRenewal, .cancelReversible, .trialConversion,
            .trialAutoConversion, .upgradeAllowed,
        ] { shapes[key.name] = .flag }
        for key in [
            PolicyKey<Int>.suspendRetentionDays, .suspendRetentionMaximum, .billingDay, .expiredDays, .disabledDays,
            .cancelRetentionDays, .cancelExportDays, .extensionUplift, .extensionUpliftWithoutPlan, .trialSeats,
            .trialDays,
        ] { shapes[key.name] = .number }
        shapes[PolicyKey<Span>.cancelWindow.name] = .word
        for key in [PolicyKey<Onset>.newCommerce, .extensionBought] { shapes[key.name] = .word }
        shapes[PolicyKey<TermEndBehaviour>.termEnd.name] = .word
        shapes[PolicyKey<SuspensionLimit>.suspendUntil.name] = .word
        shapes[PolicyKey<[SuspensionReason]>.suspendReasons.name] = .words
        shapes[PolicyKey<[EndOfTerm]>.endOfTermChoices.name] = .words
        shapes[PolicyKey<[Int]>.termEndAlertDays.name] = .words
        return shapes
    }()

    /// Whether the program could read a value of the right kind: a span that is none, a word nobody knows.
    static func canRead(_ value: PolicyValue, of key: String) -> Bool {
        switch key {
        case PolicyKey<Span>.cancelWindow.name: PolicyKey<Span>.cancelWindow.read(value) != nil
        case PolicyKey<Onset>.newCommerce.name, PolicyKey<Onset>.extensionBought.name:
            PolicyKey<Onset>.newCommerce.read(value) != nil
        case PolicyKey<TermEndBehaviour>.termEnd.name: PolicyKey<TermEndBehaviour>.termEnd.read(value) != nil
        case PolicyKey<SuspensionLimit>.suspendUntil.name: PolicyKey<SuspensionLimit>.suspendUntil.read(value) != nil
        case PolicyKey<[SuspensionReason]>.suspendReasons.name:
            PolicyKey<[SuspensionReason]>.suspendReasons.read(value) != nil
        case PolicyKey<[Int]>.termEndAlertDays.name: PolicyKey<[Int]>.termEndAlertDays.read(value) != nil
        case PolicyKey<[EndOfTerm]>.endOfTermChoices.name: PolicyKey<[EndOfTerm]>.endOfTermChoices.read(value) != nil
        default: true
        }
    }
}
