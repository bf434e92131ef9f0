/// An amount as the API writes it: decimal digits and a currency.
package struct Money: Equatable, Sendable {
    package let amount: String
    package let currency: String

    package init?(_ json: JSON) {
        guard let amount = json["amount"].text, let currency = json["currency"].text else { return nil }
        self.amount = amount
        self.currency = currency
    }

    /// `¥184,320`; other currencies keep their code: `USD 12.34`.
    package var shown: String {
        let isNegative = amount.hasPrefix("-")
        let parts = amount.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        var whole = ""
        for (index, digit) in (parts.first ?? "0").enumerated() {
            let left = (parts.first ?? "0").count - index
            if index > 0, left.isMultiple(of: 3) { whole += "," }
            whole.append(digit)
        }
        let fraction = parts.count > 1 ? "." + parts[1] : ""
        let sign = isNegative ? "-" : ""
        return sign + (currency == "JPY" ? "¥" : currency + " ") + whole + fraction
    }
}
