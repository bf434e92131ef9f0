import FoundationEssentials
import SuiroDomain
import SuiroService
import SuiroStore

extension World {
    /// Something in every channel, and something nobody knows where it came from.
    func supply() async throws {
        let (customer, now, tozai, hokusei) = (customer, now, tozai, hokusei)
        let us = Party(kind: .partner, id: tozai, name: "東西クラウド株式会社")
        let them = Party(kind: .partner, id: hokusei, name: "Hokusei Systems")
        let vendor = Party(kind: .vendor, id: nil, name: "Microsoft")
        let year = Term(start: now.adding(months: -8), end: now.adding(months: 4), autoRenew: false)
        func held(
            _ number: Int,
            _ name: String,
            _ family: Family?,
            _ channel: Channel?,
            _ seller: Party,
            _ quantity: Int?
        ) -> Subscription {
            Subscription(
                id: ID(number: number),
                customer: customer,
                name: name,
                family: family,
                channel: channel,
                source: seller == us ? .managed : .observed,
                seller: seller,
                billOwner: seller,
                quantity: quantity,
                term: family == .license ? year : nil,
                monthlyCost: money("18432"),
                aliases: number == 102 ? ["OPEN-77120"] : [],
                createdAt: now
            )
        }
        let all = [
            held(101, "Microsoft 365 Business Premium", .license, .csp, us, 25),
            held(102, "Office 365 E3", .license, .open, Party(kind: .other, id: nil, name: "Kita Software"), 120),
            held(103, "Azure", .usage, .ea, vendor, nil),
            held(104, "Dynamics 365 Sales", .license, .csp, them, 10),
            held(105, "Azure Plan", .usage, .csp, them, nil),
            held(106, "Visio", nil, nil, Party(kind: .other, id: nil, name: "—"), 3),
        ]
        _ = try await service.writeAsSystem(in: .customer(customer)) { tx in
            for subscription in all { try tx.insert(subscription) }
            return true
        }
    }

    private func money(_ text: String) -> Money? {
        guard let amount = Decimal(exactly: text), let yen = Currency("JPY") else { return nil }
        return Money(amount, yen)
    }
}
