// A row of `subscription` as Partner Center's wire tells it, as Suiro does, from what is stored alone.

export const columns = `id, customer_id, name, product_id, family, quantity, status, term_start, term_end, auto_renew,
    order_id, depends_on, offering, suspended_for, end_of_term, billing_cycle, created_at, revision`;

const statuses = {
    active: "active", suspended: "suspended", expired: "suspended", disabled: "suspended", deleted: "deleted",
};

/** The stored text without its fraction where that is zero. */
const short = (instant) => (instant.endsWith(".000Z") ? `${instant.slice(0, 19)}Z` : instant);

/** As ISO 8601 writes it: `P1Y`, `P1M`, `P30D`. */
function duration(start, end) {
    const [year, month] = [Number(end.slice(0, 4)), Number(end.slice(5, 7))];
    const months = (year - Number(start.slice(0, 4))) * 12 + month - Number(start.slice(5, 7));
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const day = Math.min(Number(start.slice(8, 10)), last);
    if (months > 0 && day === Number(end.slice(8, 10)) && start.slice(10) === end.slice(10)) {
        return months % 12 ? `P${months}M` : `P${months / 12}Y`;
    }
    return `P${Math.floor((Date.parse(end) - Date.parse(start)) / 86_400_000)}D`;
}

const link = (uri) => ({ uri, method: "GET", headers: [] });

// A member that is undefined is left out of the JSON.
export function subscription(row) {
    const id = row.id.toUpperCase();
    const base = row.depends_on?.toUpperCase();
    const isUsage = row.family === "usage";
    return {
        id,
        offerId: row.product_id ?? undefined,
        offerName: row.name,
        friendlyName: row.name,
        quantity: row.quantity ?? 1,
        unitType: isUsage ? "Usage" : "Licenses",
        parentSubscriptionId: base,
        hasPurchasableAddons: false,
        creationDate: short(row.created_at),
        effectiveStartDate: short(row.term_start ?? row.created_at),
        commitmentEndDate: row.term_end === null ? undefined : short(row.term_end),
        status: statuses[row.status],
        autoRenewEnabled: row.auto_renew === 1,
        endOfTermAction: row.end_of_term ?? undefined,
        isTrial: row.offering === "trial",
        billingType: isUsage ? "usage" : "license",
        billingCycle: row.billing_cycle ?? "monthly",
        termDuration: row.term_start === null ? "P1M" : duration(row.term_start, row.term_end),
        isMicrosoftProduct: true,
        contractType: "subscription",
        publisherName: "Microsoft",
        orderId: row.order_id ?? undefined,
        suspensionReasons: row.status === "suspended" && row.suspended_for !== null ? [row.suspended_for] : undefined,
        attentionNeeded: false,
        actionTaken: false,
        links: {
            offer: row.product_id === null ? undefined : link(`/offers/${row.product_id}?country=US`),
            parentSubscription: base && link(`/customers/${row.customer_id}/subscriptions/${base}`),
            self: link(`/customers/${row.customer_id}/subscriptions/${id}`),
        },
        attributes: {
            etag: Buffer.from(`{"id":"${row.id}","version":${row.revision}}`).toString("base64"),
            objectType: "Subscription",
        },
    };
}

export const collection = (rows, path) => ({
    totalCount: rows.length,
    items: rows.map(subscription),
    links: { self: link(path) },
    attributes: { objectType: "Collection" },
});
