package import FoundationEssentials
import SuiroAssets
package import SuiroDomain
package import SuiroStore

/// A row and whether it holds at the instant that was asked about.
package struct PolicyRowView: Sendable {
    package let row: PolicyRow
    package let edition: Int
    package let editionName: String
    package let isInForce: Bool
}

/// One outcome that a draft would change.
package struct ImpactRow: Codable, Hashable, Sendable {
    package let customer: ID<Customer>
    package let customerName: String
    package let subscription: ID<Subscription>
    package let subscriptionName: String
    package let partner: ID<Tenant>
    package let partnerName: String
    package let action: SubscriptionAction
    package let before: Verdict
    package let beforeReason: Reason
    package let after: Verdict
    package let afterReason: Reason
}

/// What a draft would change if it held from `effective` on.
package struct Impact: Codable, Sendable {
    package let package: String
    package let effective: Instant
    package let examined: Int
    package let isComplete: Bool
    package let rows: [ImpactRow]
}

package struct Publication: Codable, Sendable {
    package let package: String
    package let edition: Int
    package let editionName: String
    package let announcement: Announcement
}

extension PartnerService {
    /// All rows of the newest edition; `at` asks which of them hold then.
    package func policies(at instant: Instant?, _ context: CallContext) async throws -> [PolicyRowView] {
        try await read(context, .readPolicies, in: .system) { tx in
            let deliberation = try deliberation(tx)
            let at = instant ?? deliberation.at
            return deliberation.book.rows
                .filter { $0.scope[.cloud] == nil || $0.scope[.cloud] == cloud.rawValue }
                .map { row in
                    PolicyRowView(
                        row: row,
                        edition: deliberation.book.edition,
                        editionName: deliberation.book.name,
                        isInForce: row.isInForce(at: at)
                    )
                }
                .filter { instant == nil || $0.isInForce }
                .sorted {
                    ($0.row.key, $0.row.from, $0.row.id.rawValue) < ($1.row.key, $1.row.from, $1.row.id.rawValue)
                }
        }
    }

    package func policies(
        _ key: String,
        at instant: Instant?,
        _ context: CallContext
    ) async throws -> [PolicyRowView] {
        let rows = try await policies(at: instant, context).filter { $0.row.key == key }
        guard !rows.isEmpty || PolicyVocabulary.shapes[key] != nil else { throw Refusal.notFound(.policy, key) }
        return rows
    }

    /// Keeps a package as a draft, or says everything that is wrong with it.
    package func draftPackage(_ yaml: String, _ context: CallContext) async throws -> PackageDraft {
        let package: PolicyPackage
        switch PolicyFiles.read(yaml) {
        case .success(let read): package = read
        case .failure(let failure): throw Refusal.invalid(failure.faults)
        }
        return try await write(context, .draftPolicy, in: .system) { tx, _ in
            let draft = PackageDraft(
                id: environment.newUUID().uuidString.lowercased(),
                package: package,
                draftedAt: tx.permit.intent.at
            )
            try tx.insert(draft)
            try tx.record(.policyDrafted(draft.id), Remark(details: ["package": package.name]))
            return draft
        }
    }

    /// The packages that ship with the program and are not installed: the policy owner drafts from them.
    package func shippedPackage(_ name: String) throws -> String {
        guard let text = try? Assets.text("Policies/\(name).yaml"), name.allSatisfy({ $0.isNumber || $0 == "-" }) else {
            throw Refusal.notFound(.policyPackage, name)
        }
        return text
    }

    /// Who would get another answer, computed on every subscription of every partner that has a tie, before anything
    /// changes.
    package func impact(of id: String, effective: Instant?, _ context: CallContext) async throws -> Impact {
        try await read(context, .readImpact, in: .system) { tx in
            guard let draft = try tx.draft(id) else { throw Refusal.notFound(.policyPackage, id) }
            let book = try deliberation(tx).book
            let now = tx.permit.intent.at
            let at = max(effective ?? now, now)
            return try compare(draft.package, with: book, at: at, tx)
        }
    }

    private func compare(
        _ package: PolicyPackage,
        with book: PolicyBook,
        at instant: Instant,
        _ tx: Transaction
    ) throws -> Impact {
        let next = book.publishing(package, effective: instant)
        let ceiling = 5000
        let subscriptions = try tx.allSubscriptions(limit: ceiling + 1)
        var rows: [ImpactRow] = []
        for subscription in subscriptions.prefix(ceiling) {
            guard let customer = try tx.organization(subscription.customer.as(Tenant.self)) else { continue }
            let grants = try tx.grants(in: subscription.customer).filter { $0.grant.isLive(at: instant) }
            for tie in grants where tie.grant.kind == .resellerTie {
                guard let partner = try tx.organization(tie.grant.partner.as(Tenant.self)) else { continue }
                let situation = Situation(
                    subscription: subscription,
                    asker: Asker(tenant: partner.id, kind: partner.kind, standing: partner.standing),
                    buyer: customer.tenantType,
                    grant: grants.first { $0.grant.kind == .dap && $0.grant.partner == tie.grant.partner }?.grant
                )
                rows += changes(situation, customer, partner, from: book, to: next, at: instant)
            }
        }
        return Impact(
            package: package.name,
            effective: instant,
            examined: min(subscriptions.count, ceiling),
            isComplete: subscriptions.count <= ceiling,
            rows: rows
        )
    }

