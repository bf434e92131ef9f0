import SuiroDomain

/// Everything that a dump tells of one customer.
struct DumpedCustomer: Sendable {
    let id: ID<Customer>
    /// `nil` where only what belongs to the customer was dumped.
    var record: CustomerRecord?
    var subscriptions: [SubscriptionRecord] = []
    var orders: [OrderRecord] = []
    var users: [UserRecord] = []
    var agreements: [AgreementRecord] = []

    /// What belongs to the customer.
    var belongings: [DumpItem] {
        subscriptions.map(\.item) + orders.map(\.item) + users.map(\.item) + agreements.map(\.item)
    }
}

/// A dump as a whole: its files read, put together by customer, and what of it nobody could make sense of.
package struct PartnerCenterDump: Sendable {
    private(set) var customers: [DumpedCustomer] = []
    private(set) var notes = DumpNotes()
    private var places: [ID<Customer>: Int] = [:]
    private var domains: [String: ID<Customer>] = [:]
    private var seen: [String: (value: DumpValue, customer: ID<Customer>)] = [:]

    /// Whether there is nothing in it that could be taken.
    package var isEmpty: Bool { customers.isEmpty }

    package init(_ files: [DumpFile]) {
        notes.leftOut = files.flatMap(\.leftOut)
        let items = files.flatMap(\.items)
        for item in items where item.kind == .customer { takeCustomer(item) }
        for item in items where item.kind == .companyProfile { takeCompanyProfile(item) }
        for item in items {
            switch item.kind {
            case .customer, .companyProfile: break
            case .billingProfile, .subscription, .order, .user, .agreement: takeBelonging(item)
            }
        }
    }

    private mutating func takeCustomer(_ item: DumpItem) {
        guard let record = CustomerRecord(item, &notes) else { return }
        if let place = places[record.id], let known = customers[place].record {
            guard known.name == record.name, known.domain == record.domain else {
                return notes.leftOut.append(item.leftOut(.duplicate, "id", "\(record.id)"))
            }
            // A list tells less of a customer than an answer about one.
            if known.billing == nil { customers[place].record = record }
            return
        }
        if let other = domains[record.domain], other != record.id {
            return notes.leftOut.append(item.leftOut(.domainTaken, "domain", record.domain))
        }
        domains[record.domain] = record.id
        let index = self.index(of: record.id)
        customers[index].record = record
    }

    /// It tells of a customer what the list of customers does; only where that is missing it is one.
    private mutating func takeCompanyProfile(_ item: DumpItem) {
        var quiet = DumpNotes()
        guard let record = CustomerRecord(item, &quiet) else {
            notes.leftOut += quiet.leftOut
            return
        }
        if let place = places[record.id], customers[place].record != nil { return }
        takeCustomer(item)
    }

    private mutating func takeBelonging(_ item: DumpItem) {
        let customer: ID<Customer>
        switch item.customer {
        case .id(let id)?: customer = id
        case .domain(let domain)?:
            guard let id = domains[domain] else {
                return notes.leftOut.append(item.leftOut(.unknownCustomer, "", domain))
            }
            customer = id
        case .malformed(let field, let value)?: return notes.leftOut.append(item.leftOut(.notAGUID, field, value))
        case nil: return notes.leftOut.append(item.leftOut(.noCustomer))
        }
        switch item.kind {
        case .customer, .companyProfile: break
        case .billingProfile:
            guard let place = places[customer], customers[place].record != nil else {
                return notes.leftOut.append(item.leftOut(.unknownCustomer, "", "\(customer)"))
            }
            customers[place].record?.billing = item.value.json
            if customers[place].record?.country == nil { customers[place].record?.country = item.country }
        case .subscription:
            guard let record = SubscriptionRecord(item, &notes), isNew(item, "\(record.id)", customer) else { return }
            let index = self.index(of: customer)
            customers[index].subscriptions.append(record)
        case .order:
            guard let record = OrderRecord(item, &notes), isNew(item, record.id.uppercased(), customer) else { return }
            let index = self.index(of: customer)
            customers[index].orders.append(record)
        case .user:
            guard let record = UserRecord(item, &notes), isNew(item, "\(customer) \(record.id)", customer) else {
                return
            }
            let index = self.index(of: customer)
            customers[index].users.append(record)
        case .agreement:
            guard let record = AgreementRecord(item, &notes) else { return }
            let index = self.index(of: customer)
            customers[index].agreements.append(record)
        }
    }

    /// Whether nothing of this id has been told before. The same told again, as by pages that overlap, is nothing new; something
    /// else under the same id is left out.
    private mutating func isNew(_ item: DumpItem, _ id: String, _ customer: ID<Customer>) -> Bool {
        let key = "\(item.kind.rawValue) \(id)"
        guard let known = seen[key] else {
            seen[key] = (item.value, customer)
            return true
        }
        if known.customer != customer || known.value != item.value {
            notes.leftOut.append(item.leftOut(.duplicate, "id", id))
        }
        return false
    }

    private mutating func index(of customer: ID<Customer>) -> Int {
        if let place = places[customer] { return place }
        places[customer] = customers.count
        customers.append(DumpedCustomer(id: customer))
        return customers.count - 1
    }
}

extension DumpItem {
    /// The country of a billing profile, where it says one.
    fileprivate var country: String? {
        guard case .text(let country)? = value["defaultAddress"]?["country"] else { return nil }
        return country.uppercased().isCountry ? country.uppercased() : nil
    }
}
