/// How offers are sorted into shelves; each offer stands on one.
package enum OfferCategory: String, CaseIterable, Sendable {
    case onlineServices, addOns, trials, software, azure

    /// Its place among the shelves, from 1.
    package var rank: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}

extension Offer {
    package var category: OfferCategory {
        switch offering {
        case .trial: .trials
        case .perpetualSoftware, .softwareSubscription: .software
        case .onlineService, .marketplaceMonthly, .marketplaceYearly:
            family == .usage ? .azure : standsOn.isEmpty ? .onlineServices : .addOns
        }
    }
}
