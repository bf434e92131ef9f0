/// News of a change, told before it holds (SM-14, S-29).
package struct Announcement: Hashable, Codable, Sendable {
    package let id: ID<Announcement>
    package let title: [Language: String]
    package let summary: [Language: String]
    package let keys: [String]
    package let edition: Int
    package let announcedAt: Instant
    package let effective: Instant
    /// Where it went out: the portal, and mail.
    package let channels: [String]

    package init(
        id: ID<Announcement>,
        title: [Language: String],
        summary: [Language: String],
        keys: [String],
        edition: Int,
        announcedAt: Instant,
        effective: Instant,
        channels: [String]
    ) {
        (self.id, self.title, self.summary, self.keys, self.edition) = (id, title, summary, keys, edition)
        (self.announcedAt, self.effective, self.channels) = (announcedAt, effective, channels)
    }
}

extension Language: CodingKeyRepresentable {}
