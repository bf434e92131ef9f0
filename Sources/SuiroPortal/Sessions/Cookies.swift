/// The cookies of the portal, as they are read and written.
enum Cookie {
    static let session = "suiro_session"
    static let language = "suiro_lang"
    /// Between the password and the code.
    static let step = "suiro_step"
    /// A browser somebody has signed in from before.
    static let device = "suiro_device"

    /// Its name on the wire: where the portal is reached by https, one that browsers take from this host alone.
    private static func wire(_ name: String, _ isSecure: Bool) -> String { isSecure ? "__Host-\(name)" : name }

    /// The value of a cookie in a `Cookie` header.
    static func value(_ name: String, in header: String?, isSecure: Bool) -> String? {
        guard let header else { return nil }
        let name = wire(name, isSecure)
        for pair in header.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
            return String(parts[1])
        }
        return nil
    }

    /// A `Set-Cookie` header. No scripts read it, and it comes along only from pages of the portal itself; whoever
    /// follows a link of a mail passes the doorstep first. An `https` portal never sends it in the open.
    static func set(_ name: String, to value: String, for seconds: Int? = nil, isSecure: Bool) -> String {
        var text = "\(wire(name, isSecure))=\(value); Path=/; HttpOnly; SameSite=Strict"
        if let seconds { text += "; Max-Age=\(seconds)" }
        return isSecure ? text + "; Secure" : text
    }

    static func clear(_ name: String, isSecure: Bool) -> String { set(name, to: "", for: 0, isSecure: isSecure) }
}
