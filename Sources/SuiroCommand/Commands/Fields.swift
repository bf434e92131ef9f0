/// The `-f name=value` pairs of a raw call: a query for reads, a JSON body for writes.
struct Fields {
    private let pairs: [(name: String, value: String)]

    init(_ texts: [String]) throws {
        pairs = try texts.map { text in
            guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
                throw Failure(.usage, "api.field", ["text": text])
            }
            return (String(text[..<sign]), String(text[text.index(after: sign)...]))
        }
    }

    var isEmpty: Bool { pairs.isEmpty }

    var query: [QueryItem] { pairs.map { QueryItem($0.name, $0.value) } }

    /// `scope[days]=90` sets a member of a member, `roles[]=x` adds to an array.
    var body: JSON {
        pairs.reduce(.object([])) { body, pair in
            Self.placing(Self.typed(pair.value), at: Self.steps(pair.name)[...], in: body)
        }
    }

    /// `true`, `null`, whole numbers, quoted text, objects and arrays are taken as JSON, anything else as text. So are
    /// decimals: this API writes amounts of money as text, and `12.10` must not become `12.1` on the way.
    private static func typed(_ value: String) -> JSON {
        guard let json = JSON(text: value) else { return .string(value) }
        if case .number(let digits) = json, digits.contains(where: { ".eE".contains($0) }) { return .string(value) }
        return json
    }

    private static func steps(_ name: String) -> [String] {
        guard name.hasSuffix("]"), let open = name.firstIndex(of: "["), open > name.startIndex else { return [name] }
        let inner = name[name.index(after: open)...].dropLast()
        return [String(name[..<open])] + inner.split(separator: "][", omittingEmptySubsequences: false).map(String.init)
    }

    private static func placing(_ value: JSON, at steps: ArraySlice<String>, in json: JSON) -> JSON {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        if step.isEmpty { return .array(json.elements + [placing(value, at: rest, in: .null)]) }
        return json.setting(step, to: placing(value, at: rest, in: json[step]))
    }
}
