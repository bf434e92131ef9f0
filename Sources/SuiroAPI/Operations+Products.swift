import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    /// Products, SKUs, availabilities and inventory of the catalogue.
    static let catalogue: [Operation] =
        goods(customer: false) + goods(customer: true) + shelves(customer: false) + shelves(customer: true) + [
            Operation("inventory.check", .post, "/v1/extensions/product/checkinventory") { call in
                let wanted = try StockQuestion.items(call.fields())
                let answers = try await call.service.stock(of: wanted, in: call.country(), call.context)
                return Reply.jsonArray(answers) { writer, answer in
                    writer.object { writer in
                        writer.member("productId", answer.product)
                        writer.member("skuId", answer.sku)
                        writer.member("isRestricted", answer.isRestricted)
                        writer.array("restrictions", answer.isRestricted ? [0] : []) { writer, _ in
                            writer.object { writer in
                                writer.member("reasonCode", "NotAvailableForSale")
                                writer.member("description", call.say("cartError.item"))
                            }
                        }
                    }
                }
            }
        ]

    /// The actions of these operations (see `Operation.actions`).
    static let catalogueActions: [String: Set<Action>] = {
        var table: [String: Set<Action>] = ["inventory.check": [.readOffers]]
        for operation in catalogue where table[operation.id] == nil {
            table[operation.id] = operation.id.hasPrefix("customers.") ? [.readCustomer] : [.readOffers]
        }
        return table
    }()

    private static func goods(customer: Bool) -> [Operation] {
        let (name, path) = customer ? ("customers.", "/v1/customers/{customer_id}") : ("", "/v1")
        let product = "\(path)/products/{product_id}"
        let sku = "\(product)/skus/{sku_id}"
        return [
            Operation("\(name)products.list", .get, "\(path)/products") { call in
                let place = try call.catalogPlace(customer)
                let view = try call.required("targetView")
                guard let view = TargetView(view) else { throw Refusal.commerce(.viewUnknown(view)) }
                let found = try await call.service.products(view, call.segment(), at: place, call.context)
                return Page(found, of: call).reply(call) { writer, product in
                    writer.object { writeProduct(product, place, to: &$0) }
                }
            },
            Operation("\(name)products.get", .get, product) { call in
                let place = try call.catalogPlace(customer)
                let found = try await call.service.product(call.text("product_id"), at: place, call.context)
                return Reply.json { writeProduct(found, place, to: &$0) }
            },
            Operation("\(name)skus.list", .get, "\(product)/skus") { call in
                let place = try call.catalogPlace(customer)
                let found = try await call.service.skus(
                    of: call.text("product_id"),
                    call.segment(),
                    at: place,
                    call.context
                )
                return Page(found, of: call).reply(call) { writer, pair in
                    writer.object { writeSKU(pair.0, pair.1, place, to: &$0) }
                }
            },
            Operation("\(name)skus.get", .get, sku) { call in
                let place = try call.catalogPlace(customer)
                let found = try await call.service.sku(
                    call.text("sku_id"),
                    of: call.text("product_id"),
                    at: place,
                    call.context
                )
                return Reply.json { writeSKU(found.0, found.1, place, to: &$0) }
            },
            Operation("\(name)availabilities.list", .get, "\(sku)/availabilities") { call in
                let place = try call.catalogPlace(customer)
                let found = try await call.service.availabilities(
                    of: call.text("product_id"),
                    sku: call.text("sku_id"),
                    call.segment(),
                    at: place,
                    call.context
                )
                return Page(found, of: call).reply(call) { writer, item in
                    writer.object { writeAvailability(item, call, place, to: &$0) }
                }
            },
            Operation("\(name)availabilities.get", .get, "\(sku)/availabilities/{availability_id}") { call in
                let place = try call.catalogPlace(customer)
                let found = try await call.service.availability(
                    call.text("availability_id"),
                    of: call.text("product_id"),
                    sku: call.text("sku_id"),
                    at: place,
                    call.context
                )
                return Reply.json { writeAvailability(found, call, place, to: &$0) }
            },
        ]
    }

    private static func shelves(customer: Bool) -> [Operation] {
        let (name, path) = customer ? ("customers.", "/v1/customers/{customer_id}") : ("", "/v1")
        var found = [
            Operation(
                customer ? "customers.offers.addons.list" : "offers.addons.list",
                .get,
                "\(path)/offers/{offer_id}/addons"
            ) { call in
                let offers = try await call.service.offers(
                    on: nil,
                    standingOn: call.text("offer_id"),
                    at: call.offerPlace(customer),
                    call.context
                )
                return try offerPage(offers, call)
            },
            Operation("\(name)offercategories.list", .get, "\(path)/offercategories") { call in
                let place = try call.offerPlace(customer)
                _ = try await call.service.offers(on: nil, at: place, call.context)
                return Page(OfferCategory.allCases, of: call).reply(call) { writer, category in
                    writer.object { writer in
                        writer.member("id", category.rawValue)
                        writer.member("name", call.say("offerCategory.\(category.rawValue)"))
                        writer.member("rank", category.rank)
                        writer.member("locale", call.language.locale)
                        if case .country(let country) = place { writer.member("country", country) }
                        attributes("OfferCategory", to: &writer)
                    }
                }
            },
        ]
        if customer {
            found.append(
                Operation("customers.offers.list", .get, "\(path)/offers") { call in
                    try await offers(at: call.catalogPlace(true), call)
                }
            )
        }
        return found
    }

    /// The offers on the shelf that is asked for, or all.
    static func offers(at place: CatalogPlace, _ call: Call) async throws -> Reply {
        let shelf = call.shelf()
        if case .empty? = shelf {
            _ = try await call.service.offers(on: nil, at: place, call.context)
            return try offerPage([], call)
        }
        var category: OfferCategory?
        if case .known(let found)? = shelf { category = found }
        return try offerPage(try await call.service.offers(on: category, at: place, call.context), call)
    }

    static func offerPage(_ offers: [Offer], _ call: Call) throws -> Reply {
        let offset = try call.exchange.query.whole("offset", in: 0...1_000_000) ?? 0
        let size = try call.size(default: 1000, maximum: 1000)
        let rest = offers.dropFirst(offset)
        return Page(Array(rest.prefix(size)), of: call)
            .reply(call, nextOffset: rest.count > size ? offset + size : nil) { writer, offer in
                writer.object { writeOffer(offer, call, to: &$0) }
            }
    }
}

