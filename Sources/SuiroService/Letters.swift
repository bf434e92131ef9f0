import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// A mail before it is sent: what the partner may edit, save as a file, or let the server send.
package struct Draft: Codable, Hashable, Sendable {
    package let subject: String
    package let body: String
    /// The whole message in the form mail programs open as a draft (`X-Unsent: 1`).
    package let eml: String
}

extension PartnerService {
    /// Where a customer answers an invitation.
    package func link(to request: RelationshipRequest) -> String { "\(environment.origin())/r/\(request.code)" }

    /// The mail that carries an invitation, in the language that was chosen for it.
    package func draft(
        for request: RelationshipRequest,
        from partner: Organization,
        to customerName: String?,
        by sender: Person?,
        reminder: Bool = false
    ) -> Draft {
        let language = request.language
        let company = customerName ?? request.customerDomain ?? ""
        let salutation = words.say(
            "mail.request.salutation.\(request.recipientName == nil ? "company" : "person")",
            language,
            ["recipient": .text(request.recipientName ?? ""), "company": .text(company)]
        )
        let arguments: [String: Argument] = [
            "partner": .text(partner.name), "company": .text(company),
            "sender": .text(sender?.name ?? partner.name),
            "recipient": .text(request.recipientName ?? request.recipientMail ?? ""),
            "link": .text(link(to: request)), "code": .text(request.code), "expires": .day(request.expires),
            "days": .count(request.scope.days),
        ]
        let kind = reminder ? "reminder" : "request"
        let subject = words.say("mail.\(kind).subject", language, arguments)
        let body = salutation + "\n\n" + words.say("mail.\(kind).body", language, arguments)
        return Draft(
            subject: subject,
            body: body,
            eml: Message(
                from: sender?.mail,
                to: request.recipientMail,
                toName: request.recipientName,
                subject: subject,
                body: body,
                language: language
            ).text
        )
    }

    func mail(
        _ kind: String,
        to person: Person,
        _ arguments: [String: Argument],
        link: String? = nil,
        at now: Instant
    ) -> OutgoingMail {
        OutgoingMail(
            id: environment.newUUID().lowercased,
            to: person.mail,
            toName: person.name,
            from: "no-reply@suiro.example",
            subject: words.say("mail.\(kind).subject", person.language, arguments),
            body: words.say("mail.\(kind).body", person.language, arguments),
            language: person.language,
            kind: kind,
            link: link,
            at: now
        )
    }
}

/// A message as RFC 5322 and MIME write it: header words and body in Base64, so any language survives any mail program.
struct Message {
    let from: String?
    let to: String?
    let toName: String?
    let subject: String
    let body: String
    let language: Language

    var text: String {
        var lines = ["X-Unsent: 1", "MIME-Version: 1.0"]
        if let from { lines.append("From: <\(from.oneLine)>") }
        if let to { lines.append("To: \(toName.map { encoded($0) + " " } ?? "")<\(to.oneLine)>") }
        lines += [
            "Subject: \(encoded(subject))", "Content-Language: \(language.rawValue)",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        ]
        lines += Array(body.replacing("\n", with: "\r\n").utf8).base64.chunks(of: 76)
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// Encoded words of at most 75 characters, cut between characters.
    private func encoded(_ text: String) -> String {
        let text = text.oneLine
        guard !text.utf8.allSatisfy({ $0 < 128 }) else { return text }
        var words: [String] = []
        var part: [UInt8] = []
        for character in text {
            let bytes = Array(character.utf8)
            if part.count + bytes.count > 42 {
                words.append("=?utf-8?B?\(part.base64)?=")
                part = []
            }
            part += bytes
        }
        words.append("=?utf-8?B?\(part.base64)?=")
        return words.joined(separator: "\r\n ")
    }
}

extension String {
    /// Header values never carry line ends: nothing can be smuggled into a mail.
    fileprivate var oneLine: String { String(map { $0.isNewline ? " " : $0 }) }

    fileprivate func chunks(of size: Int) -> [String] {
        var rest = self[...]
        var chunks: [String] = []
        while !rest.isEmpty {
            chunks.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return chunks
    }
}
