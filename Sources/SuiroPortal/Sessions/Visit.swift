import FoundationEssentials
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// One request as a page sees it: in which language, by whom, at what time.
struct Visit: Sendable {
    let exchange: Exchange
    let language: Language
    let words: Words
    /// Who has signed in; `nil` before.
    let visitor: Visitor?
    /// Joins what this request did, read and refused.
    let correlation: UUID
    let now: Instant
    let newUUID: @Sendable () -> UUID

    /// A sentence of the catalogue, in the reader's language.
    func say(_ key: String, _ arguments: [String: Argument] = [:]) -> String { words.say(key, language, arguments) }

    /// Words as a list: `a, b` or `a、b`.
    func list(_ items: [String]) -> String {
        guard let first = items.first else { return "" }
        return items.dropFirst().reduce(first) { list, item in
            say("portal.list.pair", ["first": .text(list), "second": .text(item)])
        }
    }

    /// A path parameter that must be an id; a text that is none names nothing.
    func id<Subject>(_ name: String, _ thing: Refusal.Thing) throws -> ID<Subject> {
        let text = exchange.parameters[name] ?? ""
        guard let id = ID<Subject>(text) else { throw Refusal.notFound(thing, text) }
        return id
    }

    /// Where this page can be asked for again: of what is posted below a page, the page.
    var page: String {
        let postOnly: Set = [
            "reminder", "withdrawal", "acceptance", "refusal", "retraction", "renewal", "check", "test-event",
            "resending", "new-secret", "extensions",
        ]
        var parts = exchange.path.split(separator: "/")
        if let last = parts.last, postOnly.contains(last.lowercased()) { parts.removeLast() }
        return "/" + parts.joined(separator: "/")
    }

    /// The query of this request without some names, encoded again.
    func query(without names: String...) -> String {
        exchange.query.items.filter { !names.contains($0.name) && !$0.value.isEmpty }
            .map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

/// Somebody who has signed in, as the database knows them now.
struct Visitor: Sendable {
    let person: Person
    let organization: Organization
    let session: PortalSession
    let use: SessionUse
    /// Stable for the session, so that what it does can be told apart from other sessions.
    let token: ID<Token>

    /// Whether a sign-in stands behind this that is at most five minutes old.
    func hasJustSignedIn(at now: Instant) -> Bool { use.isUnlimited || now <= use.began.adding(seconds: 300) }

    var caller: Caller { .person(person.id, of: organization.id, token: token) }

    /// Whether the gate would admit this person, at home or at a customer they have a relationship or a move with.
    func may(_ action: Action, in scope: Scope? = nil, at now: Instant) -> Bool {
        let principal = Principal(
            person: person.id,
            personName: person.name,
            tenant: organization.id,
            tenantName: organization.name,
            kind: organization.kind,
            standing: organization.standing,
            roles: person.roles
        )
        let intent = Intent(
            caller,
            action,
            in: scope ?? .tenant(organization.id),
            at: now,
            correlation: organization.id.uuid
        )
        return (try? Gate.admit(intent, knowing: Facts(principal: principal, hasTie: true, isPartyOfMove: true))) != nil
    }
}

extension Visit {
    /// The call behind a page that only reads.
    func context(_ visitor: Visitor) -> CallContext {
        CallContext(caller: visitor.caller, correlation: correlation, language: language)
    }

    /// The call behind a posted form: the same form, posted twice, is one request.
    func context(_ visitor: Visitor, _ form: Form) -> CallContext {
        CallContext(
            caller: visitor.caller,
            request: form.request.map { RequestKey(id: $0, digest: form.digest) },
            correlation: correlation,
            language: language
        )
    }
}
