"""The three questions a route asks, on SQLite and on PostgreSQL."""

import asyncio
import json
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg

from wire import COLUMNS

TABLES = (Path(__file__).parent.parent / "tables.sql").read_text()
ONE = f"SELECT {COLUMNS} FROM subscription WHERE id = $1"
LIST = f"""SELECT {COLUMNS} FROM subscription WHERE customer_id = $1 AND status <> 'deleted'
    ORDER BY created_at, id"""
CUSTOMER = "SELECT 1 FROM organization WHERE id = $1 AND kind = 'customer'"
ENTITY = "INSERT INTO bench_entity (id, customer_id, state, note, created_at, revision) VALUES ($1, $2, $3, $4, $5, 1)"
AUDIT = "INSERT INTO bench_audit (id, customer_id, entity_id, event, detail, at) VALUES ($1, $2, $3, $4, $5, $6)"
OUTBOX = "INSERT INTO bench_outbox (id, entity_id, body, due_at, attempts) VALUES ($1, $2, $3, $4, 0)"


def rows_of(customer, state, note, at):
    """The rows of one transition, in the order in which they refer to each other, and its id."""
    entity = str(uuid.uuid4())
    detail = json.dumps({"entity": entity, "state": state, "note": note}, ensure_ascii=False)
    return entity, [
        (ENTITY, (entity, customer, state, note, at)),
        (AUDIT, (str(uuid.uuid4()), customer, entity, "transition", detail, at)),
        (OUTBOX, (str(uuid.uuid4()), entity, detail, at)),
    ]


class SQLite:
    """Reads on the event loop, where they take some microseconds; writes on one thread, which waits for the disk."""

    def __init__(self, path):
        self.path = path

    def connect(self):
        # A transaction begins where we say so, and a connection is used by one thread at a time.
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=10)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if connection.execute("PRAGMA synchronous").fetchone() != (2,):
            raise SystemExit("SQLite refused synchronous = FULL")
        return connection

    async def open(self):
        self.reader, self.writer = self.connect(), self.connect()
        self.writer.executescript(TABLES)
        self.thread = ThreadPoolExecutor(1)

    async def close(self):
        self.thread.shutdown()
        self.reader.close()
        self.writer.close()

    async def subscription(self, identifier):
        return self.reader.execute(ONE, (identifier,)).fetchone()

    async def subscriptions(self, customer):
        return self.reader.execute(LIST, (customer,)).fetchall()

    async def add(self, customer, state, note, at):
        return await asyncio.get_running_loop().run_in_executor(self.thread, self.write, customer, state, note, at)

    def write(self, customer, state, note, at):
        run = self.writer.execute
        run("BEGIN IMMEDIATE")
        try:
            known = run(CUSTOMER, (customer,)).fetchone()
            if known:
                entity, rows = rows_of(customer, state, note, at)
                for statement, values in rows:
                    run(statement, values)
            run("COMMIT")
        except BaseException:
            run("ROLLBACK")
            raise
        return entity if known else None


async def leave(_):
    pass


class PostgreSQL:
    def __init__(self, url):
        self.url = url

    async def open(self):
        # Nothing here leaves state behind in a session; resetting one is a round trip more after each request.
        self.pool = await asyncpg.create_pool(self.url, min_size=16, max_size=16, reset=leave)
        await self.pool.execute(TABLES)

    async def close(self):
        await self.pool.close()

    async def subscription(self, identifier):
        return await self.pool.fetchrow(ONE, identifier)

    async def subscriptions(self, customer):
        return await self.pool.fetch(LIST, customer)

    async def add(self, customer, state, note, at):
        async with self.pool.acquire() as connection, connection.transaction():
            if await connection.fetchval(CUSTOMER, customer) is None:
                return None
            entity, rows = rows_of(customer, state, note, at)
            for statement, values in rows:
                await connection.execute(statement, *values)
            return entity


def database(name):
    if name.startswith("sqlite:"):
        return SQLite(name.removeprefix("sqlite:"))
    if name.startswith(("postgresql://", "postgres://")):
        return PostgreSQL(name)
    raise SystemExit("--database is sqlite:PATH or postgresql://…")
