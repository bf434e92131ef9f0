/// The part of the catalogue that a client asks for, by the names of the wire.
package struct TargetView: Hashable, Sendable {
    package let kinds: Set<CatalogProduct.Kind>
    /// Only what is bought once, or only what runs for a term, of software.
    package let isPerpetual: Bool?

    /// `nil` for a name that the catalogue does not know; case does not count.
    package init?(_ name: String) {
        switch name.lowercased() {
        case "onlineservices": self.init([.onlineServices])
        case "azure", "microsoftazure": self.init([.azure])
        case "azurereservations", "azurereservationsvm", "azurereservationssql", "azurereservationscosmosdb":
            self.init([.azureReservations])
        case "software", "softwaresuselinux": self.init([.software])
        case "softwareperpetual": self.init([.software], isPerpetual: true)
        case "softwaresubscriptions": self.init([.software], isPerpetual: false)
        case "marketplace": self.init([.marketplace])
        default: return nil
        }
    }

    private init(_ kinds: Set<CatalogProduct.Kind>, isPerpetual: Bool? = nil) {
        (self.kinds, self.isPerpetual) = (kinds, isPerpetual)
    }
}

/// For whom, and where, something shall be bought.
package struct CatalogMarket: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, in capitals.
    package let country: String
    /// `nil` for every segment.
    package let segment: CatalogAvailability.Segment?

    package init(country: String, segment: CatalogAvailability.Segment? = nil) {
        (self.country, self.segment) = (country.uppercased(), segment)
    }
}
