/// Something that can be ordered.
package struct Offer: Hashable, Codable, Sendable {
    /// The product's GUID, upper case as legacy offers write it.
    package let id: String
    package let name: String
    package let skuID: String
    package let family: Family?
    package let services: [String]
    package let offering: Offering
    /// What a trial of it can be turned into (LC-16).
    package let convertsTo: [String]
    /// What it can be upgraded to in place.
    package let upgradesTo: [String]
    /// The offers one of which an add-on is bought for; empty where it is none.
    package let standsOn: [String]

    package init(
        id: String,
        name: String,
        skuID: String,
        family: Family?,
        services: [String],
        offering: Offering = .onlineService,
        convertsTo: [String] = [],
        upgradesTo: [String] = [],
        standsOn: [String] = []
    ) {
        (self.id, self.name, self.skuID, self.family, self.services) = (id, name, skuID, family, services)
        (self.offering, self.convertsTo) = (offering, convertsTo)
        (self.upgradesTo, self.standsOn) = (upgradesTo, standsOn)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try values.decode(String.self, forKey: .id),
            name: try values.decode(String.self, forKey: .name),
            skuID: try values.decode(String.self, forKey: .skuID),
            family: try values.decodeIfPresent(Family.self, forKey: .family),
            services: try values.decode([String].self, forKey: .services),
            offering: try values.decodeIfPresent(Offering.self, forKey: .offering) ?? .onlineService,
            convertsTo: try values.decodeIfPresent([String].self, forKey: .convertsTo) ?? [],
            upgradesTo: try values.decodeIfPresent([String].self, forKey: .upgradesTo) ?? [],
            standsOn: try values.decodeIfPresent([String].self, forKey: .standsOn) ?? []
        )
    }
}
