import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// What somebody reads who follows their link for the first time.
package struct EnrolmentView: Sendable {
    package let person: Person
    package let organization: Organization
    /// The secret of the authenticator app, in Base32.
    package let secret: String
    /// The same as a link that apps understand.
    package let address: String
}

/// What came of an enrolment.
package enum EnrolmentOutcome: Sendable {
    /// Codes for the day the authenticator is lost: shown here, and never again.
    case enrolled(recoveryCodes: [String])
    case badPassword(PasswordRule)
    case wrongCode
    /// The link has been used, has ended or never was.
    case noSuchLink
    /// Somebody else signs in with this mail address.
    case mailTaken
}

extension PartnerService {
    /// Hours in which a link of enrolment can be used.
    package static let enrolmentHours = 24

    /// Makes a person who can enrol with the link's code. The code is shown here and never again (K-13).
    package func addPerson(
        named name: String,
        mail: String,
        roles: Set<Role>,
        of tenant: ID<Tenant>
    ) async throws -> (person: Person, code: String) {
        let (id, code): (ID<Person>, String) = (environment.newID(), environment.newSecret())
        let end = environment.now().adding(seconds: Self.enrolmentHours * 3600)
        let person = try await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let home = try tx.organization(tenant) else { throw Refusal.notFound(.organization, "\(tenant)") }
            guard try !tx.people(of: tenant).contains(where: { $0.mail.lowercased() == mail.lowercased() }) else {
                throw Refusal.invalid([InputFault(field: "mail", code: .unknown, value: mail)])
            }
            let person = Person(
                id: id,
                tenant: tenant,
                name: name,
                mail: mail,
                language: home.language,
                roles: roles
            )
            try tx.insert(person)
            try tx.insertEnrolment(hash: code.sha256, of: id, until: end)
            try tx.record(
                .identity(.personAdded, of: "\(id)"),
                remark(home, ["mail": mail, "roles": roles.words])
            )
            return person
        }
        return (person, code)
    }

    /// A new link for somebody who is there. Who has enrolled already keeps what they have until the new link is used,
    /// and gets one only on `again`.
    package func renewEnrolment(of mail: String, in tenant: ID<Tenant>, again: Bool) async throws -> String {
        let code = environment.newSecret()
        let end = environment.now().adding(seconds: Self.enrolmentHours * 3600)
        _ = try await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let home = try tx.organization(tenant),
                let person = try tx.people(of: tenant).first(where: {
                    $0.mail.lowercased() == mail.lowercased() && $0.isActive && $0.roles != [.app]
                })
            else { throw Refusal.notFound(.organization, mail) }
            guard try again || tx.credential(of: person.id) == nil else {
                throw Refusal.invalid([InputFault(field: "again", code: .required, value: nil)])
            }
            try tx.deleteEnrolments(of: person.id)
            try tx.insertEnrolment(hash: code.sha256, of: person.id, until: end)
            try tx.record(.identity(.enrolmentIssued, of: "\(person.id)"), remark(home, ["mail": mail]))
            return true
        }
        return code
    }

    /// What the link shows; `nil` for a link that opens nothing. Looking changes nothing.
    package func enrolment(_ code: String) async throws -> EnrolmentView? {
        guard let vault else { return nil }
        let found = try await readAsSystem { tx -> (Person, Organization)? in
            guard let id = try tx.enrolment(hash: code.sha256), let person = try tx.person(id), person.isActive,
                let home = try tx.organization(person.tenant)
            else { return nil }
            return (person, home)
        }
        guard let (person, home) = found else { return nil }
        let secret = Self.seed(code, of: person.id, vault).base32
        let label = "Suiro:\(person.mail)".addressed
        return EnrolmentView(
            person: person,
            organization: home,
            secret: secret,
            address: "otpauth://totp/\(label)?secret=\(secret)&issuer=Suiro&algorithm=SHA1&digits=6&period=30"
        )
    }

    /// Keeps password and seed, once for each link; whatever opened the door before opens it no longer.
    package func enrol(_ code: String, password: String, timeCode: String) async throws -> EnrolmentOutcome {
        guard let vault, let view = try await enrolment(code) else { return .noSuchLink }
        let (person, home) = (view.person, view.organization)
        let words = person.mail.split(separator: "@").map(String.init) + [person.name, home.name, "suiro"]
        if let fault = PasswordRule.fault(password, of: words) { return .badPassword(fault) }
        let seed = Self.seed(code, of: person.id, vault)
        guard let step = TimeCode.step(of: timeCode, seed, at: environment.now()) else { return .wrongCode }
        let (bytes, salt, cost) = (Array(password.utf8), environment.randomBytes(16), passwordCost)
        let kept = Credential(
            person: person.id,
            mailKey: person.mail.lowercased(),
            password: try await passwords.run { try PasswordHash(bytes, cost, salt: salt).text },
            seed: try vault.wrap(seed, .seed, of: "\(person.id)"),
            lastStep: step
        )
        let recovery = (0..<10).map { _ in environment.newRecoveryCode() }
        let done = try await writeAsSystem(in: .tenant(home.id)) { tx in
            guard try tx.useEnrolment(hash: code.sha256), try tx.person(person.id)?.isActive == true else {
                return Enrolled.noSuchLink
            }
            if let other = try tx.credential(mail: kept.mailKey), other.person != person.id {
                // The link stays used: nobody may try it against every address.
                return Enrolled.mailTaken
            }
            try tx.save(kept)
            try tx.replaceRecoveryCodes(of: person.id, by: recovery.map { Self.recoveryHash($0, of: person.id) })
            try tx.deletePortalSessions(of: person.id)
            for family in try tx.tokenFamilies(of: person.id) { try tx.revoke(family) }
            try tx.record(.identity(.personEnrolled, of: "\(person.id)"), remark(home, ["mail": person.mail]))
            return Enrolled.done
        }
        switch done {
        case .done: return .enrolled(recoveryCodes: recovery)
        case .noSuchLink: return .noSuchLink
        case .mailTaken: return .mailTaken
        }
    }

    private enum Enrolled: String, Codable { case done, noSuchLink, mailTaken }

    /// Nobody who finds a used link can tell the seed from it: that takes the master key as well.
    private static func seed(_ code: String, of person: ID<Person>, _ vault: Vault) -> [UInt8] {
        Array(vault.derive("\(person)\n\(code)", .enrolment).prefix(20))
    }

    /// Recovery codes are read without case, blanks and hyphens.
    static func recoveryHash(_ code: String, of person: ID<Person>) -> String {
        "recovery \(person) \(code.uppercased().filter { $0.isLetter || $0.isNumber })".sha256
    }

    /// An event that concerns one organization, in the column that its own people look it up by.
    func remark(_ home: Organization, _ details: [String: String], hasSucceeded: Bool = true) -> Remark {
        Remark(
            partner: home.kind.isPartner ? home.id.as(Partner.self) : nil,
            customer: home.kind == .customer ? home.id.as(Customer.self) : nil,
            details: details,
            hasSucceeded: hasSucceeded
        )
    }
}

extension String {
    /// Everything but letters and digits as bytes in hexadecimal.
    fileprivate var addressed: String {
        utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            let digits = Array("0123456789ABCDEF")
            return isPlain
                ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined()
    }
}

extension Set<Role> {
    fileprivate var words: String { map(\.rawValue).sorted().joined(separator: " ") }
}
