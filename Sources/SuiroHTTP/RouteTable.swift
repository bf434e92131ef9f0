package import HTTPTypes

/// One line of the surface: where, and what answers.
package struct HTTPRoute: Sendable {
    package let method: HTTPRequest.Method
    /// As OpenAPI writes it: `/v1/customers/{customer_id}`.
    package let pattern: String
    package let answer: @Sendable (Exchange) async throws -> Reply
    /// Whether a person at a browser asks for it.
    package let isPage: Bool
    /// What kind of work it is.
    package let work: Work
    /// Whether it lists what there is, and is not one thing: its path does not end with a name of something.
    package let isList: Bool

    package init(
        _ method: HTTPRequest.Method,
        _ pattern: String,
        isPage: Bool = false,
        _ answer: @escaping @Sendable (Exchange) async throws -> Reply
    ) {
        (self.method, self.pattern, self.answer) = (method, pattern, answer)
        (self.isPage, work) = (isPage, Work(method, pattern, isPage: isPage))
        isList = method == .get && !pattern.hasSuffix("}")
    }

    /// The same as a page of the portal.
    package var asPage: HTTPRoute { HTTPRoute(method, pattern, isPage: true, answer) }
}

/// Finds the route of a path. Paths are compared without regard to case, repeated slashes count as one, one slash at
/// the end counts as none, and a literal wins over a `{name}` (conventions, section 1). A segment may also be a function
/// as OData writes it, `sheets(Market='{market}')`, whose arguments are values.
package struct RouteTable: Sendable {
    package enum Match: Sendable {
        case found(HTTPRoute, [String: String])
        /// The path exists, the method does not.
        case otherMethods([HTTPRequest.Method])
        case none
    }

    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        /// By name and number of arguments, such as `sheets(2`.
        var functions: [String: Node] = [:]
        var parameter: [Node] = []
        var routes: [HTTPRequest.Method: (HTTPRoute, [String])] = [:]
    }

    private var root = Node()
    package let routes: [HTTPRoute]

    package init(_ routes: [HTTPRoute]) {
        self.routes = routes
        for route in routes {
            let segments = Self.segments(route.pattern)
            let names = segments.flatMap(Self.names)
            Self.insert(route, segments[...], names, into: &root)
        }
    }

    package func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        let segments = Self.segments(path)
        guard segments.count <= 32 else { return .none }
        var values: [String] = []
        var allowed: [HTTPRequest.Method] = []
        if let (route, names) = Self.find(method, segments[...], in: root, &values, &allowed) {
            let decoded = values.map(\.percentDecoded)
            // Databases end a text at a NUL: such a segment would name what stands before it.
            guard !decoded.contains(where: { $0.utf8.contains(0) }) else { return .none }
            return .found(route, Dictionary(zip(names, decoded)) { first, _ in first })
        }
        return allowed.isEmpty ? .none : .otherMethods(allowed)
    }

    private static func segments(_ path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }

    /// A segment as literals are kept: most come so.
    private static func folded(_ segment: String) -> String {
        let isFolded = segment.utf8.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        return isFolded ? segment : segment.lowercased()
    }

    /// What a segment of a pattern gives names to.
    private static func names(in segment: String) -> [String] {
        segment.split(separator: "{").dropFirst(segment.hasPrefix("{") ? 0 : 1).compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }

    /// A segment such as `sheets(Market='US',View='azure')`: its name with the number of arguments, and what they are.
    private static func function(_ segment: String) -> (key: String, values: [String])? {
        guard segment.hasSuffix(")"), let bracket = segment.firstIndex(of: "(") else { return nil }
        let inner = segment[segment.index(after: bracket)...].dropLast()
        let values = inner.split(separator: ",").compactMap { argument -> String? in
            let parts = argument.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[1].count >= 2, parts[1].hasPrefix("'"), parts[1].hasSuffix("'") else {
                return nil
            }
            return String(parts[1].dropFirst().dropLast())
        }
        return values.isEmpty ? nil : ("\(segment[...bracket].lowercased())\(values.count)", values)
    }

    private static func insert(
        _ route: HTTPRoute,
        _ segments: ArraySlice<String>,
        _ names: [String],
        into node: inout Node
    ) {
        guard let first = segments.first else {
            node.routes[route.method] = (route, names)
            return
        }
        if first.hasPrefix("{") {
            if node.parameter.isEmpty { node.parameter = [Node()] }
            insert(route, segments.dropFirst(), names, into: &node.parameter[0])
        } else if let function = function(first) {
            insert(route, segments.dropFirst(), names, into: &node.functions[function.key, default: Node()])
        } else {
            insert(route, segments.dropFirst(), names, into: &node.literals[first.lowercased(), default: Node()])
        }
    }

    private static func find(
        _ method: HTTPRequest.Method,
        _ segments: ArraySlice<String>,
        in node: Node,
        _ values: inout [String],
        _ allowed: inout [HTTPRequest.Method]
    ) -> (HTTPRoute, [String])? {
        guard let first = segments.first else {
            if let found = node.routes[method] { return found }
            if method == .head, let found = node.routes[.get] { return found }
            allowed += node.routes.keys
            return nil
        }
        if !node.literals.isEmpty, let next = node.literals[folded(first)],
            let found = find(method, segments.dropFirst(), in: next, &values, &allowed)
        {
            return found
        }
        if !node.functions.isEmpty, let function = function(first.percentDecoded),
            let next = node.functions[function.key]
        {
            let count = values.count
            values += function.values
            if let found = find(method, segments.dropFirst(), in: next, &values, &allowed) { return found }
            values.removeLast(values.count - count)
        }
        guard let next = node.parameter.first else { return nil }
        values.append(first)
        if let found = find(method, segments.dropFirst(), in: next, &values, &allowed) { return found }
        values.removeLast()
        return nil
    }
}
