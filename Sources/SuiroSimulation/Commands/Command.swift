package import SuiroDomain

/// One thing that happens in a simulated world, with everything it takes to have it happen again. What it names may not
/// be there when a story is shortened; then it is refused.
package indirect enum Command: Hashable, Sendable {
    // Time and what runs in it.
    /// Nothing happens until an instant; the instant is kept, so that a shorter story still meets it.
    case wait(until: Instant)
    case sweep
    // Moves.
    case preview(Asking)
    case request(Asking)
    /// Several partners ask for the same at the same instant.
    case rivals(Asking, [ID<Partner>])
    case renew(ID<Move>, by: ID<Tenant>)
    /// Opens the page of a move, to agree to it later.
    case look(ID<Move>, by: ID<Tenant>)
    case approve(ID<Move>, Terms, by: ID<Tenant>)
    case decline(ID<Move>, by: ID<Tenant>)
    case retract(ID<Move>, by: ID<Tenant>)
    case withdraw(ID<Move>, by: ID<Tenant>)
    /// The partner that has them chooses which it gives away.
    case narrow(ID<Move>, to: [ID<Subscription>], by: ID<Tenant>)
    case step(MoveStep, of: ID<Move>, StepInput, by: ID<Tenant>)
    case resolve(ID<Leftover>, of: ID<Customer>, LeftoverDecision, isImmediate: Bool)
    // Relationships and access.
    case invite(Invitation)
    case answer(ID<RelationshipRequest>, accepts: Bool)
    /// The customer makes somebody a guest, or gives it a role on its resources.
    case admit(ID<Partner>, AccessKind, days: Int, to: ID<Customer>)
    case endAccess(ID<AccessGrant>, by: ID<Tenant>)
    case leave(ID<Partner>, ID<Customer>)
    // Subscriptions.
    case change(ID<Subscription>, Wanted, by: ID<Partner>)
    /// What its seller says about a subscription: seats, or the price of a month.
    case tell(ID<Subscription>, quantity: Int?, monthlyCost: Money?)
    case order(Purchase)
    case use(ID<Subscription>, Use)
    // The program.
    case stand(ID<Partner>, Standing)
    case publish
    case allowMoves(Bool)
    // How commands arrive.
    /// The process ends between deciding and saving.
    case crash(Command)
    /// The same request, with the same key, arrives twice.
    case twice(Command)

    package struct Asking: Hashable, Sendable {
        var wish: MoveWish
        let customer: ID<Customer>
        var asker: ID<Tenant>
    }

    /// What a party says it has read.
    package enum Terms: Hashable, Sendable {
        /// As they are now.
        case current
        /// As they were when it looked last.
        case seen
        /// Of something else.
        case other
    }

    package struct Invitation: Hashable, Sendable {
        let partner: ID<Partner>
        let customer: ID<Customer>
        let services: [String]
        let delegatedAdmin: Bool?
        let days: Int?
    }

    package enum Wanted: Hashable, Sendable {
        case quantity(Int), suspend, resume, cancel, autoRenew(Bool)

        var change: SubscriptionChange {
            switch self {
            case .quantity(let seats): SubscriptionChange(quantity: seats)
            case .suspend: SubscriptionChange(status: .suspended, reason: .customerRequest)
            case .resume: SubscriptionChange(status: .active)
            case .cancel: SubscriptionChange(status: .deleted)
            case .autoRenew(let isOn): SubscriptionChange(autoRenew: isOn)
            }
        }
    }

    package struct Purchase: Hashable, Sendable {
        let partner: ID<Partner>
        let customer: ID<Customer>
        let family: Family
        let name: String
        let base: ID<Subscription>?
        let monthlyCost: Money?
    }

    /// What was used on some days, as it is reported now.
    package struct Use: Hashable, Sendable {
        let service: String
        let from: Instant
        let days: Int
        let cost: Money
    }

    /// The command itself, without how it arrived.
    var core: Command {
        switch self {
        case .crash(let command), .twice(let command): command.core
        default: self
        }
    }
}

/// A command with its number in the story it comes from.
package struct Act: Hashable, Sendable {
    package let number: UInt64
    package let command: Command
}
