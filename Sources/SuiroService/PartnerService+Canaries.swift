import SuiroDomain
import SuiroStore

// Customers nobody has business with: whoever turns to one goes through all of them, and has very likely stolen a
// session (D-06).
extension PartnerService {
    /// The domains of such customers, as the setting names them.
    package static func canaries(_ text: String?) -> Set<String> {
        Set((text ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init))
    }

    /// Ends every session and token of somebody from elsewhere who has turned to a canary, and says so in the log.
    func watchCanaries(_ scope: Scope, _ context: CallContext) async {
        guard !canaries.isEmpty, case .customer(let customer) = scope,
            case .person(let person, let tenant, _) = context.caller, tenant.as(Customer.self) != customer
        else { return }
        let domains = canaries
        _ = try? await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let touched = try tx.organization(customer.as(Tenant.self)), domains.contains(touched.domain) else {
                return false
            }
            // Also what was issued within this millisecond.
            try tx.refuseTokens(of: person, issuedBefore: tx.permit.intent.at.adding(milliseconds: 1))
            for family in try tx.tokenFamilies(of: person) { try tx.revoke(family) }
            try tx.record(
                .attemptRefused(operation: "touchCanary"),
                Remark(
                    partner: tenant.as(Partner.self),
                    details: ["reason": "CANARY", "person": "\(person)"],
                    hasSucceeded: false
                )
            )
            return true
        }
    }
}
