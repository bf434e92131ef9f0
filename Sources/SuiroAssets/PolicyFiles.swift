package import SuiroDomain
import Synchronization
import Yams

/// Reads policy packages: YAML in, checked rows out.
package enum PolicyFiles {
    package static let defaultPackage = "2017-06"

    /// The names of the packages that ship with the program.
    package static func names() throws -> [String] {
        try Assets.names(in: "Policies").filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    }

    /// A package that ships with the program, as it is written.
    package static func text(_ name: String) throws -> String { try Assets.text("Policies/\(name).yaml") }

    /// A package that ships with the program. Each is read once: what ships does not change while a program runs.
    package static func shipped(_ name: String) throws -> PolicyPackage {
        if let package = packages.withLock({ $0[name] }) { return package }
        let package = try read(text(name)).get()
        packages.withLock { $0[name] = package }
        return package
    }

    private static let packages = Mutex<[String: PolicyPackage]>([:])

    package struct Faults: Error, CustomStringConvertible {
        package let faults: [InputFault]
        package var description: String {
            faults.map { "\($0.field): \($0.code.rawValue)" }.joined(separator: "; ")
        }
    }

    /// The package, or everything that is wrong with the text, by field.
    package static func read(_ text: String) -> Result<PolicyPackage, Faults> {
        guard text.utf8.count <= 1_000_000, let root = try? Yams.compose(yaml: text), let map = root.mapping else {
            return .failure(Faults(faults: [InputFault(field: "", code: .malformed)]))
        }
        var reader = Reader()
        let package = reader.package(map)
        let faults = reader.faults + package.faults()
        return faults.isEmpty ? .success(package) : .failure(Faults(faults: faults))
    }
}

private struct Reader {
    var faults: [InputFault] = []

    mutating func package(_ map: Node.Mapping) -> PolicyPackage {
        let known: Set<String> = [
            "package", "title", "summary", "advice", "owner", "reviewBy", "source", "rows",
        ]
        for key in map.keys where !known.contains(key.string ?? "") {
            faults.append(InputFault(field: key.string ?? "?", code: .unknown))
        }
        let name = text(map, "package", "package")
        let owner = map["owner"]?.string ?? "policy"
        let review = instant(map, "reviewBy", "reviewBy") ?? .latest
        let source = map["source"]?.string ?? ""
        let rows = (map["rows"]?.sequence ?? []).enumerated().map { index, node in
            row(node.mapping, "rows[\(index)]", package: name, owner: owner, review: review, source: source)
        }
        return PolicyPackage(
            name: name,
            title: words(map["title"]),
            summary: words(map["summary"]),
            advice: words(map["advice"]),
            rows: rows.compactMap(\.self)
        )
    }

    private mutating func row(
        _ map: Node.Mapping?,
        _ path: String,
        package: String,
        owner: String,
        review: Instant,
        source: String
    ) -> PolicyRow? {
        guard let map else {
            faults.append(InputFault(field: path, code: .wrongType))
            return nil
        }
        let known: Set<String> = [
            "id", "key", "value", "scope", "from", "until", "rule", "source", "confidence", "owner", "reviewBy", "note",
        ]
        for key in map.keys where !known.contains(key.string ?? "") {
            faults.append(InputFault(field: "\(path).\(key.string ?? "?")", code: .unknown))
        }
        guard let value = value(map["value"], "\(path).value"), let from = instant(map, "from", "\(path).from") else {
            if map["from"] == nil { faults.append(InputFault(field: "\(path).from", code: .required)) }
            return nil
        }
        let rules = map["rule"].map { node in node.sequence?.compactMap(\.string) ?? [node.string].compactMap(\.self) }
        return PolicyRow(
            id: PolicyRow.ID(rawValue: text(map, "id", "\(path).id")),
            key: text(map, "key", "\(path).key"),
            value: value,
            scope: scope(map["scope"]?.mapping, "\(path).scope"),
            from: from,
            until: instant(map, "until", "\(path).until"),
            rules: (rules ?? []).map { RuleID($0) },
            source: map["source"]?.string ?? source,
            confidence: confidence(map["confidence"]?.string, "\(path).confidence"),
            owner: map["owner"]?.string ?? owner,
            reviewBy: instant(map, "reviewBy", "\(path).reviewBy") ?? review,
            package: package
        )
    }

    private mutating func text(_ map: Node.Mapping, _ key: String, _ path: String) -> String {
        guard let text = map[key]?.string, !text.isEmpty else {
            faults.append(InputFault(field: path, code: .required))
            return ""
        }
        if text.utf8.count > 200 { faults.append(InputFault(field: path, code: .tooLong)) }
        return text
    }

    private mutating func instant(_ map: Node.Mapping, _ key: String, _ path: String) -> Instant? {
        guard let text = map[key]?.string else { return nil }
        guard let instant = Instant(text) else {
            faults.append(InputFault(field: path, code: .malformed, value: text))
            return nil
        }
        return instant
    }

    private mutating func value(_ node: Node?, _ path: String) -> PolicyValue? {
        switch node {
        case .scalar(let scalar)?:
            if scalar.style == .plain, let flag = Node.scalar(scalar).bool { return .flag(flag) }
            if scalar.style == .plain, let number = Int(scalar.string) { return .number(number) }
            return .word(scalar.string)
        case .sequence(let list)?:
            return .words(list.compactMap(\.string))
        default:
            faults.append(InputFault(field: path, code: node == nil ? .required : .wrongType))
            return nil
        }
    }

    private mutating func scope(_ map: Node.Mapping?, _ path: String) -> Circumstances {
        var scope: Circumstances = [:]
        for (key, value) in map ?? [:] {
            guard let facet = Facet(rawValue: key.string ?? ""), let text = value.string else {
                faults.append(InputFault(field: "\(path).\(key.string ?? "?")", code: .unknown))
                continue
            }
            scope[facet] = text
        }
        return scope
    }

    private mutating func confidence(_ text: String?, _ path: String) -> Confidence {
        guard let text else { return .documented }
        guard let confidence = Confidence(rawValue: text) else {
            faults.append(InputFault(field: path, code: .unknown, value: text))
            return .documented
        }
        return confidence
    }

    private func words(_ node: Node?) -> [Language: String] {
        var words: [Language: String] = [:]
        for language in Language.allCases { words[language] = node?.mapping?[Node(language.rawValue)]?.string }
        return words
    }
}
