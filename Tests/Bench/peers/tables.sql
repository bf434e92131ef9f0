-- What a peer's write leaves behind: the entity, the trace of it, and the message to be delivered. Each peer makes these
-- tables where they are absent; nothing of Suiro's is written. The text is the same for SQLite and PostgreSQL.
CREATE TABLE IF NOT EXISTS bench_entity (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES organization (id),
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
    revision BIGINT NOT NULL CHECK (revision > 0)
);
CREATE INDEX IF NOT EXISTS bench_entity_customer ON bench_entity (customer_id, created_at);
CREATE TABLE IF NOT EXISTS bench_audit (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES organization (id),
    entity_id TEXT NOT NULL REFERENCES bench_entity (id),
    event TEXT NOT NULL,
    detail TEXT NOT NULL,
    at TEXT NOT NULL CHECK (length(at) = 24)
);
CREATE INDEX IF NOT EXISTS bench_audit_customer ON bench_audit (customer_id, at);
CREATE TABLE IF NOT EXISTS bench_outbox (
    id TEXT NOT NULL PRIMARY KEY,
    entity_id TEXT NOT NULL REFERENCES bench_entity (id),
    body TEXT NOT NULL,
    due_at TEXT NOT NULL CHECK (length(due_at) = 24),
    attempts BIGINT NOT NULL CHECK (attempts >= 0)
);
CREATE INDEX IF NOT EXISTS bench_outbox_due ON bench_outbox (due_at)
