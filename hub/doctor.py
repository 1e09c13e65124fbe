"""Doctor: looks at everything that a process of the hub needs, and says of each thing that is wrong what to do about it."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from amqp import Connection as AmqpConnection
from amqp.exceptions import AMQPError
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from gateway.settings import GatewaySettings
from gateway.sign_in.discovery import IssuerFault, issuer_client, published_keys
from gateway.sign_in.settings import SignInSettings
from hub.console import shortages
from hub.development import known_secrets, reached_from_elsewhere
from hub.permissions import GATEWAY
from hub.topology import missing_queues, of_service
from kit.broker import amqp
from kit.files.store import StoreAway, put
from kit.files.stores import store_of
from kit.fonts.settings import FontSettings
from kit.ids import new_id
from kit.own_files import is_open
from kit.process.migrate import missing
from kit.process.room import can_write
from kit.settings import ACCEPT, SERVICES, Settings
from kit.wire.call_keys import PublicKeys, UnusableCallKey, given, private_key
from services.notify.delivery.settings import Smtp

SKEW = 2.0  # seconds; the leeway of a token is larger, the order of messages in a journal is not
OLDEST_POSTGRESQL = 15_00_00
RABBITMQ_THAT_KEEPS_QUEUES = (3, 13, 4)  # docs/operations.md, Upgrades
SIGNING = {GATEWAY, "events", "alliances", "notify"}
"""What signs links to files and codes of invitations, or believes them."""
KEEPING_FILES = {GATEWAY, "events", "alliances"}
"""What reads or writes the store of files."""
PATIENCE = 5  # seconds that a neighbour has to answer


DOUBTS = {
    "HUB_CLOCK_FILE": "时间被移动，仅供演练 · the time is moved, which is for rehearsals only",
    "HUB_AMQP_URI": "未加密 · is not encrypted: amqps:// in a network that others share",
    "HUB_TICKET_SECRET": "未设置，签发链接和邀请码的各进程须相同 · is unset: all that sign links and codes need the same",
    "HUB_PERSON_SECRET": "未设置 · is unset: every replica of events needs the same",
    "HUB_OIDC_ISSUER": "未设置，令牌由本机签发 · is unset: each gateway signs tokens of its own",
    "HUB_OIDC_AUDIENCE": "未设置 · is unset: tokens that were meant for others are taken",
    "HUB_HOSTS": "未设置，未带点的名称与数字地址也会应答 · is unset: numbers and names without a dot are answered too",
    "HUB_INTROSPECTION": "对外公开结构 · is on: the schema and GraphiQL are shown to everybody",
    "HUB_PUBLIC_URL": "未设置，邮件与证书中没有地址 · is unset: e-mails and certificates have no usable address",
}
"""What is said of a setting that can be started with and is hardly meant."""
KNOWN_SECRET = "开发用的公开口令，仅限本机 · is a secret of development, which everybody knows: for this machine only"
OPEN_HOME = "他人可读 · others can look into it: chmod 700 {home}"


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what is the matter: nothing, or a fault, or what an operator might want to know (`advice`)."""

    what: str
    fault: str = ""
    advice: str = ""

    def line(self) -> str:
        if self.fault:
            return f"故障 fault   {self.what}: {self.fault}"
        return f"提示 advice  {self.what}: {self.advice}" if self.advice else f"正常 ok      {self.what}"


Findings = Iterator[Finding]


def examine(settings: Settings, process: str | None) -> Findings:
    """Every finding about what `process` (the gateway or a service) needs, or about the whole hub."""
    processes = [process] if process else [GATEWAY, *SERVICES]
    yield from _settings(settings, processes)
    yield _folder("home", settings.home)
    for service in [name for name in processes if name in SERVICES]:
        yield from _database(settings, service)
    if settings.amqp_uri:
        yield from _broker(settings, processes)
        yield from _call_keys(settings, process)
    if KEEPING_FILES & set(processes):
        yield from _store(settings)
    if "notify" in processes:
        yield from _mail(settings)
    if GATEWAY in processes:
        yield from _issuer(settings)
        yield from (Finding("console", todo) for todo in shortages(settings))
        yield from _font(settings)


