"""The tables of the simulated Google."""

SCHEMA = """
-- The simulated Google. Times are milliseconds UTC; an account's key is its primary address.

CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS accounts (
    email TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    history_id INTEGER NOT NULL,
    history_floor INTEGER NOT NULL DEFAULT 0,
    next_label INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE IF NOT EXISTS send_as (
    account TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (account, email)
);

CREATE TABLE IF NOT EXISTS clients (
    client_id TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    project TEXT NOT NULL,
    redirect_uris TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS service_accounts (
    email TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    public_key TEXT NOT NULL,
    scopes TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS codes (
    code TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    challenge TEXT NOT NULL,
    offline INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS refresh_tokens (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    dead TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS refresh_by_account ON refresh_tokens (account, client_id, issued_at);

-- `account` is '' for a service account's own token (no `sub`).
CREATE TABLE IF NOT EXISTS access_tokens (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    project TEXT NOT NULL,
    scopes TEXT NOT NULL,
    refresh_token TEXT NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS access_by_refresh ON access_tokens (refresh_token);
CREATE INDEX IF NOT EXISTS access_by_account ON access_tokens (account);

CREATE TABLE IF NOT EXISTS messages (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    internal_date INTEGER NOT NULL,
    history_id INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipients TEXT NOT NULL,
    has_attachment INTEGER NOT NULL,
    snippet TEXT NOT NULL,
    PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_by_time ON messages (account, internal_date, id);
CREATE INDEX IF NOT EXISTS messages_by_thread ON messages (account, thread_id);
CREATE INDEX IF NOT EXISTS messages_by_message_id ON messages (account, message_id);

-- `raw` is zstd, `words` the lower-case text that a search looks through.
CREATE TABLE IF NOT EXISTS bodies (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    raw BLOB NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (account, id)
);

CREATE TABLE IF NOT EXISTS message_labels (
    account TEXT NOT NULL,
    message_id TEXT NOT NULL,
    label_id TEXT NOT NULL,
    PRIMARY KEY (account, message_id, label_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS labels_by_label ON message_labels (account, label_id, message_id);

CREATE TABLE IF NOT EXISTS labels (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (account, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS drafts (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    PRIMARY KEY (account, id)
) WITHOUT ROWID;

-- One row per record. `labels` are the message's labels then, `changed` those added or removed.
CREATE TABLE IF NOT EXISTS history (
    account TEXT NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    labels TEXT NOT NULL,
    changed TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY,
    verb TEXT NOT NULL,
    metadata TEXT NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS topics (name TEXT PRIMARY KEY);

CREATE TABLE IF NOT EXISTS subscriptions (
    name TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    push_endpoint TEXT NOT NULL,
    push_audience TEXT NOT NULL,
    push_account TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS notifications (
    id INTEGER PRIMARY KEY,
    subscription TEXT NOT NULL,
    data TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    ack_id TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS watches (
    account TEXT NOT NULL,
    project TEXT NOT NULL,
    topic TEXT NOT NULL,
    labels TEXT NOT NULL,
    behavior TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    notified_at INTEGER NOT NULL,
    seen_history INTEGER NOT NULL,
    PRIMARY KEY (account, project)
);
"""