    private func changes(
        _ situation: Situation,
        _ customer: Organization,
        _ partner: Organization,
        from old: PolicyBook,
        to new: PolicyBook,
        at instant: Instant
    ) -> [ImpactRow] {
        var before = Deliberation(book: old, at: instant, cloud: cloud)
        var after = Deliberation(book: new, at: instant, cloud: cloud)
        guard let was = try? situation.options(&before).1, let becomes = try? situation.options(&after).1 else {
            return []
        }
        return zip(was, becomes).compactMap { was, becomes in
            guard was.verdict != becomes.verdict || was.reason != becomes.reason else { return nil }
            return ImpactRow(
                customer: situation.subscription.customer,
                customerName: customer.name,
                subscription: situation.subscription.id,
                subscriptionName: situation.subscription.name,
                partner: partner.id,
                partnerName: partner.name,
                action: was.action,
                before: was.verdict,
                beforeReason: was.reason,
                after: becomes.verdict,
                afterReason: becomes.reason
            )
        }
    }

    /// Publishes a draft: a new edition that holds from `effective` on, announced in the portal and by mail before it
    /// does (S-27, S-29, SM-14).
    package func publishPackage(
        _ id: String,
        effective: Instant?,
        _ context: CallContext
    ) async throws -> Publication {
        try await write(context, .publishPolicy, in: .system) { tx, deliberation in
            guard let draft = try tx.draft(id) else { throw Refusal.notFound(.policyPackage, id) }
            guard draft.publishedEdition == nil else { throw Refusal.packagePublished }
            let now = deliberation.at
            let effective = effective ?? now
            guard effective >= now else { throw Refusal.effectiveTooEarly(earliest: now) }
            let channels = try deliberation.decide(.announcementChannels)
            let book = deliberation.book.publishing(draft.package, effective: effective)
            try tx.insert(book, from: draft.package.name, effective: effective)
            try tx.publish(draft, as: book.edition)
            let name = try tx.book(book.edition)?.name ?? book.name
            let announcement = Announcement(
                id: environment.newID(),
                title: draft.package.title,
                summary: draft.package.summary,
                keys: Array(Set(draft.package.rows.map(\.key))).sorted(),
                edition: book.edition,
                announcedAt: now,
                effective: effective,
                channels: ["portal", "mail"]
            )
            try tx.insert(announcement)
            try announce(announcement, tx)
            try tx.record(
                .policyPublished(edition: book.edition),
                Remark(
                    rule: channels.row,
                    edition: book.edition,
                    details: ["package": draft.package.name, "effective": effective.short]
                )
            )
            try tx.record(.announcementMade("\(announcement.id)"), Remark(edition: book.edition))
            return Publication(
                package: draft.package.name,
                edition: book.edition,
                editionName: name,
                announcement: announcement
            )
        }
    }

    private func announce(_ announcement: Announcement, _ tx: Transaction) throws {
        for organization in try tx.organizations() {
            for person in try tx.people(of: organization.id)
            where person.isActive && !person.roles.isDisjoint(with: [.adminAgent, .globalAdmin]) {
                let arguments: [String: Argument] = [
                    "title": .text(announcement.title[person.language] ?? ""),
                    "summary": .text(announcement.summary[person.language] ?? ""),
                    "effective": .day(announcement.effective), "recipient": .text(person.name),
                    "link": .text("\(environment.origin())/announcements"),
                ]
                try tx.send(mail("announcement", to: person, arguments, at: announcement.announcedAt))
            }
        }
    }

    package func announcements(_ context: CallContext) async throws -> [Announcement] {
        try await read(context, .readAnnouncements, in: .system) { tx in try tx.announcements() }
    }

    package func announcement(_ id: ID<Announcement>, _ context: CallContext) async throws -> Announcement {
        guard let found = try await announcements(context).first(where: { $0.id == id }) else {
            throw Refusal.notFound(.announcement, "\(id)")
        }
        return found
    }

    /// Every rule that was read for one request of the caller's tenant: why was I refused.
    package func decisions(_ correlation: UUID, _ context: CallContext) async throws -> [DecisionRow] {
        let tenant = try context.tenant
        return try await read(context, .readDecisions, in: .tenant(tenant)) { tx in
            let rows = try tx.decisions(correlation, of: tenant)
            guard !rows.isEmpty else { throw Refusal.notFound(.decision, correlation.uuidString.lowercased()) }
            return rows
        }
    }
}
