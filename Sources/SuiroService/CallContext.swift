package import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// Who calls, under which request, and which language the words shall be in.
package struct CallContext: Sendable {
    package let caller: Caller
    package let request: RequestKey?
    package let correlation: UUID
    package let language: Language
    /// When the caller's token was issued, where it came with one.
    package var issued: Instant?

    package init(caller: Caller, request: RequestKey? = nil, correlation: UUID, language: Language = .en) {
        (self.caller, self.request, self.correlation, self.language) = (caller, request, correlation, language)
    }

    /// The tenant the caller is at home in.
    package var tenant: ID<Tenant> {
        get throws {
            guard let tenant = caller.tenant else { throw Refusal.accessDenied(missing: "tenant") }
            return tenant
        }
    }

    /// The same call without its request key: for a second step that must not answer from the first one's receipt.
    func unkeyed() -> CallContext {
        with(nil)
    }

    /// The same call, with what arrived piece by piece as part of its request: the same key with another file is
    /// another request.
    func carrying(_ content: String) -> CallContext {
        let key = request.map { RequestKey(id: $0.id, digest: "\($0.digest)\n\(content)".sha256) }
        return with(key)
    }

    private func with(_ request: RequestKey?) -> CallContext {
        var context = CallContext(caller: caller, request: request, correlation: correlation, language: language)
        context.issued = issued
        return context
    }
}
