import SuiroDomain

/// The members of one item being read. Whatever is wrong is noted under its field, so that all of it is told at once; what
/// nobody asked for is remembered as not kept.
struct DumpFields {
    let item: DumpItem
    private(set) var faults: [LeftOut] = []
    private let value: DumpValue
    private let path: String
    private var asked: Set<String> = ["links", "attributes"]
    private var inner: [String] = []

    init(_ item: DumpItem) {
        self.init(item, item.value, "")
    }

    private init(_ item: DumpItem, _ value: DumpValue, _ path: String) {
        (self.item, self.value, self.path) = (item, value, path)
    }

    /// Whether something is so wrong that the item cannot be taken.
    var isBroken: Bool { faults.contains { $0.isWhole } }

    /// Members that nobody has asked for.
    var unread: [String] {
        guard case .object(let members) = value else { return inner }
        return inner
            + members.filter { $0.value != .null && !asked.contains($0.name.lowercased()) }
            .map { path + $0.name.asWireName }
    }

    mutating func fault(_ field: String, _ reason: LeftOut.Reason, _ value: String = "", whole: Bool = true) {
        faults.append(item.leftOut(reason, path + field, value, whole: whole))
    }

    /// The first of the names that is there.
    private mutating func find(_ names: [String]) -> (name: String, value: DumpValue)? {
        for name in names { asked.insert(name.lowercased()) }
        for name in names {
            if let found = value[name] { return (name, found) }
        }
        return nil
    }

    mutating func raw(_ names: String...) -> DumpValue? { find(names)?.value }

    /// An object within; without members where there is none.
    mutating func part(_ name: String) -> DumpFields {
        let found = find([name])?.value ?? .object([])
        if case .object = found { return DumpFields(item, found, path + name + ".") }
        fault(name, .wrongType, found.shown)
        return DumpFields(item, .object([]), path + name + ".")
    }

    /// What an object within has noted belongs to the whole.
    mutating func take(_ part: DumpFields) {
        faults += part.faults
        inner += part.unread
    }

    /// The same, where what nobody asked for is kept all the same.
    mutating func takeFaults(of part: DumpFields) {
        faults += part.faults
    }

    /// Text without blanks at its ends; empty text is absence.
    mutating func text(_ names: String..., limit: Int = 300, whole: Bool = true) -> String? {
        text(of: names, limit, whole)
    }

    private mutating func text(of names: [String], _ limit: Int, _ whole: Bool) -> String? {
        guard let (name, value) = find(names) else { return nil }
        let text: String
        switch value {
        case .text(let found): text = found.trimmedOfBlanks
        case .number(let digits): text = digits
        case .null, .bool, .list, .object:
            fault(name, .wrongType, value.shown, whole: whole)
            return nil
        }
        guard text.unicodeScalars.count <= limit else {
            fault(name, .tooLong, text, whole: whole)
            return nil
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            fault(name, .malformed, text, whole: whole)
            return nil
        }
        return text.isEmpty ? nil : text
    }

    mutating func id<Subject>(_ names: String..., whole: Bool = true) -> ID<Subject>? {
        guard let text = text(of: names, 300, whole) else { return nil }
        guard let id = ID<Subject>(text) else {
            fault(names[0], .notAGUID, text, whole: whole)
            return nil
        }
        return id
    }

    mutating func whole(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(of: [name], 300, true) else { return nil }
        guard let number = Int(text) else {
            fault(name, .wrongType, text)
            return nil
        }
        guard range.contains(number) else {
            fault(name, .outOfRange, text)
            return nil
        }
        return number
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let (_, value) = find([name]) else { return nil }
        switch (value, value.shown.lowercased()) {
        case (.bool(let flag), _): return flag
        case (.text, "true"): return true
        case (.text, "false"): return false
        case (.text, ""): return nil
        default:
            fault(name, .wrongType, value.shown)
            return nil
        }
    }

    /// A date as the wire writes it, or as Windows PowerShell's ConvertTo-Json does: `/Date(1515488400000)/`. What .NET writes
    /// for no date at all is absence.
    mutating func instant(_ name: String) -> Instant? {
        guard let text = text(of: [name], 300, true) else { return nil }
        guard let instant = Instant(text) ?? text.milliseconds.map(Instant.init(milliseconds:)),
            (Instant.earliest...Instant.latest).contains(instant)
        else {
            fault(name, .malformed, text)
            return nil
        }
        let year = CivilTime(instant).year
        return year <= 1 || year >= 9999 ? nil : instant
    }

    /// One of the words of the wire, in whatever spelling an SDK has for it, or its number where .NET wrote that.
    mutating func word<Word>(_ name: String, _ words: [(String, Word)], whole: Bool = true) -> Word? {
        guard let text = text(of: [name], 300, whole) else { return nil }
        let wanted = text.foldedWord
        let byNumber: Word? = Int(text).flatMap { words.indices.contains($0) ? words[$0].1 : nil }
        guard let found = words.first(where: { $0.0 == wanted })?.1 ?? byNumber else {
            fault(name, .unknownWord, text, whole: whole)
            return nil
        }
        return found
    }

    /// Notes that something is missing, unless what is wrong with it has been noted.
    mutating func require<Value>(_ field: String, _ value: Value?) -> Value? {
        if value == nil, !faults.contains(where: { $0.field == path + field || $0.field.hasSuffix("." + field) }) {
            fault(field, .required)
        }
        return value
    }

    /// The items of a list, each read as this item's part.
    mutating func parts(_ name: String) -> [DumpFields] {
        guard let found = find([name])?.value else { return [] }
        guard case .list(let values) = found else {
            fault(name, .wrongType, found.shown)
            return []
        }
        return values.enumerated().map { index, value in DumpFields(item, value, "\(path)\(name)[\(index)].") }
    }
}

extension String {
    fileprivate var trimmedOfBlanks: String {
        let cut = drop(while: { $0.isWhitespace })
        return String(cut.reversed().drop(while: { $0.isWhitespace }).reversed())
    }

    /// `one_time`, `OneTime` and `onetime` are one word.
    var foldedWord: String { String(lowercased().filter { $0 != "_" && $0 != " " && $0 != "-" }) }

    /// The number in `/Date(1515488400000)/` or `/Date(1515488400000+0900)/`: milliseconds in UTC, whatever the zone.
    fileprivate var milliseconds: Int64? {
        guard hasPrefix("/Date("), hasSuffix(")/") else { return nil }
        let inner = dropFirst(6).dropLast(2)
        let digits = inner.dropFirst(inner.hasPrefix("-") ? 1 : 0).prefix(while: { $0.isNumber })
        return Int64((inner.hasPrefix("-") ? "-" : "") + digits)
    }
}
