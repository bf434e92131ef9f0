/// What usage is reported of: services that the catalogue has judged, and some that nobody has (S-31).
enum Services {
    static let known = ["Virtual Machines", "Storage", "Bandwidth", "VPN Gateway"]
    static let unknown = ["Quantum Loom", "Old Mainframe"]
}
