/// The two cookies of the portal, as they are read and written.
enum Cookie {
    static let session = "suiro_session"
    static let language = "suiro_lang"

    /// The value of a cookie in a `Cookie` header.
    static func value(_ name: String, in header: String?) -> String? {
        guard let header else { return nil }
        for pair in header.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
            return String(parts[1])
        }
        return nil
    }

    /// A `Set-Cookie` header. No scripts read it, no other site sends it; an `https` portal never sends it in the open.
    static func set(_ name: String, to value: String, for seconds: Int? = nil, isSecure: Bool) -> String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let seconds { text += "; Max-Age=\(seconds)" }
        return isSecure ? text + "; Secure" : text
    }

    static func clear(_ name: String, isSecure: Bool) -> String { set(name, to: "", for: 0, isSecure: isSecure) }
}
