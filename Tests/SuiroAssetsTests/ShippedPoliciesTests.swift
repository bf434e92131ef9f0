import SuiroAssets
import SuiroDomain
import Testing

/// The packages that ship with the program.
@Suite struct ShippedPoliciesTests {
    @Test(arguments: ["2017-06", "2026"])
    func `a shipped package has no faults and names itself in both languages`(name: String) throws {
        let package = try PolicyFiles.shipped(name)
        #expect(package.name == name)
        #expect(package.faults().isEmpty)
        for language in Language.allCases {
            #expect(package.title[language]?.isEmpty == false)
            #expect(package.summary[language]?.isEmpty == false)
        }
        #expect(Letters.hasJapanese(package.title[.ja] ?? ""))
        #expect(!Letters.hasJapanese(package.title[.en] ?? ""))
        for row in package.rows {
            #expect(!row.source.isEmpty)
            #expect(row.package == name)
            #expect(row.until == nil)
        }
    }

    @Test func `nothing else is shipped, and the default is there`() throws {
        #expect(try Assets.names(in: "Policies") == ["2017-06.yaml", "2026.yaml"])
        #expect(PolicyFiles.defaultPackage == "2017-06")
    }

    @Test(arguments: Cloud.allCases, ["2017-06-09", "2026-11-22", "2099-12-31"])
    func `every key has an answer of the right kind in every cloud`(cloud: Cloud, day: String) throws {
        let book = PolicyBook(edition: 1, rows: try PolicyFiles.shipped("2017-06").rows)
        for family in Family.allCases {
            let circumstances: Circumstances = [.cloud: cloud.rawValue, .family: family.rawValue]
            for (key, shape) in PolicyVocabulary.shapes {
                let row = book.row(key, for: circumstances, at: try #require(Instant(day)))
                let value = try #require(row, "\(key)").value
                #expect(shape.takes(value), "\(key)")
                #expect(!value.text.isEmpty, "\(key)")
            }
        }
    }

    @Test(arguments: Cloud.allCases)
    func `the words in the default package are words that the program knows`(cloud: Cloud) throws {
        let book = PolicyBook(edition: 1, rows: try PolicyFiles.shipped("2017-06").rows)
        var rules = Deliberation(book: book, at: try #require(Instant("2017-06-09")), cloud: cloud)
        #expect(try rules.decide(.multichannelChannels).value.allSatisfy { Channel(rawValue: $0) != nil })
        #expect(try rules.decide(.licenseExits).value.allSatisfy { NextStep.Action(rawValue: $0) != nil })
        #expect(try rules.decide(.requestors).value.allSatisfy { Role(rawValue: $0) != nil })
        #expect(try rules.decide(.removers).value.allSatisfy { OrganizationKind(rawValue: $0) != nil })
        #expect(try rules.decide(.transactingPartners).value.allSatisfy { OrganizationKind(rawValue: $0) != nil })
        #expect(Role(rawValue: try rules.decide(.acceptor).value) == .globalAdmin)
    }
}
