import HTTPTypes
import SuiroDomain
import SuiroHTTP

/// Every page there is to look at, and the way to it.
enum Shown: String, CaseIterable, Sendable {
    case signIn, signInToken, signOut, home, homeCustomer, homeVendor, customers, customersNone, customer, customerOwn,
        subscription, subscriptionAhead, access, accessOwn, endAccess, requests, newRequest, newRequestMistakes,
        request, requestDraft, code, codeMistake, reusable, reusableSignedIn, doorstep, consent, consentMistake,
        consentNotAdmin, consentWrongTenant, consentPartner, checkAccept, checkDecline, ask, accepted, declined,
        withdrawn, announcements, announcementsFiltered, announcement, announcementOwn, announcementVendor,
        announcementWithdrawn, announcementEmergency, policies, policiesOwner, policy, package, packageShipped,
        packageFaults, newPackage, newPackageMistakes, impact, publish, publishMistake, publishCheck, withdrawPackage,
        switches, switchForm, switchMistakes, switchCheck, webhooks, webhooksNone, webhookSecret, audit, auditMistake,
        explanation, explanationNone,
        accessibility, sessions,
        delegation, delegationMistake, delegationNotAdmin, delegationAccept, delegationDecline, delegationApproved,
        delegationOwn, accessAll, accessAllMistake, accessCalendar, accessUnused, accessTerms, endDelegation,
        extensionRows, delegations, delegationsOwn,
        refused, notFound, moves, movesOwn, movesNone, newMoveCustomer, newMoveSubjects, newMoveSubjectsOwn,
        newMoveSubjectsMistake, newMoveTarget, newMoveTargetMistakes, newMovePreview, newMoveBlocked, newMoveAsking,
        newMoveChanged, move, moveToAnswer, moveAnswerMistake, moveCheckApprove, moveCheckDecline, moveDeclined,
        moveStep, moveAssess, moveAssessMistake, moveDetails, moveCheckStep, moveHandover, moveCompleted, withdrawMove,
        leftoverRemove, leftoverSignOff, accessLeftovers, subscriptionMoving, homeMoves, homeCustomerMoves,
        signInMistake, signInCode, enrol, enrolMistake, enrolGone, enrolled, authorize, authorizeUnknown

    /// Goes there, in a world of its own; what the browser then shows is the page.
    func visit(in language: Language) async throws -> (html: String, status: HTTPResponse.Status) {
        let world = try await World(
            isSandbox: self == .home,
            hasPersonas: ![.signInToken, .signInMistake].contains(self)
        )
        let browser = try await Browser(world, as: who, in: language)
        let reply = try await Way(world, browser).go(to: self)
        return (browser.page, reply.status)
    }

    var who: Who? {
        switch self {
        case .signInMistake, .signInCode, .enrol, .enrolMistake, .enrolGone, .enrolled: nil
        case .signIn, .signInToken, .doorstep, .reusable, .accessibility: nil
        case .homeCustomer, .customerOwn, .accessOwn, .endAccess, .announcementOwn: .tanaka
        case .homeVendor, .announcementVendor, .announcementWithdrawn, .policiesOwner, .package, .packageShipped,
            .packageFaults, .newPackage, .newPackageMistakes, .impact, .publish, .publishMistake, .publishCheck,
            .withdrawPackage, .switches, .switchForm, .switchMistakes, .switchCheck:
            .sofia
        case .consentNotAdmin, .delegationNotAdmin: .suzuki
        case .delegation, .delegationMistake, .delegationAccept, .delegationDecline, .delegationApproved,
            .accessTerms, .accessCalendar, .delegationsOwn:
            .tanaka
        case .consentWrongTenant: .tanaka
        case .movesOwn, .newMoveSubjectsOwn, .newMoveTarget, .newMoveTargetMistakes, .moveToAnswer,
            .moveAnswerMistake, .moveCheckApprove, .moveCheckDecline, .moveDeclined, .moveCheckStep, .moveHandover,
            .moveCompleted, .withdrawMove, .leftoverRemove, .leftoverSignOff, .accessLeftovers, .subscriptionMoving,
            .homeCustomerMoves:
            .tanaka
        case .moveStep, .homeMoves: .rival
        case .code, .codeMistake, .reusableSignedIn, .consent, .consentMistake, .checkAccept, .checkDecline, .ask,
            .accepted, .declined, .withdrawn:
            .aoi
        default: .hanako
        }
    }

    /// Those with a move on them.
    static var aboutMoves: [Shown] {
        Array(allCases.drop { $0 != .moves }.prefix { $0 != .homeCustomerMoves }) + [.homeCustomerMoves]
    }
}