extension Call {
    /// Two letters; what has no catalogue is a country without products.
    func country() throws -> String {
        let text = try required("country")
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (65...90).contains($0 & 0xDF) }) else {
            throw BadInput("country", .malformed, text)
        }
        return text.uppercased()
    }

    fileprivate func catalogPlace(_ customer: Bool) throws -> CatalogPlace {
        customer ? .customer(try id("customer_id", .customer)) : .country(try country())
    }

    /// Offers are the same everywhere, so that a country need not be said.
    fileprivate func offerPlace(_ customer: Bool) throws -> CatalogPlace {
        if !customer, exchange.query["country"] == nil { return .country("US") }
        return try catalogPlace(customer)
    }

    fileprivate func segment() throws -> CatalogAvailability.Segment? {
        guard let text = exchange.query["targetSegment"], !text.isEmpty else { return nil }
        guard let found = CatalogAvailability.Segment(rawValue: text.lowercased()) else {
            throw Refusal.commerce(.segmentUnknown(text))
        }
        return found
    }

    /// The shelf that is asked for; one that nobody has set up is empty.
    func shelf() -> Shelf? {
        guard let text = exchange.query["offer_category_id"], !text.isEmpty else { return nil }
        return OfferCategory.allCases.first { $0.rawValue.lowercased() == text.lowercased() }.map(Shelf.known) ?? .empty
    }

    enum Shelf { case known(OfferCategory), empty }
}

enum StockQuestion {
    static func items(_ fields: Fields) throws -> [(product: String, sku: String?)] {
        let items = try fields.required("targetItems", fields.array("targetItems", limit: 100))
        return try items.map { item in
            let one = try Fields(item.value, path: item.path)
            return (try one.requiredText("productId", limit: 40), try one.text("skuId", limit: 40))
        }
    }
}
