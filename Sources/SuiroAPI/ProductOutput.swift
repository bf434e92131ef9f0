import FoundationEssentials
import SuiroDomain
import SuiroHTTP
import SuiroService

// Products, SKUs and availabilities as the wire writes them.

private func path(_ place: CatalogPlace, _ rest: String) -> String {
    switch place {
    case .country(let country): "/\(rest)?country=\(country)"
    case .customer(let customer): "/customers/\(customer)/\(rest)"
    }
}

func writeProduct(_ product: CatalogProduct, _ place: CatalogPlace, to writer: inout JSONWriter) {
    writer.member("id", product.id)
    writer.member("title", product.title)
    writer.member("description", product.detail)
    writer.object("productType") { writer in
        let (id, name): (String, String) =
            switch product.kind {
            case .onlineServices: ("OnlineServicesNCE", "OnlineServicesNCE")
            case .azure: ("Azure", "Azure")
            case .azureReservations: ("Azure", "Azure Reservation")
            case .software: ("Software", "Software")
            case .marketplace: ("OnlineServices", "Marketplace")
            }
        writer.member("id", id)
        writer.member("displayName", name)
    }
    writer.member("isMicrosoftProduct", product.isVendors)
    writer.member("publisherName", product.publisher)
    writer.object("links") { writer in
        link("skus", path(place, "products/\(product.id)/skus"), to: &writer)
        link("self", path(place, "products/\(product.id)"), to: &writer)
    }
}

func writeSKU(_ sku: CatalogSKU, _ offer: Offer?, _ place: CatalogPlace, to writer: inout JSONWriter) {
    let own = "products/\(sku.product)/skus/\(sku.id)"
    writer.member("id", sku.id)
    writer.member("productId", sku.product)
    writer.member("title", sku.title)
    writer.member("description", sku.detail)
    writer.member("minimumQuantity", sku.minimum)
    writer.member("maximumQuantity", sku.maximum)
    writer.member("isTrial", sku.isTrial)
    writer.array("supportedBillingCycles", sku.cycles.map(\.rawValue))
    writer.array("purchasePrerequisites", sku.prerequisites.map(\.rawValue))
    writer.object("dynamicAttributes") { writer in
        writer.member("isAddon", !(offer?.standsOn.isEmpty ?? true))
        writer.member("provisioningId", offer?.skuID)
        writer.array("prerequisiteSkus", offer?.standsOn ?? [])
        writer.array("upgradeTargetOffers", offer?.upgradesTo ?? [])
    }
    writer.object("links") { writer in
        link("availabilities", path(place, "\(own)/availabilities"), to: &writer)
        link("self", path(place, own), to: &writer)
    }
}

func writeAvailability(_ item: CatalogItem, _ call: Call, _ place: CatalogPlace, to writer: inout JSONWriter) {
    let one = item.availability
    writer.member("id", one.id)
    writer.member("productId", one.product)
    writer.member("skuId", one.sku)
    writer.member("catalogItemId", item.id.description)
    writer.object("defaultCurrency") { writer in
        writer.member("code", one.currency.description)
        writer.member("symbol", one.currency.symbol)
    }
    writer.member("segment", one.segment.rawValue)
    writer.member("country", one.country)
    writer.member("isPurchasable", one.isPurchasable)
    writer.member("isRenewable", one.isRenewable)
    writer.array("terms", one.plans.filter { $0.duration != nil }) { writer, plan in
        writer.object { writer in
            writer.member("id", "\(plan.duration ?? "")-\(plan.cycle.rawValue)")
            writer.member("duration", plan.duration)
            writer.member("description", plan.duration)
            writer.member("billingCycle", plan.cycle.rawValue)
        }
    }
    writer.object("product") { writeProduct(item.product, place, to: &$0) }
    writer.object("sku") { writeSKU(item.sku, nil, place, to: &$0) }
    writer.object("links") { writer in
        link("self", path(place, "products/\(one.product)/skus/\(one.sku)/availabilities/\(one.id)"), to: &writer)
    }
}
