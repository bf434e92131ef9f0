/// Emphasis on terminals. No meaning is carried by it alone.
package struct Paint: Equatable, Sendable {
    package let isOn: Bool

    package init(isOn: Bool) {
        self.isOn = isOn
    }

    /// On for a screen that can, unless the user or `NO_COLOR` says no; `CLICOLOR_FORCE` turns it on for pipes too.
    package init(screen: Bool, isOff: Bool, environment: [String: String]) {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        if isOff || isSet("NO_COLOR") {
            isOn = false
        } else if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
            isOn = true
        } else {
            isOn = screen && environment["TERM"] != "dumb"
        }
    }

    package func bold(_ text: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
}
