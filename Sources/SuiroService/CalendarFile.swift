import SuiroAssets
package import SuiroDomain
import SuiroStore

/// Dates of a move as RFC 5545 writes them, so that they stand in everybody's own calendar.
package struct CalendarFile: Sendable {
    package struct Entry: Sendable {
        let id: String
        let at: Instant
        let summary: String
        let description: String
    }

    package let entries: [Entry]
    let stamp: Instant

    /// Lines of at most 75 octets, ended by CR LF, cut between characters.
    package var text: String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Suiro//Moves//EN", "METHOD:PUBLISH"]
        for entry in entries {
            lines += [
                "BEGIN:VEVENT", "UID:\(entry.id)", "DTSTAMP:\(stamp.basic)", "DTSTART:\(entry.at.basic)",
                "SUMMARY:\(entry.summary.escaped)", "DESCRIPTION:\(entry.description.escaped)", "TRANSP:TRANSPARENT",
                "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", "DESCRIPTION:\(entry.summary.escaped)",
                "END:VALARM", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(\.folded).joined(separator: "\r\n") + "\r\n"
    }
}

extension PartnerService {
    /// What is still to come: the last day to answer, the end of the old term, the cut-over, the steps that are due.
    func calendar(
        of move: Move,
        _ steps: [StepView],
        customer: String,
        in language: Language,
        at now: Instant
    ) -> CalendarFile {
        func entry(_ name: String, _ at: Instant) -> CalendarFile.Entry {
            let arguments: [String: Argument] = [
                "company": .text(customer), "target": .text(move.target.name),
                "kind": .words("moveKind.\(move.kind.rawValue)"), "step": .words("moveStep.\(name)"),
            ]
            let key = MoveStep(rawValue: name) == nil || name == MoveStep.cutOver.rawValue ? name : "step"
            return CalendarFile.Entry(
                id: "\(move.id)-\(name)@suiro",
                at: at,
                summary: words.say("calendar.\(key)", language, arguments),
                description: "\(environment.origin())/switches/\(move.id)"
            )
        }
        var entries: [CalendarFile.Entry] = []
        switch move.phase {
        case .awaitingConsent: entries.append(entry("answer", move.expires))
        case .running: break
        case .closed: return CalendarFile(entries: [], stamp: now)
        }
        for step in steps where step.state != .done {
            if let due = step.due { entries.append(entry(step.step.rawValue, due)) }
        }
        return CalendarFile(entries: entries.filter { now < $0.at }, stamp: now)
    }

    /// The same as a file to save.
    package func calendar(of id: ID<Move>, _ context: CallContext) async throws -> CalendarFile {
        let view = try await move(id, context)
        return calendar(
            of: view.move,
            view.steps,
            customer: view.customerName,
            in: context.language,
            at: environment.now()
        )
    }
}

extension Instant {
    /// `20170609T000000Z`.
    fileprivate var basic: String {
        String(description.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }
}

extension String {
    fileprivate var escaped: String {
        replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,").replacing(
            "\n",
            with: "\\n"
        )
    }

    fileprivate var folded: String {
        var lines: [String] = []
        var line = ""
        for character in self {
            if line.utf8.count + character.utf8.count > (lines.isEmpty ? 75 : 74) {
                lines.append(line)
                line = ""
            }
            line.append(character)
        }
        lines.append(line)
        return lines.joined(separator: "\r\n ")
    }
}
