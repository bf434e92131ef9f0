import HTTPTypes
import SuiroDomain
import SuiroHTTP

/// Every page there is to look at, and the way to it.
enum Shown: String, CaseIterable, Sendable {
    case signIn, signInToken, signOut, home, homeCustomer, homeVendor, customers, customersNone, customer, customerOwn,
        subscription, subscriptionAhead, access, accessOwn, endAccess, requests, newRequest, newRequestMistakes,
        request, requestDraft, code, codeMistake, reusable, reusableSignedIn, doorstep, consent, consentMistake,
        consentNotAdmin, consentWrongTenant, consentPartner, checkAccept, checkDecline, ask, accepted, declined,
        withdrawn, announcements, policies, policy, audit, auditMistake, explanation, explanationNone, accessibility,
        refused, notFound

    /// Goes there, in a world of its own; what the browser then shows is the page.
    func visit(in language: Language) async throws -> (html: String, status: HTTPResponse.Status) {
        let world = try await World(isSandbox: self == .home, hasPersonas: self != .signInToken)
        let browser = try await Browser(world, as: who, in: language)
        let reply = try await Way(world, browser).go(to: self)
        return (browser.page, reply.status)
    }

    private var who: Who? {
        switch self {
        case .signIn, .signInToken, .doorstep, .reusable, .accessibility: nil
        case .homeCustomer, .customerOwn, .accessOwn, .endAccess: .tanaka
        case .homeVendor: .sofia
        case .consentNotAdmin: .suzuki
        case .consentWrongTenant: .tanaka
        case .code, .codeMistake, .reusableSignedIn, .consent, .consentMistake, .checkAccept, .checkDecline, .ask,
            .accepted, .declined, .withdrawn:
            .aoi
        default: .hanako
        }
    }
}
