/// The program somebody signed in with, as a list of sessions names it: from a short list, never what was sent.
struct Device {
    let name: String

    init(_ agent: String?) {
        let agent = agent ?? ""
        let program = Self.programs.first { agent.contains($0.sign) }?.name
        let system = Self.systems.first { agent.contains($0.sign) }?.name
        name = [program, system].compactMap(\.self).joined(separator: " · ")
    }

    // The first that fits: most browsers also give the names of others.
    private static let programs: [(sign: String, name: String)] = [
        ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]
    private static let systems: [(sign: String, name: String)] = [
        ("Windows", "Windows"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Android", "Android"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]
}