def _settings(settings: Settings, processes: list[str]) -> Findings:
    """What can be started with and yet is hardly meant."""
    served, gateway, events = not settings.embedded, GATEWAY in processes, "events" in processes
    public, own = gateway and reached_from_elsewhere(settings), settings.of(GatewaySettings)
    sign_in = settings.of(SignInSettings)
    doubtful = {
        "HUB_CLOCK_FILE": settings.clock_file is not None,
        "HUB_AMQP_URI": settings.amqp_uri.startswith("amqp:"),
        "HUB_TICKET_SECRET": served and bool(SIGNING & {*processes}) and not settings.ticket_secret,
        "HUB_PERSON_SECRET": served and events and not settings.person_secret,
        "HUB_OIDC_ISSUER": served and gateway and not sign_in.issuer,
        "HUB_OIDC_AUDIENCE": gateway and bool(sign_in.issuer) and not sign_in.audience,
        "HUB_HOSTS": public and not own.hosts,
        "HUB_INTROSPECTION": public and own.introspection,
        "HUB_PUBLIC_URL": served and not settings.public_url,
    }
    findings = [Finding(name, advice=DOUBTS[name]) for name, doubt in doubtful.items() if doubt]
    findings += [Finding(name, advice=KNOWN_SECRET) for name in known_secrets(settings)]
    if settings.home.exists() and is_open(settings.home):
        findings.append(Finding("HUB_HOME", advice=OPEN_HOME.format(home=settings.home)))
    yield from findings or [Finding("settings")]


def _folder(what: str, folder: Path) -> Finding:
    """Whether there is room, and leave to write, where files of the hub lie."""
    full = f"{folder} 无法写入，请检查磁盘与权限 · cannot be written: see the disk and its rights"
    return Finding(what, "" if can_write(folder) else full)


def _database(settings: Settings, service: str) -> Findings:
    what = f"database {service}"
    url = settings.database(service)
    if not settings.embedded and url.startswith("sqlite"):
        yield Finding(
            what,
            advice=f"SQLite；多副本须用 PostgreSQL · several replicas need PostgreSQL: HUB_DATABASE_{service.upper()}",
        )
    if url.startswith("sqlite") and not Path(make_url(url).database or "").exists():
        yield Finding(f"migrations {service}", f"尚无数据库 · there is no database yet: hub migrate {service}")
        return
    try:
        with closing(_engine(url).connect()) as connection:
            yield from _version(what, connection)
            yield _writable(service, url, connection)
            yield from _migrations(service, connection)
            yield from _clock(what, connection)
    except SQLAlchemyError as error:
        yield Finding(what, f"无法连接，请检查 HUB_DATABASE_{service.upper()} · cannot be reached ({type(error).__name__}): "
                            f"see {make_url(url).render_as_string(hide_password=True)}")  # fmt: skip


def _engine(url: str) -> Engine:
    """To look and no more: a SQLite file that is not there is not made."""
    if not url.startswith("sqlite"):
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": PATIENCE})
    file = make_url(url).database
    return create_engine(f"sqlite:///file:{file}?mode=ro&uri=true", poolclass=NullPool)


def _version(what: str, connection: Connection) -> Findings:
    if connection.dialect.name != "postgresql":
        yield Finding(what)
        return
    number = int(connection.scalar(text("SHOW server_version_num")) or 0)
    old = number < OLDEST_POSTGRESQL
    yield Finding(
        what, advice=f"PostgreSQL {number // 10000}；仅在 15 以上试过 · tried with 15 and newer only" if old else ""
    )
    if not connection.scalar(text("SELECT coalesce(bool_or(ssl), true) FROM pg_stat_ssl WHERE pid = pg_backend_pid()")):
        yield Finding(what, advice="连接未加密 · the connection is not encrypted: sslmode=verify-full in its URL")


def _writable(service: str, url: str, connection: Connection) -> Finding:
    what = f"room of database {service}"
    if connection.dialect.name != "postgresql":
        return _folder(what, Path(make_url(url).database or "").absolute().parent)
    read_only = connection.scalar(text("SHOW transaction_read_only")) == "on"
    fault = "只读（备库，或已切换）· takes no writes: it is a standby, or was made read-only"
    return Finding(what, fault if read_only else "")


def _migrations(service: str, connection: Connection) -> Findings:
    behind = missing(service, connection)
    todo = f"缺少迁移 · misses {', '.join(behind)}: hub migrate {service}" if behind else ""
    yield Finding(f"migrations {service}", todo)


def _clock(what: str, connection: Connection) -> Findings:
    if connection.dialect.name != "postgresql":
        return
    theirs: datetime | None = connection.scalar(text("SELECT clock_timestamp()"))
    skew = abs((datetime.now(UTC) - theirs).total_seconds()) if theirs else 0.0
    wrong = f"相差 {skew:.1f} 秒，请同步时钟 · is {skew:.1f} s apart from this machine's: let both follow NTP (chrony)"
    yield Finding(f"clock of {what}", wrong if skew > SKEW else "")


