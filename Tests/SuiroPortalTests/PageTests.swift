import HTTPTypes
import SuiroDomain
import Testing

/// Every page, in both languages.
@Suite struct PageTests {
    @Test(arguments: Shown.allCases, Language.allCases)
    func `the page is the one that was agreed on`(page: Shown, language: Language) async throws {
        let shown = try await page.visit(in: language)
        try Golden.expect(shown.html, is: "\(page.rawValue).\(language.rawValue)")
    }

    @Test(arguments: Shown.allCases)
    func `both languages have the same headings, links and fields`(page: Shown) async throws {
        let english = Document(try await page.visit(in: .en).html)
        let japanese = Document(try await page.visit(in: .ja).html)
        #expect(english.headings == japanese.headings)
        #expect(english.links.map(Self.neutral) == japanese.links.map(Self.neutral))
        #expect(english.fields == japanese.fields)
    }

    /// Links to the other language, and subjects of mails, are meant to differ.
    private static func neutral(_ link: String) -> String {
        link.replacing("lang=en", with: "lang=").replacing("lang=ja", with: "lang=")
    }

    @Test(arguments: Shown.allCases, Language.allCases)
    func `the page is sound`(page: Shown, language: Language) async throws {
        let document = Document(try await page.visit(in: language).html)
        #expect(document.html.hasPrefix("<!doctype html>\n<html lang=\"\(language.rawValue)\">"))
        #expect(document.headings.filter { $0 == 1 }.count == 1)
        #expect(document.unlabelled.isEmpty)
        #expect(document.missingTargets.isEmpty)
        #expect(document.repeatedIDs.isEmpty)
        #expect(document.looseTables == 0)
        #expect(!document.html.contains("⟦"), "words are missing")
        #expect(!document.html.contains("%("), "arguments are missing")
        for forbidden in ["<script", " style=\"", " onclick", "javascript:"] {
            #expect(!document.html.contains(forbidden))
        }
    }

    @Test(arguments: Language.allCases)
    func `no two kinds of page share a title`(language: Language) async throws {
        // The same matter at another moment may keep its title.
        let pages: [Shown] = [
            .signIn, .signOut, .home, .customers, .customer, .subscription, .access, .endAccess, .requests, .newRequest,
            .newRequestMistakes, .request, .code, .reusable, .consent, .checkAccept, .checkDecline, .ask, .accepted,
            .declined, .withdrawn, .announcements, .announcement, .announcementEmergency,
            .package, .newPackage, .newPackageMistakes, .impact, .publish, .publishMistake, .publishCheck,
            .withdrawPackage, .switches, .switchForm, .switchMistakes, .switchCheck, .policies, .webhooks,
            .webhookSecret, .audit,
            .auditMistake,
            .explanation, .accessibility, .sessions,
            .refused, .notFound, .moves, .newMoveCustomer, .newMoveSubjects, .newMoveSubjectsMistake, .newMoveTarget,
            .newMoveTargetMistakes, .newMovePreview, .newMoveAsking, .newMoveChanged, .move, .moveAnswerMistake,
            .moveDetails, .moveCheckStep, .withdrawMove, .leftoverRemove, .leftoverSignOff, .delegationOwn,
            .accessAll, .accessCalendar, .accessUnused, .accessTerms, .extensionRows, .delegations,
            .signInCode, .enrol, .enrolGone, .enrolled, .authorize, .authorizeUnknown,
        ]
        var titles: Set<String> = []
        for page in pages { titles.insert(Document(try await page.visit(in: language).html).title) }
        #expect(titles.count == pages.count)
    }

    @Test func `there are no goldens of pages that are gone`() {
        let wanted = Shown.allCases.flatMap { page in Language.allCases.map { "\(page.rawValue).\($0.rawValue)" } }
        #expect(Golden.names == Set(wanted))
    }

    @Test func `mistakes, refusals and strangers are answered with a status of their own`() async throws {
        let statuses: [(Shown, HTTPResponse.Status)] = [
            (.customer, .ok), (.newRequestMistakes, .badRequest), (.consentMistake, .badRequest),
            (.consentWrongTenant, .forbidden), (.consentPartner, .forbidden), (.refused, .forbidden),
            (.newMoveSubjectsMistake, .badRequest), (.newMoveTargetMistakes, .badRequest), (.newMoveChanged, .conflict),
            (.moveAnswerMistake, .badRequest), (.moveAssessMistake, .badRequest), (.moveDetails, .badRequest),
            (.notFound, .notFound), (.explanationNone, .notFound), (.newPackageMistakes, .badRequest),
            (.publishMistake, .badRequest), (.switchMistakes, .badRequest), (.delegationMistake, .badRequest),
            (.accessAllMistake, .badRequest),
        ]
        for (page, status) in statuses { #expect(try await page.visit(in: .en).status == status, "\(page)") }
    }
}
