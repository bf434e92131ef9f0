package import FoundationEssentials

/// A product of the catalogue: what the vendor names on its price list. It is bought through its SKUs.
package struct CatalogProduct: Hashable, Codable, Sendable {
    /// Of what nature it is; decides into which target view it falls.
    package enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        case onlineServices, azure, azureReservations, software, marketplace
    }

    /// Up to 40 characters, in capitals: `CFQ7TTC0LCHC`.
    package let id: String
    package let title: String
    package let detail: String
    package let kind: Kind
    package let publisher: String
    /// Whether the vendor itself makes it.
    package let isVendors: Bool

    package init(id: String, title: String, detail: String, kind: Kind, publisher: String, isVendors: Bool) {
        (self.id, self.title, self.detail) = (id.uppercased(), title, detail)
        (self.kind, self.publisher, self.isVendors) = (kind, publisher, isVendors)
    }
}

/// A variant of a product that can be bought: it brings a subscription to an offer.
package struct CatalogSKU: Hashable, Codable, Sendable {
    /// What must have been done before it can be bought.
    package enum Prerequisite: String, Hashable, Codable, CaseIterable, Sendable {
        case inventoryCheck = "InventoryCheck"
        case azureSubscriptionRegistration = "AzureSubscriptionRegistration"
    }

    package let product: String
    /// Unique within its product: `0002`.
    package let id: String
    package let title: String
    package let detail: String
    /// The offer that a purchase of it subscribes to: carries seats, family and what it stands on.
    package let offer: String
    package let minimum: Int
    package let maximum: Int
    package let isTrial: Bool
    package let cycles: [BillingCycle]
    package let prerequisites: [Prerequisite]

    package init(
        product: String,
        id: String,
        title: String,
        detail: String,
        offer: String,
        minimum: Int,
        maximum: Int,
        isTrial: Bool,
        cycles: [BillingCycle],
        prerequisites: [Prerequisite] = []
    ) {
        (self.product, self.id, self.title, self.detail) = (product.uppercased(), id.uppercased(), title, detail)
        (self.offer, self.minimum, self.maximum) = (offer.uppercased(), minimum, maximum)
        (self.isTrial, self.cycles, self.prerequisites) = (isTrial, cycles, prerequisites)
    }
}

/// Where, in which currency and for which terms a SKU can be bought.
package struct CatalogAvailability: Hashable, Codable, Sendable {
    /// For whom a price is meant.
    package enum Segment: String, Hashable, Codable, CaseIterable, Sendable {
        case commercial, education, government, nonprofit
    }

    /// A term that can be chosen, billed in one way, at the list price of a seat or unit for the whole term.
    package struct Plan: Hashable, Codable, Sendable {
        /// An ISO 8601 duration: `P1M`, `P1Y`, `P3Y`; `nil` where what is bought has no term.
        package let duration: String?
        package let cycle: BillingCycle
        /// `nil` where the list gives no price: what is metered.
        package let price: Decimal?

        package init(duration: String?, cycle: BillingCycle, price: Decimal?) {
            (self.duration, self.cycle, self.price) = (duration, cycle, price)
        }
    }

    package let product: String
    package let sku: String
    /// Unique within its SKU: `CFQ7TTC0K8R2`.
    package let id: String
    /// ISO 3166-1 alpha-2, in capitals.
    package let country: String
    package let currency: Currency
    package let segment: Segment
    package let isPurchasable: Bool
    package let isRenewable: Bool
    package let plans: [Plan]

    package init(
        product: String,
        sku: String,
        id: String,
        country: String,
        currency: Currency,
        segment: Segment,
        isPurchasable: Bool,
        isRenewable: Bool,
        plans: [Plan]
    ) {
        (self.product, self.sku, self.id) = (product.uppercased(), sku.uppercased(), id.uppercased())
        (self.country, self.currency, self.segment) = (country.uppercased(), currency, segment)
        (self.isPurchasable, self.isRenewable, self.plans) = (isPurchasable, isRenewable, plans)
    }

    package var itemID: CatalogItemID { CatalogItemID(product: product, sku: sku, availability: id) }
}

/// One thing that can be put into a cart, with everything that the catalogue says of it.
package struct CatalogItem: Hashable, Sendable {
    package let product: CatalogProduct
    package let sku: CatalogSKU
    package let availability: CatalogAvailability

    package init(product: CatalogProduct, sku: CatalogSKU, availability: CatalogAvailability) {
        (self.product, self.sku, self.availability) = (product, sku, availability)
    }

    package var id: CatalogItemID { availability.itemID }

    /// The plan of this term and cycle; without a term the first of that cycle.
    package func plan(duration: String?, cycle: BillingCycle) -> CatalogAvailability.Plan? {
        availability.plans.first { plan in
            plan.cycle == cycle && (duration == nil || plan.duration == duration?.uppercased())
        }
    }
}
