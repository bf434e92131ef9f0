import HTTPTypes
import SuiroAssets
import SuiroDomain
import SuiroHTTP

extension Exchange {
    /// Whether it speaks to the part of the surface that is Microsoft Graph's.
    var isGraph: Bool {
        let first = path.split(separator: "/").first.map { $0.lowercased() }
        return first == "v1.0" || first == "beta"
    }
}

extension Fault {
    /// The same error as Graph answers it: `{"error": {code, message, innerError}}`. What is ours stands in `innerError`;
    /// the reason stands beside `error` too, where every other error of this server has it.
    func graphReply(
        _ words: Words,
        _ language: Language,
        request: String,
        clientRequest: String?,
        at now: Instant
    ) -> Reply {
        let status = graphStatus
        var reply = Reply.json(status) { writer in
            writer.member("reason", reason)
            writer.object("error") { writer in
                writer.member("code", Self.graphCode(of: status))
                writer.member("message", String(words.say(self.words, language, arguments).prefix(1024)))
                writer.member("target", data.first)
                if faults.count > 1 {
                    writer.array("details", faults) { writer, fault in
                        writer.object { writer in
                            writer.member("code", fault.code.rawValue)
                            writer.member("target", fault.field)
                            let arguments: [String: Argument] = [
                                "field": .text(fault.field), "value": .text(fault.value ?? ""),
                            ]
                            writer.member("message", words.say("fault.\(fault.code.rawValue)", language, arguments))
                        }
                    }
                }
                writer.object("innerError") { writer in
                    writer.member("date", String(now.description.prefix(19)))
                    writer.member("request-id", request)
                    writer.member("client-request-id", clientRequest ?? request)
                    writer.member("rule", rule?.description)
                    writer.member("reason", reason)
                    writer.member("policyRow", row?.rawValue)
                    writer.array("next", next) { writer, step in write(step, words, language, to: &writer) }
                }
            }
        }
        if let retryAfter { reply.headers[.retryAfter] = "\(retryAfter)" }
        if status == .unauthorized { reply.headers[.wwwAuthenticate] = challenge }
        return reply
    }

    /// A stale revision is a failed precondition to Graph; everything else has the status it has elsewhere.
    private var graphStatus: HTTPResponse.Status { reason == "ETAG_STALE" ? .preconditionFailed : status }

    private static func graphCode(of status: HTTPResponse.Status) -> String {
        switch status {
        case .badRequest: "badRequest"
        case .unauthorized: "InvalidAuthenticationToken"
        case .forbidden: "forbidden"
        case .notFound: "notFound"
        case .methodNotAllowed: "methodNotAllowed"
        case .conflict: "conflict"
        case .preconditionFailed: "preconditionFailed"
        case .preconditionRequired: "preconditionRequired"
        case .contentTooLarge: "requestEntityTooLarge"
        case .tooManyRequests: "tooManyRequests"
        case .serviceUnavailable: "serviceUnavailable"
        default: status.code >= 500 ? "internalServerError" : "badRequest"
        }
    }
}
