// The three questions a route asks, on SQLite and on PostgreSQL.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { columns } from "./wire.mjs";

const tables = readFileSync(new URL("../tables.sql", import.meta.url), "utf8");
const one = `SELECT ${columns} FROM subscription WHERE id = $1`;
const list = `SELECT ${columns} FROM subscription WHERE customer_id = $1 AND status <> 'deleted'
    ORDER BY created_at, id`;
const known = "SELECT 1 FROM organization WHERE id = $1 AND kind = 'customer'";
const entity = `INSERT INTO bench_entity (id, customer_id, state, note, created_at, revision)
    VALUES ($1, $2, $3, $4, $5, 1)`;
const audit = `INSERT INTO bench_audit (id, customer_id, entity_id, event, detail, at)
    VALUES ($1, $2, $3, $4, $5, $6)`;
const outbox = "INSERT INTO bench_outbox (id, entity_id, body, due_at, attempts) VALUES ($1, $2, $3, $4, 0)";

/** The rows of one transition, in the order in which they refer to each other. */
function rows(id, customer, state, note, at) {
    const detail = JSON.stringify({ entity: id, state, note });
    return [
        [entity, [id, customer, state, note, at]],
        [audit, [randomUUID(), customer, id, "transition", detail, at]],
        [outbox, [randomUUID(), id, detail, at]],
    ];
}

/** Synchronous, as Node's own SQLite is: a write holds the event loop until the disk has it. */
class SQLite {
    constructor(path) {
        this.database = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true });
        this.database.exec("PRAGMA journal_mode = WAL");
        this.database.exec("PRAGMA synchronous = FULL");
        if (this.database.prepare("PRAGMA synchronous").get().synchronous !== 2) {
            throw new Error("SQLite refused synchronous = FULL");
        }
        this.database.exec(tables);
        this.statements = new Map();
    }

    prepared(text) {
        let statement = this.statements.get(text);
        if (!statement) {
            // Numbered parameters are bound by position once they are plain question marks.
            statement = this.database.prepare(text.replaceAll(/\$\d/g, "?"));
            this.statements.set(text, statement);
        }
        return statement;
    }

    subscription(id) {
        return this.prepared(one).get(id);
    }

    subscriptions(customer) {
        return this.prepared(list).all(customer);
    }

    add(customer, state, note, at) {
        this.database.exec("BEGIN IMMEDIATE");
        try {
            const id = this.prepared(known).get(customer) && randomUUID();
            if (id) for (const [text, values] of rows(id, customer, state, note, at)) this.prepared(text).run(...values);
            this.database.exec("COMMIT");
            return id;
        } catch (error) {
            if (this.database.isTransaction) this.database.exec("ROLLBACK");
            throw error;
        }
    }

    close() {
        this.database.close();
    }
}

class PostgreSQL {
    static async open(url) {
        const pg = createRequire(import.meta.url)("pg");
        // Eight bytes are more than a number holds; none of ours comes near.
        pg.types.setTypeParser(pg.types.builtins.INT8, Number);
        const result = new PostgreSQL();
        result.pool = new pg.Pool({ connectionString: url, max: 16 });
        await result.pool.query(tables);
        return result;
    }

    // A name makes the statement prepared, once a connection.
    async subscription(id) {
        return (await this.pool.query({ name: "one", text: one, values: [id] })).rows[0];
    }

    async subscriptions(customer) {
        return (await this.pool.query({ name: "list", text: list, values: [customer] })).rows;
    }

    async add(customer, state, note, at) {
        const client = await this.pool.connect();
        let broken;
        try {
            await client.query("BEGIN");
            const found = await client.query({ name: "known", text: known, values: [customer] });
            const id = found.rowCount ? randomUUID() : undefined;
            const names = ["entity", "audit", "outbox"];
            for (const [index, [text, values]] of (id ? rows(id, customer, state, note, at) : []).entries()) {
                await client.query({ name: names[index], text, values });
            }
            await client.query("COMMIT");
            return id;
        } catch (error) {
            // Whatever was begun ends with the connection.
            broken = error;
            throw error;
        } finally {
            client.release(broken);
        }
    }

    close() {
        return this.pool.end();
    }
}

export async function open(name) {
    if (name?.startsWith("sqlite:")) return new SQLite(name.slice("sqlite:".length));
    if (/^postgres(ql)?:\/\//.test(name ?? "")) return PostgreSQL.open(name);
    throw new Error("--database is sqlite:PATH or postgresql://…");
}
