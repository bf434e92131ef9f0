/// News of a change: before it holds (SM-14, S-29), or, in an emergency, when it does (6.1).
package struct Announcement: Hashable, Codable, Sendable {
    /// What is told: a package, that one is taken back, or that the policy owner had to act at once.
    package enum Kind: String, Codable, CaseIterable, Sendable { case change, withdrawal, emergency }

    package let id: ID<Announcement>
    package let kind: Kind
    package let title: [Language: String]
    package let summary: [Language: String]
    /// What readers should do; where the package says nothing about it, the faces say it for everybody.
    package let advice: [Language: String]
    package let keys: [String]
    /// The edition it tells of, to be read beside the one before it.
    package let edition: Int
    package let announcedAt: Instant
    package let effective: Instant
    /// Where it went out: the portal, and mail.
    package let channels: [String]
    /// The edition whose announcement it takes back.
    package let withdraws: Int?

    package init(
        id: ID<Announcement>,
        kind: Kind = .change,
        title: [Language: String],
        summary: [Language: String],
        advice: [Language: String] = [:],
        keys: [String],
        edition: Int,
        announcedAt: Instant,
        effective: Instant,
        channels: [String],
        withdraws: Int? = nil
    ) {
        (self.id, self.kind, self.title, self.summary, self.advice) = (id, kind, title, summary, advice)
        (self.keys, self.edition, self.announcedAt) = (keys, edition, announcedAt)
        (self.effective, self.channels, self.withdraws) = (effective, channels, withdraws)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ID<Announcement>.self, forKey: .id)
        // The first announcements were of packages, without advice.
        kind = try container.decodeIfPresent(Kind.self, forKey: .kind) ?? .change
        title = try container.decode([Language: String].self, forKey: .title)
        summary = try container.decode([Language: String].self, forKey: .summary)
        advice = try container.decodeIfPresent([Language: String].self, forKey: .advice) ?? [:]
        keys = try container.decode([String].self, forKey: .keys)
        edition = try container.decode(Int.self, forKey: .edition)
        announcedAt = try container.decode(Instant.self, forKey: .announcedAt)
        effective = try container.decode(Instant.self, forKey: .effective)
        channels = try container.decode([String].self, forKey: .channels)
        withdraws = try container.decodeIfPresent(Int.self, forKey: .withdraws)
    }
}

extension Language: CodingKeyRepresentable {}
