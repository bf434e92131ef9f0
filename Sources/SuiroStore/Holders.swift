package import SuiroDomain

// Ids that another system gave are unique among all customers: before one is kept, it is asked whose it is.
extension Transaction {
    /// The customer that has the subscription, also where it is gone.
    package func holder(ofSubscription id: ID<Subscription>) throws -> ID<Customer>? {
        try session.first("SELECT customer_id FROM subscription WHERE id = \(id)") { cursor in try cursor.next() }
    }

    /// The customer that an order of that id, in either case, was placed for.
    package func holder(ofOrder id: String) throws -> ID<Customer>? {
        try session.first("SELECT customer_id FROM placed_order WHERE id = \(id.uppercased())") { cursor in
            try cursor.next()
        }
    }
}