def _broker(settings: Settings, processes: list[str]) -> Findings:
    try:
        connection = amqp.connect(settings.amqp_uri, "hub doctor")
    except (*amqp.BROKEN, AMQPError) as error:
        yield Finding("broker", f"无法连接，请检查 HUB_AMQP_URI 与用户权限 · cannot be reached ({type(error).__name__}): "
                                "see HUB_AMQP_URI, and the user's rights (hub broker definitions)")  # fmt: skip
        return
    with closing(connection):
        version = str(connection.server_properties.get("version", ""))
        forgets = _numbers(version) < RABBITMQ_THAT_KEEPS_QUEUES
        yield Finding("broker", advice=f"RabbitMQ {version}；请用 3.13.4 以上 · use 3.13.4 or newer" if forgets else "")
        for service in [name for name in processes if name in SERVICES]:
            yield _queues(connection, service)


def _queues(connection: AmqpConnection, service: str) -> Finding:
    what = f"queues of {service}"
    try:
        absent = missing_queues(connection, of_service(service))
    except (*amqp.BROKEN, AMQPError) as error:
        return Finding(what, f"无法查看 · cannot be looked at ({type(error).__name__}): see the user's rights")
    return Finding(what, f"缺少 · {', '.join(absent)}: hub migrate {service}" if absent else "")


def _call_keys(settings: Settings, process: str | None) -> Findings:
    """The public keys of every service; the private one of a gateway, which nobody else is given."""
    try:
        if process != GATEWAY:
            PublicKeys(given(settings.call_keys, "HUB_CALL_KEYS"))
        if process == GATEWAY:
            private_key(given(settings.of(GatewaySettings).call_key, "HUB_CALL_KEY"))
    except UnusableCallKey as unusable:
        yield Finding("call keys", str(unusable))
        return
    advice = "接受未签名的调用，仅供升级 · unsigned calls are taken, which is for an upgrade only: HUB_UNSIGNED_CALLS"
    yield Finding("call keys", advice=advice if settings.unsigned_calls == ACCEPT else "")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-", maxsplit=1)[0].split(".") if part.isdigit())


def _store(settings: Settings) -> Findings:
    key = f"doctor/{new_id()}"
    try:
        store = store_of(settings)
        put(store, key, [b"written by hub doctor"])
        store.delete(key)
    except (StoreAway, OSError) as error:
        yield Finding(
            "store",
            f"无法写入 · cannot be written ({type(error).__name__}): HUB_STORE, HUB_STORE_KEY, _SECRET",
        )
        return
    yield Finding("store")


def _mail(settings: Settings) -> Findings:
    smtp = settings.of(Smtp)
    if not smtp.host:
        yield Finding("mail", advice="HUB_SMTP_HOST 未设置，不发邮件 · unset: no e-mail is sent")
        return
    try:
        with smtplib.SMTP(smtp.host, smtp.port, timeout=PATIENCE) as server:
            if smtp.starttls:
                server.starttls(context=ssl.create_default_context())
            if smtp.user:
                server.login(smtp.user, smtp.password)
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("mail", f"{smtp.host}:{smtp.port} ({type(error).__name__}): 请检查 HUB_SMTP_* · see HUB_SMTP_*")
        return
    yield Finding("mail")


def _issuer(settings: Settings) -> Findings:
    issuer = settings.of(SignInSettings).issuer
    if not issuer:
        return
    try:
        asyncio.run(_ask_issuer(issuer))
    except (IssuerFault, httpx.HTTPError, TimeoutError) as error:
        yield Finding("issuer", f"{type(error).__name__} {error}: 请检查 HUB_OIDC_ISSUER · see HUB_OIDC_ISSUER")
        return
    yield Finding("issuer")


async def _ask_issuer(issuer: str) -> None:
    async with issuer_client() as http:
        await published_keys(http, issuer)


def _font(settings: Settings) -> Findings:
    fonts = settings.of(FontSettings)
    advice = f"{fonts.first} 不存在，无法打印证书 · is not there: no certificate can be printed (fonts-noto-cjk)"
    yield Finding("font", advice="" if fonts.first.exists() else advice)
    absent = ", ".join(font.name for font in fonts.others if not font.exists())
    rare = f"缺少 {absent}，其文字的姓名无法打印 · are not there: names in their letters cannot be printed"
    yield Finding("fonts", advice=rare if absent else "")
