/// How addresses of a country are written, and what a profile of a customer there needs.
package struct CountryRules: Hashable, Codable, Sendable {
    package struct State: Hashable, Codable, Sendable {
        package let code: String
        package let names: [String]

        package init(code: String, names: [String]) {
            (self.code, self.names) = (code, names)
        }
    }

    /// ISO 3166 alpha-2.
    package let country: String
    /// The country's own first.
    package let cultures: [String]
    package let languages: [String]
    package let callingCodes: [String]
    /// A regular expression; absent where the country has no postal codes.
    package let postalCode: String?
    package let needsPostalCode: Bool
    package let needsCity: Bool
    package let needsState: Bool
    package let states: [State]

    private enum CodingKeys: CodingKey {
        case country, cultures, languages, callingCodes, postalCode, needsPostalCode, needsCity, needsState, states
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        country = try container.decode(String.self, forKey: .country)
        cultures = try container.decode([String].self, forKey: .cultures)
        languages = try container.decode([String].self, forKey: .languages)
        callingCodes = try container.decode([String].self, forKey: .callingCodes)
        postalCode = try container.decodeIfPresent(String.self, forKey: .postalCode)
        needsPostalCode = try container.decodeIfPresent(Bool.self, forKey: .needsPostalCode) ?? false
        needsCity = try container.decodeIfPresent(Bool.self, forKey: .needsCity) ?? false
        needsState = try container.decodeIfPresent(Bool.self, forKey: .needsState) ?? false
        states = try container.decodeIfPresent([State].self, forKey: .states) ?? []
    }

    /// The state of that code or name, in any case.
    package func state(named text: String) -> State? {
        let text = text.lowercased()
        return states.first { state in
            state.code.lowercased() == text || state.names.contains { $0.lowercased() == text }
        }
    }
}

/// An address as it arrives, with what the rules of its country look at.
package struct PostalAddress: Hashable, Sendable {
    package var line: String?
    package var city: String?
    package var state: String?
    package var postalCode: String?

    package init(line: String?, city: String?, state: String?, postalCode: String?) {
        (self.line, self.city, self.state, self.postalCode) = (line, city, state, postalCode)
    }

    /// What the rules say of an address.
    package enum Verdict: Hashable, Sendable {
        /// It is written as the country writes it.
        case verified
        /// It is understood, and written otherwise.
        case better(PostalAddress)
        /// Something is missing or wrong.
        case wrong(Fault)
    }

    package enum Fault: String, Hashable, CaseIterable, Sendable {
        case line, city, state, postalCode
    }

    package func verdict(by rules: CountryRules) -> Verdict {
        guard let line = line?.trimmingBlanks, !line.isEmpty else { return .wrong(.line) }
        let city = city?.trimmingBlanks ?? ""
        guard !city.isEmpty || !rules.needsCity else { return .wrong(.city) }
        let state = state?.trimmingBlanks ?? ""
        let known = rules.state(named: state)
        guard !state.isEmpty || !rules.needsState else { return .wrong(.state) }
        guard state.isEmpty || rules.states.isEmpty || known != nil else { return .wrong(.state) }
        let code = postalCode?.trimmingBlanks.uppercased() ?? ""
        guard !code.isEmpty || !rules.needsPostalCode else { return .wrong(.postalCode) }
        if let pattern = rules.postalCode, !code.isEmpty, code.count <= 20 {
            guard let expression = try? Regex(pattern), code.wholeMatch(of: expression) != nil else {
                return .wrong(.postalCode)
            }
        } else if code.count > 20 {
            return .wrong(.postalCode)
        }
        var better = self
        better.line = line
        if !city.isEmpty { better.city = city }
        if let known { better.state = state == known.code ? state : known.code }
        if !code.isEmpty { better.postalCode = code }
        return better == self ? .verified : .better(better)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
