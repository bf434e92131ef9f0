import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// Where somebody looks into the catalogue: in a country, or for a customer, whose country counts.
package enum CatalogPlace: Sendable {
    case country(String)
    case customer(ID<Customer>)
}

/// What is asked of the stock, and whether it can be had.
package struct StockAnswer: Sendable {
    package let product: String
    package let sku: String?
    package let isRestricted: Bool
}

// Reading the catalogue. What cannot be bought somewhere is not there.
extension PartnerService {
    package func products(
        _ view: TargetView,
        _ segment: CatalogAvailability.Segment?,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> [CatalogProduct] {
        try await look(at: place, context) { tx, country in
            let market = CatalogMarket(country: country, segment: segment)
            let found = try tx.catalogProducts(view, in: market)
            guard let isPerpetual = view.isPerpetual else { return found }
            return try found.filter { product in
                try tx.catalogSKUs(of: product.id, in: market).contains { sku in
                    (try tx.offer(sku.offer)?.offering == .perpetualSoftware) == isPerpetual
                }
            }
        }
    }

    package func product(
        _ id: String,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> CatalogProduct {
        try await look(at: place, context) { tx, country in try Self.product(id, in: country, tx) }
    }

    package func skus(
        of product: String,
        _ segment: CatalogAvailability.Segment?,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> [(CatalogSKU, Offer?)] {
        try await look(at: place, context) { tx, country in
            _ = try Self.product(product, in: country, tx)
            return try tx.catalogSKUs(of: product, in: CatalogMarket(country: country, segment: segment))
                .map { ($0, try tx.offer($0.offer)) }
        }
    }

    package func sku(
        _ id: String,
        of product: String,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> (CatalogSKU, Offer?) {
        try await look(at: place, context) { tx, country in
            let sku = try Self.sku(id, of: product, in: country, tx)
            return (sku, try tx.offer(sku.offer))
        }
    }

    package func availabilities(
        of product: String,
        sku: String,
        _ segment: CatalogAvailability.Segment?,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> [CatalogItem] {
        try await look(at: place, context) { tx, country in
            let found = try Self.sku(sku, of: product, in: country, tx)
            let product = try Self.product(product, in: country, tx)
            return try tx.catalogAvailabilities(
                of: product.id,
                sku: sku,
                in: CatalogMarket(country: country, segment: segment)
            ).map { CatalogItem(product: product, sku: found, availability: $0) }
        }
    }

    package func availability(
        _ id: String,
        of product: String,
        sku: String,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> CatalogItem {
        let all = try await availabilities(of: product, sku: sku, nil, at: place, context)
        guard let found = all.first(where: { $0.availability.id == id.uppercased() }) else {
            throw Refusal.notFound(.availability, String(id.prefix(80)))
        }
        return found
    }

    /// Whether each of the things can be had in a country.
    package func stock(
        of wanted: [(product: String, sku: String?)],
        in country: String,
        _ context: CallContext
    ) async throws -> [StockAnswer] {
        try await look(at: .country(country), context) { tx, country in
            try wanted.map { product, sku in
                let skus = try tx.catalogSKUs(of: product, in: CatalogMarket(country: country))
                let isThere = sku.map { name in skus.contains { $0.id == name.uppercased() } } ?? !skus.isEmpty
                return StockAnswer(product: product, sku: sku, isRestricted: !isThere)
            }
        }
    }

    /// Offers on one shelf, or those that stand on another.
    package func offers(
        on shelf: OfferCategory?,
        standingOn base: String? = nil,
        at place: CatalogPlace,
        _ context: CallContext
    ) async throws -> [Offer] {
        try await look(at: place, context) { tx, _ in
            if let base, try tx.offer(base) == nil { throw Refusal.notFound(.offer, String(base.prefix(80))) }
            return try tx.everyOffer().filter { offer in
                (shelf == nil || offer.category == shelf)
                    && (base.map { offer.standsOn.contains($0.uppercased()) } ?? true)
            }
        }
    }

    private func look<T: Sendable>(
        at place: CatalogPlace,
        _ context: CallContext,
        _ body: @escaping @Sendable (Transaction, String) throws -> T
    ) async throws -> T {
        switch place {
        case .country(let country):
            return try await read(context, .readOffers, in: .tenant(context.tenant)) { tx in
                try body(tx, country.uppercased())
            }
        case .customer(let customer):
            return try await read(context, .readCustomer, in: .customer(customer)) { tx in
                guard let organization = try tx.organization(customer.as(Tenant.self)) else {
                    throw Refusal.notFound(.customer, "\(customer)")
                }
                return try body(tx, organization.country)
            }
        }
    }

    private static func product(_ id: String, in country: String, _ tx: Transaction) throws -> CatalogProduct {
        guard let found = try tx.catalogProduct(id, in: country) else {
            throw Refusal.notFound(.product, String(id.prefix(80)))
        }
        return found
    }

    private static func sku(
        _ id: String,
        of product: String,
        in country: String,
        _ tx: Transaction
    ) throws -> CatalogSKU {
        _ = try Self.product(product, in: country, tx)
        let skus = try tx.catalogSKUs(of: product, in: CatalogMarket(country: country))
        guard let found = skus.first(where: { $0.id == id.uppercased() }) else {
            throw Refusal.notFound(.sku, String(id.prefix(80)))
        }
        return found
    }
}

/// The catalogue that ships with the program.
struct ShippedCatalogue: Decodable {
    let products: [CatalogProduct]
    let skus: [CatalogSKU]
    let availabilities: [CatalogAvailability]

    static func read() throws -> ShippedCatalogue {
        try JSONDecoder().decode(ShippedCatalogue.self, from: Data(try Assets.bytes("Catalog/products.json")))
    }

    /// Saves what a database does not have yet; what was imported since stays.
    func install(_ tx: Transaction) throws {
        for product in products where try !tx.hasCatalogProduct(product.id) { try tx.save(product) }
        for sku in skus where try !tx.hasCatalogSKU(sku) { try tx.save(sku) }
        for one in availabilities where try tx.catalogItem(one.itemID) == nil { try tx.save(one) }
    }
}
