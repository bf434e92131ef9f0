import SuiroAssets
import SuiroDomain
import Testing

/// The policy owner's switch above all packages (6.1, X-02).
@Suite struct PolicyEmergencyTests {
    private let key = "multichannel.enabled"
    private let reason: [Language: String] = [.en: "A fault", .ja: "障害のため"]

    private func set(
        _ value: Bool,
        _ book: PolicyBook,
        in cloud: Cloud = .public,
        on day: String
    ) throws -> PolicyBook? {
        book.setting(key, to: value, in: cloud, because: reason, at: try Sample.instant(day))
    }

    private func answer(
        _ book: PolicyBook,
        _ cloud: Cloud = .public,
        _ more: Circumstances = [:],
        on day: String
    ) throws -> PolicyValue? {
        var subject = more
        subject[.cloud] = cloud.rawValue
        return book.row(key, for: subject, at: try Sample.instant(day))?.value
    }

    @Test func `X-02 a switch holds from its millisecond on, in its cloud alone`() throws {
        let book = try #require(try set(false, Sample.book(), on: "2017-06-09"))
        #expect(try answer(book, on: "2017-06-08T23:59:59.999Z") == .flag(true))
        #expect(try answer(book, on: "2017-06-09") == .flag(false))
        #expect(try answer(book, .germany, on: "2017-06-09") == .flag(true))
        #expect(try answer(book, .usgov, on: "2017-06-09") == .flag(true))
    }

    @Test func `it is above rows that are more specific`() throws {
        let special = PolicyRow(
            id: PolicyRow.ID(rawValue: "special"),
            key: key,
            value: .flag(true),
            scope: [.cloud: "public", .channel: "open", .family: "license"],
            from: try Sample.instant("2017-01-01"),
            rules: ["S-02"],
            source: "a test",
            reviewBy: .latest,
            package: "test"
        )
        let before = PolicyBook(edition: 1, rows: try Sample.book().rows + [special])
        let after = try #require(try set(false, before, on: "2017-06-09"))
        let subject: Circumstances = [.channel: "open", .family: "license"]
        #expect(try answer(before, .public, subject, on: "2017-06-09") == .flag(true))
        #expect(try answer(after, .public, subject, on: "2017-06-09") == .flag(false))
    }

    @Test func `it outlasts what is published afterwards`() throws {
        let off = try #require(try set(false, Sample.book(), in: .usgov, on: "2017-06-09"))
        let published = off.publishing(try PolicyFiles.shipped("2026"), effective: try Sample.instant("2018-01-01"))
        #expect(try answer(published, .usgov, on: "2026-11-22") == .flag(false))
    }

    @Test func `lifted, it gives back what the packages say, later changes too`() throws {
        let announced = try Sample.book(publishing: "2026", on: "2017-07-01")
        let off = try #require(try set(false, announced, in: .germany, on: "2017-08-01"))
        let again = try #require(try set(true, off, in: .germany, on: "2017-09-01"))
        #expect(try answer(again, .germany, on: "2017-08-31T23:59:59.999Z") == .flag(false))
        #expect(try answer(again, .germany, on: "2017-09-01") == .flag(true))
        // MC-06: the cloud was announced to close, and does.
        #expect(try answer(again, .germany, on: "2018-11-30T23:59:59.999Z") == .flag(true))
        #expect(try answer(again, .germany, on: "2018-12-01") == .flag(false))
        #expect(again.rows.filter { $0.emergency != nil }.map(\.until) == [try Sample.instant("2017-09-01")])
    }

    @Test func `what has that value already is not set again`() throws {
        let book = try Sample.book()
        #expect(try set(true, book, on: "2017-06-09") == nil)
        let off = try #require(try set(false, book, on: "2017-06-09"))
        #expect(try set(false, off, on: "2017-06-10") == nil)
    }

    @Test func `a switch against the packages is one more override`() throws {
        let closed = try Sample.book(publishing: "2026", on: "2018-12-01")
        let on = try #require(try set(true, closed, in: .germany, on: "2019-01-01"))
        #expect(try answer(on, .germany, on: "2019-01-01") == .flag(true))
        #expect(on.emergency(on: key, in: .germany, at: try Sample.instant("2019-01-01"))?.emergency == reason)
        let off = try #require(try set(false, on, in: .germany, on: "2019-02-01"))
        #expect(off.emergency(on: key, in: .germany, at: try Sample.instant("2019-02-01")) == nil)
    }

    @Test func `withdrawing a package leaves an emergency alone`() throws {
        let first = try Sample.book()
        let off = try #require(try set(false, first, on: "2017-06-09"))
        let left = off.republishing([], on: first)
        #expect(try answer(left, on: "2017-06-09") == .flag(false))
    }

    @Test func `a row kept before there were emergencies has none`() throws {
        let row = try #require(try Sample.book().rows.first)
        #expect(row.emergency == nil)
        #expect(row.saysTheSame(as: row.starting(notBefore: try Sample.instant("2020-01-01"))))
    }
}
