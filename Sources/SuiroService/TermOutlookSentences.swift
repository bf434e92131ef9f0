package import SuiroAssets
package import SuiroDomain

extension Words {
    /// What comes by itself at the end of a term, as people read it (OP-32).
    package func sentence(of outlook: TermOutlook, _ language: Language) -> String {
        switch outlook.turn {
        case .runsOn(let month):
            var arguments: [String: Argument] = [
                "end": .day(outlook.end), "uplift": .count(month.uplift), "otherwise": .count(month.upliftWithoutPlan),
            ]
            guard let cost = month.cost else { return say("termOutlook.runsOnUnpriced", language, arguments) }
            arguments["cost"] = .money(cost)
            return say("termOutlook.runsOn", language, arguments)
        case .stops(let access, let data):
            var arguments: [String: Argument] = ["end": .day(outlook.end), "access": .day(access)]
            guard let data else { return say("termOutlook.stopsUndated", language, arguments) }
            arguments["data"] = .day(data)
            return say("termOutlook.stops", language, arguments)
        }
    }
}
