import SuiroDomain
package import SuiroStore

extension PartnerService {
    /// Makes the head of the day before, where no server has yet, and hands the witness what it has not. A head stands
    /// for all chains as they are when it is made; a day on which no server ran has none.
    package func makeHead() async throws {
        try await makeHeadOfYesterday()
        guard let witness = environment.witness else { return }
        let last = try witness.last()
        try witness.append(try await readAsSystem { tx in try tx.heads(after: last) })
    }

    private func makeHeadOfYesterday() async throws {
        let day = String(environment.now().adding(days: -1).short.prefix(10))
        let (newest, ends) = try await readAsSystem { tx -> (KeptHead?, [(now: ChainEnd, then: Int)]) in
            let newest = try tx.newestHead().map { head in
                KeptHead(
                    number: head.number,
                    day: head.day,
                    body: "",
                    hash: head.hash,
                    key: "",
                    signature: "",
                    grown: []
                )
            }
            guard newest.map({ $0.day < day }) ?? true else { return (newest, []) }
            return (newest, try tx.chainEnds())
        }
        guard newest.map({ $0.day < day }) ?? true, !ends.isEmpty else { return }
        let key = try await headKey()
        let head = AuditHead(
            ends.map(\.now),
            cloud: cloud,
            number: (newest?.number ?? 0) + 1,
            day: day,
            at: environment.now(),
            previous: newest?.hash ?? AuditHead.origin
        )
        let kept = KeptHead(
            number: head.number,
            day: day,
            body: head.text,
            hash: head.text.sha256,
            key: key.publicKey.id,
            signature: try key.sign(head.text),
            grown: ends.filter { $0.now.sequence > $0.then }.map(\.now)
        )
        do {
            _ = try await writeAsSystem { tx in
                guard try tx.newestHead()?.number ?? 0 == kept.number - 1 else { return false }
                try tx.insert(kept)
                return true
            }
        } catch StoreError.duplicate {
            // Another server made it first: that is as good.
        }
    }

    /// The key outside of the database, or, where none is named, one inside: it tells mistakes from the truth, but not
    /// an attacker who reads the database.
    package func headKey() async throws -> HeadKey {
        if let key = environment.headKey { return key }
        let fresh = environment.randomBytes(32).base64
        let text = try await writeAsSystem { tx in try tx.secret("auditHeadKey", or: fresh) }
        guard let seed = text.base64Decoded else { throw StoreError.corrupt(column: "secret.value") }
        return try HeadKey(seed: seed)
    }

    /// Heads after a number, for auditors, who keep them where nobody else writes.
    package func auditHeads(
        after number: Int,
        limit: Int,
        _ context: CallContext
    ) async throws -> (heads: [KeptHead], key: HeadPublicKey) {
        let heads = try await read(context, .readAudit, in: .system) { tx in
            try tx.heads(after: number, limit: limit)
        }
        return (heads, try await headKey().publicKey)
    }
}
