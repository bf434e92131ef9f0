import HTTPTypes
package import SuiroAssets
import SuiroDomain
package import SuiroHTTP
package import SuiroService
import SuiroStore

/// The pages people read and the forms they send. It asks the service and shows the answer; it decides nothing.
package struct Portal: Sendable {
    let service: PartnerService
    let words: Words
    let signIn: SignIn
    let isSandbox: Bool
    let style: Style
    let throttle: Throttle

    package init(
        service: PartnerService,
        words: Words,
        signIn: SignIn,
        isSandbox: Bool,
        throttle: Throttle = .open
    ) {
        self.throttle = throttle
        (self.service, self.words, self.signIn, self.isSandbox) = (service, words, signIn, isSandbox)
        style = Style()
    }

    /// Every page and every form. Reading a page changes nothing; what changes something is posted.
    package var routes: [HTTPRoute] {
        fixed + open + identity + inside + reviewing + forms + policyMaking + moving
    }

    private var fixed: [HTTPRoute] {
        [
            HTTPRoute(.get, "/style.css") { style.sheet($0) },
            HTTPRoute(.get, "/favicon.ico") { _ in style.icon },
        ]
    }

    /// For everybody.
    private var open: [HTTPRoute] {
        [
            page("/sign-in", signInPage),
            page("/accessibility", accessibilityPage),
            page(Place.compatibility, compatibilityPage),
            page("/r", codePage),
            page("/r/{code}", consentPage),
            HTTPRoute(.post, "/sign-in", beginSession),
        ]
    }

    /// For people on their way in, and for programs that send them here.
    private var identity: [HTTPRoute] {
        [
            page("/sign-in/code", signInCodePage),
            page("/enrol/{code}", enrolPage),
            page("/{tenant}/oauth2/authorize", authorizePage),
            page("/{tenant}/oauth2/v2.0/authorize", authorizePage),
            HTTPRoute(.post, "/sign-in/code", finishSignIn),
            HTTPRoute(.post, "/enrol/{code}", enrol),
            form("/{tenant}/oauth2/authorize", answerAuthorization),
            form("/{tenant}/oauth2/v2.0/authorize", answerAuthorization),
        ]
    }

    /// For people who have signed in.
    private var inside: [HTTPRoute] {
        [
            page("/", homePage),
            page("/sign-out", signOutPage),
            page("/sessions", sessionsPage),
            page("/customers", customersPage),
            page("/customers/{id}", customerPage),
            page("/customers/{id}/people-and-access", accessPage),
            page("/customers/{id}/access/{accessId}/end", endAccessPage),
            page("/customers/{id}/subscriptions/{sid}", subscriptionPage),
            page("/requests", requestsPage),
            page("/requests/new", newRequestPage),
            page("/requests/{id}", requestPage),
            page("/requests/{id}/eml", requestMail),
            page("/delegations/{id}", delegationPage),
            page("/announcements", announcementsPage),
            page("/announcements/{id}", announcementPage),
            page("/announcements/{id}/affected.csv", affectedFile),
            page("/policies", policiesPage),
            page("/webhooks", webhooksPage),
            page("/audit", auditPage),
            page("/audit.csv", auditFile),
            page("/audit/explain/{id}", explanationPage),
        ]
    }

    /// All access of an organization at once.
    private var reviewing: [HTTPRoute] {
        [
            page("/access", accessReviewPage),
            page("/access.csv", accessFile),
            page("/access/calendar", accessCalendarPage),
            page("/access/calendar.ics", accessCalendarFile),
            page("/access/unused", unusedAccessPage),
            page("/access/unused.csv", unusedFile),
            page("/access/extensions/{id}", extensionPage),
            page("/customers/{id}/access/{accessId}/terms", accessTermsPage),
            page("/delegations", delegationsPage),
            form("/access/extensions", extendAccess),
        ]
    }

    /// For those who answer for the rules.
    private var policyMaking: [HTTPRoute] {
        [
            page("/policies/packages/new", newPackagePage),
            page("/policies/packages/{id}", packagePage),
            page("/policies/packages/{id}/impact", impactPage),
            page("/policies/packages/{id}/impact.csv", impactFile),
            page("/policies/packages/{id}/publish", publishPage),
            page("/policies/packages/{id}/withdraw", withdrawPackagePage),
            page("/policies/switches", switchesPage),
            page("/policies/switches/{key}", switchPage),
            form("/policies/packages/new", limit: Self.packageLimit, draftPackage),
            form("/policies/packages/{id}/publish", isDangerous: true, publishPackage),
            form("/policies/packages/{id}/withdraw", withdrawPackage),
            form("/policies/switches/{key}/check", checkSwitch),
            form("/policies/switches/{key}", isDangerous: true, setSwitch),
        ]
    }

    /// Changes of partner and channel, and what they leave behind.
    private var moving: [HTTPRoute] {
        [
            page("/switches", movesPage),
            page("/switches/new", newMovePage),
            page("/switches/{id}", movePage),
            page("/switches/{id}/calendar", moveCalendar),
            page("/switches/{id}/steps/{step}", moveStepPage),
            page("/switches/{id}/withdraw", withdrawMovePage),
            page("/customers/{id}/leftovers/{leftoverId}", leftoverPage),
            form("/switches/new", requestMove),
            form("/switches/{id}/check", checkAnswer),
            form("/switches/{id}/acceptance", isDangerous: true, approveMove),
            form("/switches/{id}/refusal", isDangerous: true, declineMove),
            form("/switches/{id}/retraction", retractApproval),
            form("/switches/{id}/renewal", renewMove),
            form("/switches/{id}/steps/{step}", doMoveStep),
            form("/switches/{id}/withdraw", withdrawMove),
            form("/customers/{id}/leftovers/{leftoverId}", resolveLeftover),
        ]
    }

    private var forms: [HTTPRoute] {
        [
            form("/sign-out", endSession),
            form("/sessions", endListedSessions),
            form("/requests/new", makeRequest),
            form("/requests/{id}/reminder", remind),
            form("/requests/{id}/withdrawal", withdraw),
            form("/r", startInvitation),
            form("/r/{code}", answerInvitation),
            form("/r/{code}/acceptance", isDangerous: true, acceptInvitation),
            form("/r/{code}/refusal", declineInvitation),
            form("/delegations/{id}", answerDelegation),
            form("/delegations/{id}/acceptance", isDangerous: true, approveDelegation),
            form("/delegations/{id}/refusal", rejectDelegation),
            form("/customers/{id}/access/{accessId}/end", isDangerous: true, endAccess),
            form("/webhooks/test-event", testWebhook),
            form("/webhooks/resending", resendWebhook),
            form("/webhooks/new-secret", renewWebhookSecret),
        ]
    }
}
