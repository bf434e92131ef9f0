package import SuiroDomain

extension TokenFamily {
    fileprivate static let columns: SQL = """
        f.id, f.client_id, f.person_id, f.tenant_id, f.wish, f.proof, f.created_at, f.expires_at, f.revoked_at
        """

    fileprivate init(_ cursor: inout Cursor) throws {
        let (id, client): (ID<TokenFamily>, ID<Client>) = (try cursor.next(), try cursor.next())
        let (person, tenant): (ID<Person>, ID<Tenant>) = (try cursor.next(), try cursor.next())
        let wish: JSONText<AuthorizationWish> = try cursor.next()
        let proof: JSONText<SignInProof> = try cursor.next()
        self.init(
            id: id,
            client: client,
            person: person,
            tenant: tenant,
            wish: wish.value,
            proof: proof.value,
            createdAt: try cursor.next(),
            expiresAt: try cursor.next(),
            revokedAt: try cursor.next()
        )
    }
}

extension Transaction {
    package func insert(_ code: AuthorizationCode) throws {
        let family = code.family
        try session.run(
            """
            INSERT INTO token_family (id, client_id, person_id, tenant_id, wish, proof, created_at, expires_at)
            VALUES (\(family.id), \(family.client), \(family.person), \(family.tenant), \(JSONText(family.wish)),
                    \(JSONText(family.proof)), \(family.createdAt), \(family.expiresAt))
            """
        )
        try session.run(
            """
            INSERT INTO authorization_code (hash, family_id, redirect, challenge, expires_at, is_used)
            VALUES (\(code.hash), \(family.id), \(code.redirect), \(code.challenge), \(code.expiresAt), 0)
            """
        )
    }

    package func authorizationCode(hash: String) throws -> AuthorizationCode? {
        try session.first(
            """
            SELECT \(TokenFamily.columns), c.hash, c.redirect, c.challenge, c.expires_at, c.is_used
            FROM authorization_code c JOIN token_family f ON f.id = c.family_id WHERE c.hash = \(hash)
            """
        ) { cursor in
            let family = try TokenFamily(&cursor)
            return AuthorizationCode(
                hash: try cursor.next(),
                redirect: try cursor.next(),
                challenge: try cursor.next(),
                family: family,
                expiresAt: try cursor.next(),
                isUsed: try cursor.next()
            )
        }
    }

    /// Whether the code is used here for the first time.
    package func useAuthorizationCode(hash: String) throws -> Bool {
        try session.run("UPDATE authorization_code SET is_used = 1 WHERE hash = \(hash) AND is_used = 0") == 1
    }

    package func insertRefreshToken(hash: String, of family: ID<TokenFamily>) throws {
        try session.run("INSERT INTO refresh_token (hash, family_id, is_used) VALUES (\(hash), \(family), 0)")
    }

    /// The family of a refresh token, used or not.
    package func tokenFamily(refresh hash: String) throws -> TokenFamily? {
        try session.first(
            """
            SELECT \(TokenFamily.columns) FROM refresh_token r JOIN token_family f ON f.id = r.family_id
            WHERE r.hash = \(hash)
            """
        ) { cursor in try TokenFamily(&cursor) }
    }

    /// Whether the token is used here for the first time.
    package func useRefreshToken(hash: String) throws -> Bool {
        try session.run("UPDATE refresh_token SET is_used = 1 WHERE hash = \(hash) AND is_used = 0") == 1
    }

    /// Notes an access token, so that it ends with its family.
    package func insert(_ token: ID<Token>, of family: ID<TokenFamily>, until end: Instant) throws {
        try session.run("INSERT INTO family_token (id, family_id, expires_at) VALUES (\(token), \(family), \(end))")
    }

    /// Ends a family: its refresh tokens, and its access tokens from the next request on. Answers whether it lived.
    @discardableResult
    package func revoke(_ family: ID<TokenFamily>) throws -> Bool {
        let at = permit.intent.at
        let changed = try session.run(
            "UPDATE token_family SET revoked_at = \(at) WHERE id = \(family) AND revoked_at IS NULL"
        )
        try session.run(
            """
            INSERT INTO revoked_token (id, at) SELECT id, \(at) FROM family_token WHERE family_id = \(family)
            ON CONFLICT (id) DO NOTHING
            """
        )
        return changed == 1
    }

    package func tokenFamilies(of client: ID<Client>) throws -> [ID<TokenFamily>] {
        try session.all("SELECT id FROM token_family WHERE client_id = \(client) AND revoked_at IS NULL") { cursor in
            try cursor.next()
        }
    }

    package func tokenFamilies(of person: ID<Person>) throws -> [ID<TokenFamily>] {
        try session.all("SELECT id FROM token_family WHERE person_id = \(person) AND revoked_at IS NULL") { cursor in
            try cursor.next()
        }
    }
}
