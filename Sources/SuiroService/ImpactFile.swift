package import SuiroAssets
package import SuiroDomain

extension Impact {
    /// The list for spreadsheets, with the sentences in the reader's language.
    package func file(_ words: Words, _ language: Language) -> String {
        let heads = [
            "customer", "customerId", "subscription", "subscriptionId", "partner", "partnerId", "action", "from",
            "before", "beforeReason", "beforeText", "after", "afterReason", "afterText",
        ].map { words.say("impact.head.\($0)", language) }
        let lines = rows.map { row in
            [
                row.customerName, "\(row.customer)", row.subscriptionName, "\(row.subscription)", row.partnerName,
                "\(row.partner)", words.say("action.\(row.action.rawValue)", language), row.from.short,
            ] + row.before.cells(words, language) + row.after.cells(words, language)
        }
        return CSVText.of([heads] + lines, language)
    }
}

extension Outcome {
    /// Why, as a sentence.
    package func sentence(_ words: Words, _ language: Language) -> String {
        words.say("reason.\(reason.rawValue)", language, arguments)
    }

    fileprivate func cells(_ words: Words, _ language: Language) -> [String] {
        [words.say("verdict.\(verdict.rawValue)", language), reason.rawValue, sentence(words, language)]
    }
}
