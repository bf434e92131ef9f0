import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// What came of a mail address and a password, or of a code after it.
package enum SignInOutcome: Sendable {
    /// A code is asked for next, under this text that the browser keeps.
    case codeNeeded(step: String)
    case signedIn(ID<Person>, SignInProof, device: String)
    /// Wrong, unknown or held off: nobody outside is told which (K-15).
    case refused
}

extension PartnerService {
    /// Seconds between the password and the code.
    private static let stepSeconds = 300
    /// Account names that fail within a quarter of an hour before somebody is told.
    package static let sprayLimit = 50

    /// The first half of signing in. It takes as long for a name that nobody has as for a wrong password. `device` is
    /// what a browser has kept from an earlier sign-in: its failures are counted apart, so that whoever tries
    /// passwords elsewhere cannot hold its owner off.
    package func beginSignIn(mail: String, password: String, device: String?) async throws -> SignInOutcome {
        guard let vault, mail.utf8.count <= 320, password.utf8.count <= 4 * PasswordRule.longest else {
            return .refused
        }
        let account = account(mail, device, vault)
        let (credential, isHeld, home) = try await readAsSystem { tx in
            let credential = try tx.credential(mail: mail)
            let person = try credential.flatMap { try tx.person($0.person) }
            let home = try person.flatMap { try tx.organization($0.tenant) }
            let held = try tx.signInAttempts(of: account)?.isHeld(at: tx.permit.intent.at) ?? false
            return (person?.isActive == true ? credential : nil, held, home)
        }
        let (bytes, cost) = (Array(password.utf8), passwordCost)
        let kept = credential?.password
        let isRight = try await passwords.run {
            guard let hash = kept.flatMap(PasswordHash.init) else {
                _ = try PasswordHash(bytes, cost, salt: Array(repeating: 0, count: 16))
                return false
            }
            return try hash.matches(bytes)
        }
        guard let credential, isRight, !isHeld else {
            if !isHeld { try await noteFailure(account, credential?.person, home) }
            return .refused
        }
        let step = environment.newSecret()
        let end = environment.now().adding(seconds: Self.stepSeconds)
        let isOpen = try await writeAsSystem { tx in
            // Whoever guesses many at once has been held off in between.
            guard try tx.signInAttempts(of: account)?.isHeld(at: tx.permit.intent.at) != true else { return false }
            try tx.insert(SignInStep(person: credential.person, account: account), hash: step.sha256, until: end)
            return true
        }
        return isOpen ? .codeNeeded(step: step) : .refused
    }

    /// The second half: a code of the authenticator app, or a recovery code; each opens the door once.
    package func finishSignIn(step: String, code: String) async throws -> SignInOutcome {
        guard let vault else { return .refused }
        let found = try await readAsSystem { tx -> (SignInStep, Person, Organization)? in
            guard let step = try tx.signInStep(hash: step.sha256), let person = try tx.person(step.person),
                person.isActive, let home = try tx.organization(person.tenant)
            else { return nil }
            return (step, person, home)
        }
        guard let (kept, person, home) = found else { return .refused }
        let now = environment.now()
        let methods: [String] = try await writeAsSystem(in: .tenant(home.id)) { tx in
            guard try tx.signInAttempts(of: kept.account)?.isHeld(at: now) != true,
                try tx.signInStep(hash: step.sha256) != nil, let credential = try tx.credential(of: person.id),
                let seed = vault.unwrap(credential.seed, .seed, of: "\(person.id)")
            else { return [] }
            let methods: [String]
            if let moment = TimeCode.step(of: code, seed, at: now) {
                guard try tx.use(step: moment, of: person.id) else { return [] }
                methods = ["pwd", "otp", "mfa"]
            } else {
                guard try tx.useRecoveryCode(Self.recoveryHash(code, of: person.id), of: person.id) else { return [] }
                methods = ["pwd", "mfa"]
            }
            guard try tx.useSignInStep(hash: step.sha256) else { return [] }
            try tx.deleteSignInAttempts(of: kept.account)
            try tx.record(
                .identity(.signInSucceeded, of: "\(person.id)"),
                remark(home, ["person": person.name, "methods": methods.joined(separator: " ")])
            )
            return methods
        }
        guard !methods.isEmpty else {
            try await noteFailure(kept.account, person.id, home)
            return .refused
        }
        return .signedIn(person.id, SignInProof(amr: methods, at: now), device: newDevice(person.mail, vault))
    }

    private func noteFailure(_ account: String, _ person: ID<Person>?, _ home: Organization?) async throws {
        let home = person == nil ? nil : home
        _ = try await writeAsSystem(in: home.map { .tenant($0.id) } ?? .system) { tx in
            let now = tx.permit.intent.at
            let known = try tx.signInAttempts(of: account)
            let attempts = SignInAttempts.adding(to: known, at: now)
            try tx.save(attempts, of: account)
            if let home, let person {
                let event: IdentityEvent = attempts.isHeld(at: now) ? .signInHeldOff : .signInFailed
                try tx.record(.identity(event, of: "\(person)"), remark(home, [:], hasSucceeded: false))
            }
            // Told once: by the failure that makes the number full.
            let count = try tx.countSignInAttempts(since: now.adding(seconds: -SignInAttempts.window))
            if known == nil, count == Self.sprayLimit {
                try tx.record(
                    .identity(.signInSprayed, of: "sign-in"),
                    Remark(details: ["accounts": "\(count)"], hasSucceeded: false)
                )
            }
            return true
        }
    }

    /// The name failures are counted under: the mail address, and the browser where it is known.
    private func account(_ mail: String, _ device: String?, _ vault: Vault) -> String {
        let mail = mail.lowercased()
        let parts = device?.split(separator: ".").map(String.init) ?? []
        guard parts.count == 2, parts[1] == deviceSeal(parts[0], mail, vault) else { return "sign-in \(mail)".sha256 }
        return "sign-in \(mail) \(parts[0])".sha256
    }

    private func newDevice(_ mail: String, _ vault: Vault) -> String {
        let name = String(environment.newSecret().prefix(32))
        return "\(name).\(deviceSeal(name, mail.lowercased(), vault))"
    }

    private func deviceSeal(_ name: String, _ mail: String, _ vault: Vault) -> String {
        vault.derive("\(name)\n\(mail)", .device).base64URL
    }
}
