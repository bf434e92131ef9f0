import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;

/** The peer on Java: the JDK's own server on sixteen threads, JDBC, Jackson. */
public final class Peer {
    private static final int THREADS = 16;
    private static final DateTimeFormatter MILLISECONDS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final JsonFactory json = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Database database;

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private Peer(Database database) {
        this.database = database;
    }

    public static void main(String[] arguments) throws Exception {
        String name = null;
        int port = 0;
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            switch (arguments[index]) {
                case "--database" -> name = arguments[index + 1];
                case "--port" -> port = Integer.parseInt(arguments[index + 1]);
                default -> throw new IllegalArgumentException(arguments[index]);
            }
        }
        if (name == null) throw new IllegalArgumentException("--database is sqlite:PATH or postgresql://…");
        var tables = Path.of(System.getProperty("peer.tables"));
        var peer = new Peer(Database.open(name, tables, THREADS));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        var threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.createContext("/", peer::handle);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            threads.shutdownNow();
        }));
        System.out.println("ready " + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            route(exchange, exchange.getRequestURI().getPath().substring(1).split("/", -1));
        } catch (SQLException error) {
            error.printStackTrace();
            answer(exchange, 500, json -> json.writeStringField("code", "FAILED"));
        }
    }

    private void route(HttpExchange exchange, String[] path) throws IOException, SQLException {
        boolean isGet = exchange.getRequestMethod().equals("GET");
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (isGet && path.length == 2 && path[0].equals("subscriptions")) {
            Subscription row = database.subscription(path[1].toLowerCase(Locale.ROOT));
            if (row == null) notFound(exchange);
            else answer(exchange, 200, row::write);
        } else if (isGet && path.length == 3 && path[0].equals("customers") && path[2].equals("subscriptions")) {
            list(exchange, path[1].toLowerCase(Locale.ROOT));
        } else if (isPost && path.length == 3 && path[0].equals("customers") && path[2].equals("transitions")) {
            add(exchange, path[1].toLowerCase(Locale.ROOT));
        } else {
            notFound(exchange);
        }
    }

    private void list(HttpExchange exchange, String customer) throws IOException, SQLException {
        List<Subscription> rows = database.subscriptions(customer);
        answer(exchange, 200, json -> {
            json.writeNumberField("totalCount", rows.size());
            json.writeArrayFieldStart("items");
            for (Subscription row : rows) {
                json.writeStartObject();
                row.write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("links");
            Subscription.link(json, "self", "/customers/" + customer + "/subscriptions");
            json.writeEndObject();
            json.writeObjectFieldStart("attributes");
            json.writeStringField("objectType", "Collection");
            json.writeEndObject();
        });
    }

    private void add(HttpExchange exchange, String customer) throws IOException, SQLException {
        JsonNode body;
        try {
            body = mapper.readTree(exchange.getRequestBody());
        } catch (JsonProcessingException error) {
            body = mapper.nullNode();
        }
        if (!isText(body.get("state"), 1, 100) || !isText(body.get("note"), 0, 1000)) {
            answer(exchange, 422, json -> json.writeStringField("code", "MALFORMED"));
            return;
        }
        String state = body.get("state").textValue();
        String note = body.get("note").textValue();
        String at = MILLISECONDS.format(Instant.now());
        String id = database.add(customer, state, note, at, entity -> object(json -> {
            json.writeStringField("entity", entity);
            json.writeStringField("state", state);
            json.writeStringField("note", note);
        }).toString(java.nio.charset.StandardCharsets.UTF_8));
        if (id == null) {
            notFound(exchange);
            return;
        }
        answer(exchange, 201, json -> {
            json.writeStringField("id", id);
            json.writeStringField("customerId", customer);
            json.writeStringField("state", state);
            json.writeStringField("note", note);
            json.writeStringField("createdAt", at);
            json.writeNumberField("revision", 1);
        });
    }

    private static boolean isText(JsonNode node, int least, int most) {
        return node != null && node.isTextual() && node.textValue().length() >= least && node.textValue().length() <= most;
    }

    private void notFound(HttpExchange exchange) throws IOException {
        answer(exchange, 404, json -> json.writeStringField("code", "NOT_FOUND"));
    }

    private ByteArrayOutputStream object(Body body) throws IOException {
        var bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            generator.writeStartObject();
            body.write(generator);
            generator.writeEndObject();
        }
        return bytes;
    }

    private void answer(HttpExchange exchange, int status, Body body) throws IOException {
        ByteArrayOutputStream bytes = object(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.size());
        bytes.writeTo(exchange.getResponseBody());
    }
}
