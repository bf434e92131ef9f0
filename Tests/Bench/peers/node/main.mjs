// The peer on Node: node:http, one process, node:sqlite or Debian's node-pg.
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { open } from "./databases.mjs";
import { collection, subscription } from "./wire.mjs";

const { values: options } = parseArgs({
    options: { database: { type: "string" }, port: { type: "string", default: "0" } },
});
const store = await open(options.database);

function answer(response, status, value) {
    const body = Buffer.from(JSON.stringify(value));
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": body.length });
    response.end(body);
}

async function transition(request) {
    const parts = [];
    for await (const part of request) parts.push(part);
    let body;
    try {
        body = JSON.parse(Buffer.concat(parts).toString());
    } catch {
        return undefined;
    }
    const isText = (text, least, most) => typeof text === "string" && text.length >= least && text.length <= most;
    return isText(body?.state, 1, 100) && isText(body?.note, 0, 1000) ? body : undefined;
}

async function handle(request, response) {
    const [path] = request.url.split("?", 1);
    const [, first, identifier, last, ...more] = path.split("/");
    const key = identifier?.toLowerCase();
    if (request.method === "GET" && first === "subscriptions" && key && last === undefined) {
        const row = await store.subscription(key);
        return row ? answer(response, 200, subscription(row)) : answer(response, 404, { code: "NOT_FOUND" });
    }
    if (first === "customers" && key && more.length === 0) {
        if (request.method === "GET" && last === "subscriptions") {
            const path = `/customers/${key}/subscriptions`;
            return answer(response, 200, collection(await store.subscriptions(key), path));
        }
        if (request.method === "POST" && last === "transitions") {
            const body = await transition(request);
            if (!body) return answer(response, 422, { code: "MALFORMED" });
            const { state, note } = body;
            const at = new Date().toISOString();
            const id = await store.add(key, state, note, at);
            if (!id) return answer(response, 404, { code: "NOT_FOUND" });
            return answer(response, 201, { id, customerId: key, state, note, createdAt: at, revision: 1 });
        }
    }
    return answer(response, 404, { code: "NOT_FOUND" });
}

const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
        console.error(error);
        if (!response.headersSent) answer(response, 500, { code: "FAILED" });
        else response.destroy();
    });
});
server.listen(Number(options.port), "127.0.0.1", () => console.log("ready", server.address().port));
for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => {
        server.close(() => Promise.resolve(store.close()).then(() => process.exit(0)));
        server.closeAllConnections();
    });
}
