package import SuiroHTTP
package import SuiroService

/// How much of everything a server grants (reliability 4.9, P14, P16), as its settings say: `limits.NAME`.
package struct Limits: Sendable {
    /// The tolls that are taken; none where `limits.rates` is off.
    package var rates: [Toll: Rate]
    /// Exports one principal may run side by side.
    package var exports: Int?
    /// Customers one person may turn to in an hour (D-06).
    package var round: Int?
    /// Invitations a partner may send in a day, and to one domain (I-10).
    package var invitations: Int?
    package var invitationsToDomain: Int?
    /// Requests worked on at once, and connections held at once.
    package var concurrency: Int
    package var connections: Int

    /// What holds where a setting says nothing.
    package static let defaults: [Toll: Rate] = [
        .partner: Rate(100, burst: 200), .writes: Rate(20, burst: 40), .customer: Rate(20, burst: 40),
        .principal: Rate(50, burst: 100), .clients: Rate(10, per: 60), .addresses: Rate(60, per: 60),
        .signins: Rate(120, per: 3600, burst: 30), .codes: Rate(60, per: 60),
        .anonymous: Rate(100, burst: 200),
    ]

    /// Reads each setting; every one of them can be `off`.
    package init(_ text: (String) -> String?) throws {
        let switched = text("limits.rates") ?? "on"
        guard switched == "on" || switched == "off" else {
            throw ServerSettings.Fault.unknown(setting: "limits.rates", value: switched, allowed: "on, off")
        }
        let isOn = switched == "on"
        rates = [:]
        for toll in Toll.allCases where isOn {
            let name = "limits.\(toll.rawValue)"
            switch text(name) {
            case nil: rates[toll] = Self.defaults[toll]
            case "off": break
            case let value?:
                guard let rate = Rate(value) else {
                    throw ServerSettings.Fault.unknown(
                        setting: name,
                        value: value,
                        allowed: "off, 100/s, 100/s burst 200, 10/min, 20/h"
                    )
                }
                rates[toll] = rate
            }
        }
        func number(_ name: String, _ usual: Int, in range: ClosedRange<Int> = 1...1_000_000) throws -> Int? {
            guard let value = text("limits.\(name)") else { return usual }
            if value == "off" { return nil }
            guard let number = Int(value), range.contains(number) else {
                throw ServerSettings.Fault.unknown(
                    setting: "limits.\(name)",
                    value: value,
                    allowed: "off, \(range.lowerBound) … \(range.upperBound)"
                )
            }
            return number
        }
        exports = isOn ? try number("exports", 2) : nil
        round = isOn ? try number("round", 20) : nil
        invitations = isOn ? try number("invitations", 50) : nil
        invitationsToDomain = isOn ? try number("domain", 5) : nil
        // A sandbox turns nobody away unless it is asked to: tests run on busy machines.
        concurrency = try number("concurrency", isOn ? 64 : 10_000, in: 4...10_000) ?? 10_000
        connections = try number("connections", 2000, in: 8...100_000) ?? 100_000
    }

    /// `NAME=VALUE` from the command line, as settings.
    package static func flags(_ texts: [String]) throws -> [String: String] {
        let names =
            Set(Toll.allCases.map(\.rawValue))
            .union(["rates", "exports", "round", "invitations", "domain", "concurrency", "connections"])
        var flags: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, names.contains(parts[0]) else {
                throw ServerSettings.Fault.unknown(
                    setting: "limit",
                    value: text,
                    allowed: names.sorted().map { "\($0)=…" }.joined(separator: ", ")
                )
            }
            flags["limits.\(parts[0])"] = parts[1]
        }
        return flags
    }

    package var throttle: Throttle { Throttle(rates, exports: exports, round: round) }

    package var quota: InvitationQuota { InvitationQuota(total: invitations, toDomain: invitationsToDomain) }

    package var admission: Admission {
        var settings = Admission.Settings()
        settings.slots = concurrency
        return Admission(settings)
    }
}
