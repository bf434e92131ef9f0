import FoundationEssentials
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Sandbox {
    var mails: [Operation] {
        [
            Operation(.get, "/outbox") { _, _ in
                let mails = try await service.readAsSystem { tx in try tx.mails() }
                return Reply.json { writer in
                    writer.member("totalCount", mails.count)
                    writer.array("items", mails) { writer, mail in writer.object { write(mail, to: &$0) } }
                }
            },
            Operation(.delete, "/outbox") { _, _ in
                _ = try await service.writeAsSystem { tx in
                    try tx.deleteMails()
                    return true
                }
                return Reply(.noContent)
            },
        ]
    }

    var copies: [Operation] {
        [
            Operation(.post, "/snapshots") { _, _ in
                let id = service.environment.newUUID().lowercased
                _ = try await service.writeAsSystem { tx in
                    try tx.set("snapshotClock", to: "\(tx.permit.intent.at)")
                    try tx.insertSnapshot(id)
                    return true
                }
                return Reply.json(.created) { $0.member("id", id) }
            },
            Operation(.post, "/snapshots/{id}/restoration") { exchange, _ in
                try await restore(exchange.parameters["id"] ?? "")
                return Reply.json { $0.member("now", clock.now) }
            },
            Operation(.post, "/reset") { _, _ in
                try await restore("initial")
                return Reply.json { $0.member("now", clock.now) }
            },
        ]
    }

    /// The world as it was at the first start, for `reset`.
    package func keepInitial() async throws {
        try await keepClock()
        _ = try await service.writeAsSystem { tx in
            if try !tx.hasSnapshot("initial") {
                try tx.set("snapshotClock", to: "\(tx.permit.intent.at)")
                try tx.insertSnapshot("initial")
            }
            return true
        }
    }

    private func restore(_ id: String) async throws {
        let found = try await service.writeAsSystem { tx in try tx.restoreSnapshot(id) }
        guard found else { throw Refusal.notFound(.snapshot, String(id.prefix(80))) }
        service.forgetBooks()
        faults.clear()
        recorder.clear()
        try await gate.turnKeys()
        if let text = try await service.readAsSystem({ tx in try tx.setting("snapshotClock") }),
            let instant = Instant(text)
        {
            try await set(to: instant)
        }
    }

    private func write(_ mail: OutgoingMail, to writer: inout JSONWriter) {
        writer.member("id", mail.id)
        writer.member("at", mail.at)
        writer.member("kind", mail.kind)
        writer.member("from", mail.from)
        writer.member("to", mail.to)
        writer.member("toName", mail.toName)
        writer.member("language", mail.language.rawValue)
        writer.member("subject", mail.subject)
        writer.member("body", mail.body)
        writer.member("link", mail.link)
        if let attachments = mail.attachments {
            writer.array("attachments", attachments) { writer, attachment in
                writer.object { writer in
                    writer.member("name", attachment.name)
                    writer.member("contentType", attachment.type)
                    writer.member("body", attachment.body)
                }
            }
        }
    }
}
