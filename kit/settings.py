"""Settings: every figure that a place of work may change, read once from the environment into one frozen object.

Here are those of the kit; the gateway and the families bring theirs as parts, which hub/settings.py lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self, TypeVar
from urllib.parse import quote, urlsplit

from environs import Env, EnvError
from marshmallow.validate import Length, OneOf, Range, Regexp

from kit.environment import OTLP, SECRET, STORE, Environment

SERVICES = ("projects", "alliances", "events", "notify")
ACCEPT = "accept"  # unsigned calls too, for the time of one upgrade


class SettingsError(Exception):
    """The environment does not describe a hub that could run; the text names every fault."""


@dataclass(frozen=True)
class Retry:
    """How what failed is tried again: after `first` seconds, then `factor` times longer each time but at most `longest`.

    After so many `attempts` it is parked.
    """

    first: float
    factor: float
    longest: float
    attempts: int


@dataclass(frozen=True)
class LongWork:
    """How jobs are done: so many at once in a process (`lanes`), each claimed for `lease` seconds at a time.

    A caller is kept waiting for `wait` seconds at most. One computing may take so many `seconds` and bytes of `memory`.
    `each` of one person are under way at a time.
    """

    lanes: int
    each: int
    lease: float
    wait: float
    seconds: int
    memory: int


@dataclass(frozen=True)
class LaneBounds:
    """How many `calls` are answered at once, and which `share` of those may be commands.

    Of reads and of commands `waiting` may wait each, all together in so many bytes. At most so many of one command are
    carried out `together`, in one transaction.
    """

    calls: int
    share: float
    waiting: int
    waiting_bytes: int
    together: int

    @property
    def of_groups(self) -> LaneBounds:
        """For commands that are carried out together: those that are, and as many that gather meanwhile, hold up no others."""
        return replace(self, calls=2 * self.together + 1, share=1)

    @property
    def writers(self) -> int:
        """So many commands at once, and one place at least that only reads take."""
        return max(1, min(self.calls - 1, int(self.calls * self.share)))


@dataclass(frozen=True)
class Keeping:
    """What is kept for how long: first answers to idempotency keys, and jobs that have ended.

    One person's answers are `answers_each` in number and `answers_bytes` in size at most. What has run out is looked for
    after `tidy_every` seconds and goes in batches.
    """

    answers: float
    answers_each: int
    answers_bytes: int
    jobs: float
    tidy_every: float
    tidy_batch: int


@dataclass(frozen=True)
class Telemetry:
    """What is told of this process: its `version`, and to which collector (`endpoint`, OTLP over HTTP) which share of traces.

    Where `endpoint` is empty nothing is traced.
    """

    version: str
    endpoint: str
    ratio: float


class Part(Protocol):
    """Settings that somebody above the kit brings: a frozen dataclass that knows which variables it is made of."""

    @classmethod
    def read(cls, env: Env) -> Self:
        """The part in the environment; `env` collects faults and puts HUB_ before each name."""
        ...


AnyPart = TypeVar("AnyPart", bound=Part)


@dataclass(frozen=True)
class Settings:
    """One run of the hub. Times are seconds unless the name says otherwise; `parts` are had by their class (`of`)."""

    home: Path
    host: str
    port: int
    health_port: int
    public_url: str
    log_level: str
    amqp_uri: str
    broker_passwords: Mapping[str, str]
    call_keys: Path | None
    call_secret: str
    unsigned_calls: str
    databases: Mapping[str, str]
    store: str
    store_key: str
    store_secret: str
    ticket_secret: str
    person_secret: str
    pool_size: int
    statement_timeout: float
    ping_after: float
    wake_pause: float
    look_every: float
    lanes: LaneBounds
    prefetch: int
    message_batch: int
    publish_timeout: float
    message_bytes: int
    relay_batch: int
    relay_lease: float
    drain: float
    ready_age: float
    jobs: LongWork
    keeping: Keeping
    retry: Retry
    telemetry: Telemetry
    clock_file: Path | None
    demo: bool
    parts: tuple[Part, ...] = ()

    @property
    def address(self) -> str:
        """Where the hub is reached, without a slash at the end: what is printed on certificates and signed."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def origin(self) -> str:
        """The origin of our own pages, as browsers name it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def embedded(self) -> bool:
        """Whether the whole hub runs in this process, without a broker."""
        return not self.amqp_uri

    def database(self, service: str) -> str:
        """The SQLAlchemy URL of a service's own database."""
        return self.databases[service]

    def of(self, kind: type[AnyPart]) -> AnyPart:
        """The part of this class; raises LookupError where it was not read (hub/settings.py names those that are)."""
        for part in self.parts:
            if isinstance(part, kind):
                return part
        raise LookupError(f"{kind.__name__} is no part of the settings of this run")

    def having(self, given: Part) -> Settings:
        """The same settings with one part in place of the one of its class."""
        return replace(self, parts=(given, *(part for part in self.parts if type(part) is not type(given))))


def read_settings(*parts: type[Part]) -> Settings:
    """The settings in the process's environment, with these parts; raises SettingsError naming all faults at once."""
    env = Environment(eager=False, prefix="HUB_")
    settings = replace(_read(env, env.path("HOME", Path(".hub"))), parts=tuple(part.read(env) for part in parts))
    try:
        env.seal()
    except EnvError as error:
        raise SettingsError(f"these settings are wrong: {error}") from error
    return settings


