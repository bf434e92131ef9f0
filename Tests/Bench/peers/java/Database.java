import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** The three questions a route asks, on SQLite and on PostgreSQL: as many connections as threads, kept open. */
final class Database {
    private static final String ONE = "SELECT " + Subscription.COLUMNS + " FROM subscription WHERE id = ?";
    private static final String LIST = "SELECT " + Subscription.COLUMNS
        + " FROM subscription WHERE customer_id = ? AND status <> 'deleted' ORDER BY created_at, id";
    private static final String CUSTOMER = "SELECT 1 FROM organization WHERE id = ? AND kind = 'customer'";
    private static final String ENTITY =
        "INSERT INTO bench_entity (id, customer_id, state, note, created_at, revision) VALUES (?, ?, ?, ?, ?, 1)";
    private static final String AUDIT =
        "INSERT INTO bench_audit (id, customer_id, entity_id, event, detail, at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String OUTBOX =
        "INSERT INTO bench_outbox (id, entity_id, body, due_at, attempts) VALUES (?, ?, ?, ?, 0)";

    /** A connection with the statements that it has prepared. */
    private record Session(Connection connection, Map<String, PreparedStatement> statements) {
        PreparedStatement bind(String text, String... values) throws SQLException {
            PreparedStatement statement = statements.get(text);
            if (statement == null) {
                statement = connection.prepareStatement(text);
                statements.put(text, statement);
            }
            for (int index = 0; index < values.length; index++) statement.setString(index + 1, values[index]);
            return statement;
        }
    }

    interface Detail {
        String of(String entity) throws IOException;
    }

    private final BlockingQueue<Session> free;
    private final boolean isSQLite;
    /** SQLite has one writer: whoever waits for it waits here, and not in SQLite's own polling. */
    private final Object writing = new Object();

    private Database(BlockingQueue<Session> free, boolean isSQLite) {
        this.free = free;
        this.isSQLite = isSQLite;
    }

    static Database open(String name, Path tables, int connections) throws SQLException, IOException {
        boolean isSQLite = name.startsWith("sqlite:");
        if (!isSQLite && !name.matches("postgres(ql)?://.*")) {
            throw new IllegalArgumentException("--database is sqlite:PATH or postgresql://…");
        }
        var free = new ArrayBlockingQueue<Session>(connections);
        for (int index = 0; index < connections; index++) {
            Connection connection = isSQLite ? sqlite(name) : DriverManager.getConnection(jdbc(name));
            free.add(new Session(connection, new HashMap<>()));
        }
        // Neither driver takes a text of several statements and comments alike.
        String text = Files.readString(tables).replaceAll("(?m)^--.*$", "");
        try (var statement = free.element().connection().createStatement()) {
            for (String part : text.split(";")) statement.execute(part.strip());
        }
        return new Database(free, isSQLite);
    }

    private static Connection sqlite(String name) throws SQLException {
        // A transaction that reads first and writes then would fail where another program has written in between.
        var properties = new Properties();
        properties.setProperty("transaction_mode", "IMMEDIATE");
        var connection = DriverManager.getConnection("jdbc:" + name, properties);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            try (ResultSet found = statement.executeQuery("PRAGMA synchronous")) {
                if (found.getInt(1) != 2) throw new SQLException("SQLite refused synchronous = FULL");
            }
        }
        return connection;
    }

    /** JDBC has the user beside the host instead of before it, and its own word for the scheme. */
    private static String jdbc(String name) {
        var uri = URI.create(name);
        var text = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() > 0) text.append(':').append(uri.getPort());
        text.append(uri.getRawPath()).append("?prepareThreshold=1");
        if (uri.getRawQuery() != null) text.append('&').append(uri.getRawQuery());
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            text.append("&user=").append(parts[0]);
            if (parts.length > 1) text.append("&password=").append(parts[1]);
        }
        return text.toString();
    }

    private interface Work<Value> {
        Value in(Session session) throws SQLException, IOException;
    }

    private <Value> Value with(Work<Value> work) throws SQLException, IOException {
        Session session;
        try {
            session = free.take();
        } catch (InterruptedException error) {
            throw new SQLException("stopped", error);
        }
        try {
            return work.in(session);
        } finally {
            free.add(session);
        }
    }

    Subscription subscription(String id) throws SQLException, IOException {
        return with(session -> {
            try (ResultSet row = session.bind(ONE, id).executeQuery()) {
                return row.next() ? Subscription.of(row) : null;
            }
        });
    }

    List<Subscription> subscriptions(String customer) throws SQLException, IOException {
        return with(session -> {
            var result = new ArrayList<Subscription>();
            try (ResultSet row = session.bind(LIST, customer).executeQuery()) {
                while (row.next()) result.add(Subscription.of(row));
            }
            return result;
        });
    }

    /** The new id, or nothing where there is no such customer. */
    String add(String customer, String state, String note, String at, Detail detail) throws SQLException, IOException {
        if (!isSQLite) return with(session -> transaction(session, customer, state, note, at, detail));
        synchronized (writing) {
            return with(session -> transaction(session, customer, state, note, at, detail));
        }
    }

    private String transaction(Session session, String customer, String state, String note, String at, Detail detail)
        throws SQLException, IOException {
        var connection = session.connection();
        connection.setAutoCommit(false);
        try {
            String id = null;
            boolean isKnown;
            try (ResultSet found = session.bind(CUSTOMER, customer).executeQuery()) {
                isKnown = found.next();
            }
            if (isKnown) {
                id = UUID.randomUUID().toString();
                String text = detail.of(id);
                session.bind(ENTITY, id, customer, state, note, at).executeUpdate();
                session.bind(AUDIT, UUID.randomUUID().toString(), customer, id, "transition", text, at).executeUpdate();
                session.bind(OUTBOX, UUID.randomUUID().toString(), id, text, at).executeUpdate();
            }
            connection.commit();
            return id;
        } catch (SQLException | IOException | RuntimeException error) {
            connection.rollback();
            throw error;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
