"""Settings: one table of name, default and help; read from the environment, strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import Misconfigured

# (name, default, help). A name's value may also come from the file named by NAME_FILE.
SETTINGS: tuple[tuple[str, str, str], ...] = (
    (
        "DATABASE_URL",
        "",
        "postgresql://user:password@host/name or sqlite:///path; empty: SQLite in INBOX_DATA_DIR",
    ),
    ("REDIS_URL", "", "redis:// or unix:// address; empty: `inbox up` starts its own Valkey"),
    ("INBOX_DATA_DIR", "./inbox-data", "folder for the database, blobs and the secret key"),
    ("INBOX_SECRET_KEY", "", "32 or more characters; empty: made once in INBOX_DATA_DIR"),
    ("INBOX_BIND", "127.0.0.1:8484", "host:port the service listens on"),
    ("INBOX_LOG_LEVEL", "info", "debug, info, warning or error"),
    ("INBOX_PROCESS", "", "what this process is called in its log lines"),
    (
        "INBOX_HOLDER",
        "",
        "name of this worker in leases: its own, and the same after a restart; empty: a new one",
    ),
    ("INBOX_WEB_THREADS", "8", "request threads of each web process"),
    ("INBOX_WEB_PROCESSES", "1", "web processes"),
    ("INBOX_WORKERS", "2", "worker processes"),
    ("INBOX_POLL_SECONDS", "10", "seconds between two looks into a mailbox, with an agent there"),
    (
        "INBOX_IDLE_POLL_SECONDS",
        "0",
        "the same while no agent has the inbox open; 0: six times INBOX_POLL_SECONDS",
    ),
    ("INBOX_UNDO_SECONDS", "10", "how long a reply can be taken back, where a site says nothing"),
    ("INBOX_TRUSTED_PROXIES", "0", "number of reverse proxies whose X-Forwarded-* is believed"),
    ("INBOX_ALLOW_PRIVATE_HOSTS", "no", "yes: users may name hosts in private networks"),
    ("GMAIL_API_ROOT", "", "another root address for the Gmail API, for a simulator"),
    ("GOOGLE_OAUTH_ROOT", "", "another root address for Google's sign-in and token service"),
    ("GOOGLE_CERTS_URL", "", "another address of Google's signing keys"),
    ("PUBSUB_ROOT", "", "another root address for Cloud Pub/Sub"),
    ("GMAIL_UNITS_PER_MINUTE", "4800", "quota units a mailbox may spend a minute; 0: no limit"),
    (
        "GMAIL_PROJECT_UNITS_PER_MINUTE",
        "960000",
        "quota units that all mailboxes of a Google project may spend a minute; 0: no limit",
    ),
    (
        "GMAIL_PROJECT_UNITS_PER_DAY",
        "64000000",
        "quota units that all mailboxes of a Google project may spend a day; 0: no limit",
    ),
    ("GMAIL_UNIT_TABLE", "2026", "2026 or 2025: which of Google's tables of unit costs applies"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, parsed and checked."""

    database_url: str
    redis_url: str
    data_dir: Path
    secret_key: str
    bind_host: str
    bind_port: int
    log_level: str
    process: str
    holder: str
    web_threads: int
    web_processes: int
    workers: int
    poll_seconds: int
    idle_poll_seconds: int
    undo_seconds: int
    trusted_proxies: int
    allow_private_hosts: bool
    gmail_api_root: str
    google_oauth_root: str
    google_certs_url: str
    pubsub_root: str
    gmail_units_per_minute: int
    gmail_project_units_per_minute: int
    gmail_project_units_per_day: int
    gmail_unit_table: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Read every setting from `env`.

        raises Misconfigured naming the setting and the remedy.
        """
        values = {name: _value(env, name, default) for name, default, _ in SETTINGS}
        data_dir = Path(values["INBOX_DATA_DIR"]).expanduser().absolute()
        host, port = _bind(values["INBOX_BIND"])
        poll = _number("INBOX_POLL_SECONDS", values["INBOX_POLL_SECONDS"], 1, 3600)
        idle = _number("INBOX_IDLE_POLL_SECONDS", values["INBOX_IDLE_POLL_SECONDS"], 0, 3600)
        return cls(
            database_url=_database_url(values["DATABASE_URL"], data_dir),
            redis_url=_redis_url(values["REDIS_URL"]),
            data_dir=data_dir,
            secret_key=_secret_key(values["INBOX_SECRET_KEY"]),
            bind_host=host,
            bind_port=port,
            log_level=_one_of(
                "INBOX_LOG_LEVEL", values["INBOX_LOG_LEVEL"], "debug", "info", "warning", "error"
            ),
            process=values["INBOX_PROCESS"],
            holder=values["INBOX_HOLDER"],
            web_threads=_number("INBOX_WEB_THREADS", values["INBOX_WEB_THREADS"], 1, 256),
            web_processes=_number("INBOX_WEB_PROCESSES", values["INBOX_WEB_PROCESSES"], 1, 64),
            workers=_number("INBOX_WORKERS", values["INBOX_WORKERS"], 1, 64),
            poll_seconds=poll,
            idle_poll_seconds=idle or 6 * poll,
            undo_seconds=_number("INBOX_UNDO_SECONDS", values["INBOX_UNDO_SECONDS"], 0, 60),
            trusted_proxies=_number(
                "INBOX_TRUSTED_PROXIES", values["INBOX_TRUSTED_PROXIES"], 0, 10
            ),
            allow_private_hosts=_one_of(
                "INBOX_ALLOW_PRIVATE_HOSTS", values["INBOX_ALLOW_PRIVATE_HOSTS"], "yes", "no"
            )
            == "yes",
            gmail_api_root=values["GMAIL_API_ROOT"],
            google_oauth_root=values["GOOGLE_OAUTH_ROOT"],
            google_certs_url=values["GOOGLE_CERTS_URL"],
            pubsub_root=values["PUBSUB_ROOT"],
            gmail_units_per_minute=_number(
                "GMAIL_UNITS_PER_MINUTE", values["GMAIL_UNITS_PER_MINUTE"], 0, 1_000_000
            ),
            gmail_project_units_per_minute=_number(
                "GMAIL_PROJECT_UNITS_PER_MINUTE",
                values["GMAIL_PROJECT_UNITS_PER_MINUTE"],
                0,
                100_000_000,
            ),
            gmail_project_units_per_day=_number(
                "GMAIL_PROJECT_UNITS_PER_DAY",
                values["GMAIL_PROJECT_UNITS_PER_DAY"],
                0,
                10_000_000_000,
            ),
            gmail_unit_table=_one_of(
                "GMAIL_UNIT_TABLE", values["GMAIL_UNIT_TABLE"], "2026", "2025"
            ),
        )


def _value(env: Mapping[str, str], name: str, default: str) -> str:
    path = env.get(f"{name}_FILE", "")
    if not path:
        return env.get(name, "").strip() or default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misconfigured(
            f"{name}_FILE names {path}, which cannot be read ({error.strerror}): "
            f"name a readable file, or set {name}."
        ) from error


def _database_url(value: str, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'inbox.db'}"
    scheme, _, rest = value.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/"):
        return value
    raise Misconfigured(
        "DATABASE_URL must be postgresql://user:password@host/name or sqlite:///path."
    )


def _redis_url(value: str) -> str:
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise Misconfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
    return value


def _secret_key(value: str) -> str:
    if value and any(len(key.strip()) < 32 for key in value.split(",")):
        raise Misconfigured(
            "INBOX_SECRET_KEY must have 32 or more characters: "
            'make one with `python3 -c "import secrets; print(secrets.token_urlsafe(32))"`.'
        )
    return value


def _bind(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host:
        raise Misconfigured("INBOX_BIND must be host:port, such as 127.0.0.1:8484.")
    return host, _number("INBOX_BIND", port, 1, 65535)


def _number(name: str, value: str, low: int, high: int) -> int:
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise Misconfigured(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def _one_of(name: str, value: str, *choices: str) -> str:
    if value not in choices:
        raise Misconfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value