def _read(env: Env, home: Path) -> Settings:
    return Settings(
        home=home,
        host=env.str("HOST", "127.0.0.1"),
        port=env.int("PORT", 8000, validate=Range(1, 65535)),
        health_port=env.int("HEALTH_PORT", 8081, validate=Range(0, 65535)),
        public_url=env.str("PUBLIC_URL", ""),
        log_level=env.str("LOG_LEVEL", "INFO", validate=OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])),
        amqp_uri=env.str("AMQP_URI", ""),
        broker_passwords=env.dict("BROKER_PASSWORDS", {}),
        call_keys=env.path("CALL_KEYS", None),
        call_secret=env.str("CALL_SECRET", "", validate=Regexp(SECRET)),
        unsigned_calls=env.str("UNSIGNED_CALLS", "refuse", validate=OneOf(["refuse", ACCEPT])),
        databases={name: _database(env, home, name) for name in SERVICES},
        store=env.str("STORE", "", validate=Regexp(STORE)) or f"file://{quote(str(home.absolute() / 'store'))}",
        store_key=env.str("STORE_KEY", ""),
        store_secret=env.str("STORE_SECRET", ""),
        ticket_secret=env.str("TICKET_SECRET", "", validate=Regexp(SECRET)),
        person_secret=env.str("PERSON_SECRET", "", validate=Regexp(SECRET)),
        pool_size=env.int("POOL_SIZE", 30, validate=Range(1, 200)),
        statement_timeout=env.float("STATEMENT_TIMEOUT", 5, validate=Range(0.1, 300)),
        ping_after=env.float("PING_AFTER", 30, validate=Range(0, 3600)),
        wake_pause=env.float("WAKE_PAUSE", 0.02, validate=Range(0, 5)),
        look_every=env.float("LOOK_EVERY", 5, validate=Range(0.1, 60)),
        lanes=_lanes(env),
        prefetch=env.int("PREFETCH", 200, validate=Range(1, 2000)),
        message_batch=env.int("MESSAGE_BATCH", 100, validate=Range(1, 1000)),
        publish_timeout=env.float("PUBLISH_TIMEOUT", 5, validate=Range(0.1, 60)),
        message_bytes=env.int("MESSAGE_BYTES", 4194304, validate=Range(1024, 2**27)),
        relay_batch=env.int("RELAY_BATCH", 100, validate=Range(1, 1000)),
        relay_lease=env.float("RELAY_LEASE", 15, validate=Range(1, 600)),
        drain=env.float("DRAIN", 25, validate=Range(0, 600)),
        ready_age=env.float("READY_AGE", 60, validate=Range(1, 86400)),
        jobs=_jobs(env),
        keeping=_keeping(env),
        retry=_retry(env),
        telemetry=_telemetry(env),
        clock_file=env.path("CLOCK_FILE", None),
        demo=env.bool("DEMO", True),
    )


def _database(env: Env, home: Path, service: str) -> str:
    return env.str(f"DATABASE_{service.upper()}", f"sqlite:///{home.absolute() / service}.sqlite3")


def _retry(env: Env) -> Retry:
    return Retry(
        first=env.float("RETRY_FIRST", 1, validate=Range(0.01, 3600)),
        factor=env.float("RETRY_FACTOR", 3, validate=Range(1, 10)),
        longest=env.float("RETRY_LONGEST", 600, validate=Range(0.01, 86400)),
        attempts=env.int("RETRY_ATTEMPTS", 8, validate=Range(1, 100)),
    )


def _jobs(env: Env) -> LongWork:
    return LongWork(
        lanes=env.int("JOB_LANES", 2, validate=Range(1, 20)),
        each=env.int("JOBS_EACH", 10, validate=Range(1, 1000)),
        lease=env.float("JOB_LEASE", 30, validate=Range(5, 600)),
        wait=env.float("JOB_WAIT", 4, validate=Range(0, 60)),
        seconds=env.int("JOB_SECONDS", 120, validate=Range(1, 600)),
        memory=env.int("JOB_MEMORY", 2147483648, validate=Range(2**28, 2**40)),
    )


def _lanes(env: Env) -> LaneBounds:
    return LaneBounds(
        calls=env.int("WORKERS", 20, validate=Range(1, 500)),
        share=env.float("WRITE_SHARE", 0.75, validate=Range(0.05, 0.95)),
        waiting=env.int("CALLS_WAITING", 1000, validate=Range(1, 20000)),
        waiting_bytes=env.int("CALLS_WAITING_BYTES", 33554432, validate=Range(1048576, 2**32)),
        together=env.int("TOGETHER", 50, validate=Range(1, 500)),
    )


def _keeping(env: Env) -> Keeping:
    return Keeping(
        answers=env.float("ANSWERS_KEPT", 86400, validate=Range(60, 2592000)),
        answers_each=env.int("ANSWERS_EACH", 2000, validate=Range(1, 100000)),
        answers_bytes=env.int("ANSWERS_BYTES", 8388608, validate=Range(65536, 2**30)),
        jobs=env.float("JOBS_KEPT", 2592000, validate=Range(3600, 31536000)),
        tidy_every=env.float("TIDY_EVERY", 3600, validate=Range(1, 86400)),
        tidy_batch=env.int("TIDY_BATCH", 1000, validate=Range(1, 100000)),
    )


def _telemetry(env: Env) -> Telemetry:
    return Telemetry(
        version=env.str("VERSION", "development", validate=Length(min=1, max=100)),
        endpoint=env.str("OTLP_ENDPOINT", "", validate=Regexp(OTLP)),
        ratio=env.float("TRACE_RATIO", 0.05, validate=Range(0, 1)),
    )
