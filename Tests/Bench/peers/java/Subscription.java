import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;

/** A row of {@code subscription} as Partner Center's wire tells it, as Suiro does, from what is stored alone. */
record Subscription(
    String id, String customer, String name, String product, String family, Integer quantity, String status, String start,
    String end, boolean renews, String order, String base, String offering, String reason, String endOfTerm, String cycle,
    String created, long revision) {

    static final String COLUMNS = """
        id, customer_id, name, product_id, family, quantity, status, term_start, term_end, auto_renew, order_id,
        depends_on, offering, suspended_for, end_of_term, billing_cycle, created_at, revision""";

    static Subscription of(ResultSet row) throws SQLException {
        int seats = row.getInt(6);
        Integer quantity = row.wasNull() ? null : seats;
        return new Subscription(
            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), quantity,
            row.getString(7), row.getString(8), row.getString(9), row.getInt(10) == 1, row.getString(11),
            row.getString(12), row.getString(13), row.getString(14), row.getString(15), row.getString(16),
            row.getString(17), row.getLong(18));
    }

    /** The members of the object, without its braces. */
    void write(JsonGenerator json) throws IOException {
        String identifier = id.toUpperCase(Locale.ROOT);
        String parent = base == null ? null : base.toUpperCase(Locale.ROOT);
        boolean isUsage = "usage".equals(family);
        json.writeStringField("id", identifier);
        optional(json, "offerId", product);
        json.writeStringField("offerName", name);
        json.writeStringField("friendlyName", name);
        json.writeNumberField("quantity", quantity == null ? 1 : quantity);
        json.writeStringField("unitType", isUsage ? "Usage" : "Licenses");
        optional(json, "parentSubscriptionId", parent);
        json.writeBooleanField("hasPurchasableAddons", false);
        json.writeStringField("creationDate", brief(created));
        json.writeStringField("effectiveStartDate", brief(start == null ? created : start));
        if (end != null) json.writeStringField("commitmentEndDate", brief(end));
        json.writeStringField("status", wireStatus());
        json.writeBooleanField("autoRenewEnabled", renews);
        optional(json, "endOfTermAction", endOfTerm);
        json.writeBooleanField("isTrial", "trial".equals(offering));
        json.writeStringField("billingType", isUsage ? "usage" : "license");
        json.writeStringField("billingCycle", cycle == null ? "monthly" : cycle);
        json.writeStringField("termDuration", start == null ? "P1M" : duration());
        json.writeBooleanField("isMicrosoftProduct", true);
        json.writeStringField("contractType", "subscription");
        json.writeStringField("publisherName", "Microsoft");
        optional(json, "orderId", order);
        if (status.equals("suspended") && reason != null) {
            json.writeArrayFieldStart("suspensionReasons");
            json.writeString(reason);
            json.writeEndArray();
        }
        json.writeBooleanField("attentionNeeded", false);
        json.writeBooleanField("actionTaken", false);
        json.writeObjectFieldStart("links");
        if (product != null) link(json, "offer", "/offers/" + product + "?country=US");
        if (parent != null) link(json, "parentSubscription", "/customers/" + customer + "/subscriptions/" + parent);
        link(json, "self", "/customers/" + customer + "/subscriptions/" + identifier);
        json.writeEndObject();
        json.writeObjectFieldStart("attributes");
        String etag = "{\"id\":\"" + id + "\",\"version\":" + revision + "}";
        json.writeStringField("etag", Base64.getEncoder().encodeToString(etag.getBytes(StandardCharsets.UTF_8)));
        json.writeStringField("objectType", "Subscription");
        json.writeEndObject();
    }

    static void link(JsonGenerator json, String name, String uri) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("uri", uri);
        json.writeStringField("method", "GET");
        json.writeArrayFieldStart("headers");
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, String text) throws IOException {
        if (text != null) json.writeStringField(name, text);
    }

    /** The stored text without its fraction where that is zero. */
    private static String brief(String instant) {
        return instant.endsWith(".000Z") ? instant.substring(0, 19) + "Z" : instant;
    }

    private String wireStatus() {
        return switch (status) {
            case "active", "deleted" -> status;
            case "suspended", "expired", "disabled" -> "suspended";
            default -> throw new IllegalStateException(status);
        };
    }

    /** As ISO 8601 writes it: {@code P1Y}, {@code P1M}, {@code P30D}. */
    private String duration() {
        LocalDate first = LocalDate.parse(start.substring(0, 10));
        LocalDate last = LocalDate.parse(end.substring(0, 10));
        int months = (last.getYear() - first.getYear()) * 12 + last.getMonthValue() - first.getMonthValue();
        if (months > 0 && first.plusMonths(months).equals(last) && start.substring(10).equals(end.substring(10))) {
            return months % 12 == 0 ? "P" + months / 12 + "Y" : "P" + months + "M";
        }
        return "P" + Instant.parse(start).until(Instant.parse(end), ChronoUnit.DAYS) + "D";
    }
}
