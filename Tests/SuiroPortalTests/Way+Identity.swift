import SuiroDomain
import SuiroHTTP
import SuiroService

extension Way {
    static let password = "paper lanterns in the rain"

    /// Pages on the way in, and what programs ask for.
    func goIn(to page: Shown) async throws -> Reply? {
        switch page {
        case .signInMistake:
            try await browser.get("/sign-in?next=/requests")
            return try await browser.post("/sign-in", ["mail": "mai@hikari.example", "password": "not this one"])
        case .signInCode:
            _ = try await enrolled()
            try await browser.get("/sign-in")
            return try await browser.follow(
                try await browser.submit(
                    "/sign-in",
                    [("next", "/customers"), ("mail", "mai@hikari.example"), ("password", Self.password)]
                )
            )
        case .enrol: return try await browser.get("/enrol/\(newcomer())")
        case .enrolMistake:
            let link = try await newcomer()
            try await browser.get("/enrol/\(link)")
            return try await browser.post("/enrol/\(link)", ["password": "hikari.example", "code": "123456"])
        case .enrolGone: return try await browser.get("/enrol/\(String(repeating: "0", count: 64))")
        case .enrolled: return try await enrolled()
        case .authorize: return try await browser.get(authorization())
        case .authorizeUnknown:
            return try await browser.get(authorization() + "&redirect_uri=https%3A%2F%2Felsewhere.example%2F")
        default: return nil
        }
    }

    /// Somebody new at Hikari, with the code of their link.
    func newcomer() async throws -> String {
        try await world.service.addPerson(
            named: "Mai Ito",
            mail: "mai@hikari.example",
            roles: [.globalAdmin],
            of: world.hikari
        ).code
    }

    func enrolled() async throws -> Reply {
        let link = try await newcomer()
        try await browser.get("/enrol/\(link)")
        guard let view = try await world.service.enrolment(link) else { throw World.Missing.value("a link") }
        return try await browser.post("/enrol/\(link)", ["password": Self.password, "code": code(of: view.secret)])
    }

    /// What an authenticator app would show.
    func code(of secret: String, ahead steps: Int = 0) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bytes, bits, count) = ([UInt8](), 0, 0)
        for letter in secret {
            bits = (bits << 5 | (letters.firstIndex(of: letter) ?? 0)) & 0xFFFF
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return TimeCode.code(bytes, at: TimeCode.step(at: world.now) + steps)
    }

    func authorization() async throws -> String {
        let (client, _) = try await world.service.registerClient(
            named: "Nightly billing",
            of: world.tozai,
            redirects: ["https://billing.example/back"]
        )
        return "/\(world.tozai)/oauth2/v2.0/authorize?client_id=\(client.id)&response_type=code"
            + "&redirect_uri=https%3A%2F%2Fbilling.example%2Fback&state=a%20b&scope=openid+offline_access"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    }
}
