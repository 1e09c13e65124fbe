"""Settings: read once, complete, and with every fault named at once."""

from __future__ import annotations

import os
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from gateway.certificates.settings import CertificateSettings
from gateway.settings import GatewaySettings
from gateway.sign_in.settings import SignInSettings
from hub.settings import PARTS, read_settings
from kit import settings as kit_settings
from kit.settings import SERVICES, LongWork, Retry, Settings, SettingsError, Telemetry
from services.notify.delivery.settings import Smtp
from services.projects.cooperation.agreements.settings import AgreementSettings

VARIABLES = {
    "HUB_ALLOWED_ORIGINS",
    "HUB_AMQP_URI",
    "HUB_BODY_BYTES",
    "HUB_BROKER_PASSWORDS",
    "HUB_CALL_KEY",
    "HUB_CALL_KEYS",
    "HUB_REPLY_QUEUES",
    "HUB_UNSIGNED_CALLS",
    "HUB_OTLP_ENDPOINT",
    "HUB_TRACE_RATIO",
    "HUB_VERSION",
    "HUB_CLOCK_FILE",
    "HUB_CREDENTIAL_KEY",
    "HUB_DATABASE_ALLIANCES",
    "HUB_DATABASE_EVENTS",
    "HUB_DATABASE_NOTIFY",
    "HUB_DATABASE_PROJECTS",
    "HUB_DEMO",
    "HUB_DRAIN",
    "HUB_FONT",
    "HUB_HEALTH_PORT",
    "HUB_HOME",
    "HUB_HOST",
    "HUB_INTROSPECTION",
    "HUB_LOG_LEVEL",
    "HUB_OIDC_AUDIENCE",
    "HUB_OIDC_ISSUER",
    "HUB_PERSON_SECRET",
    "HUB_POOL_SIZE",
    "HUB_PORT",
    "HUB_PREFETCH",
    "HUB_PROJECT_PROVINCES",
    "HUB_PUBLIC_URL",
    "HUB_PUBLISH_TIMEOUT",
    "HUB_READY_AGE",
    "HUB_JOB_LANES",
    "HUB_JOB_LEASE",
    "HUB_JOB_WAIT",
    "HUB_JOB_SECONDS",
    "HUB_JOB_MEMORY",
    "HUB_RELAY_BATCH",
    "HUB_RELAY_LEASE",
    "HUB_RETRY_ATTEMPTS",
    "HUB_RETRY_FACTOR",
    "HUB_RETRY_FIRST",
    "HUB_RETRY_LONGEST",
    "HUB_RPC_TIMEOUT",
    "HUB_SMTP_HOST",
    "HUB_SMTP_PASSWORD",
    "HUB_SMTP_PORT",
    "HUB_SMTP_SENDER",
    "HUB_SMTP_STARTTLS",
    "HUB_SMTP_TIMEOUT",
    "HUB_SMTP_USER",
    "HUB_STATEMENT_TIMEOUT",
    "HUB_STORE",
    "HUB_STORE_KEY",
    "HUB_STORE_SECRET",
    "HUB_TICKET_SECRET",
    "HUB_WORKERS",
}
"""Every variable that the hub reads: a new one, or a renamed one, shows here in review."""


OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def _an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("HUB_"):
            monkeypatch.delenv(name)


def test_without_any_variable_the_hub_is_embedded_and_keeps_everything_below_its_home() -> None:
    settings = read_settings()

    home = Path(".hub").absolute()
    assert settings == Settings(
        home=Path(".hub"),
        host="127.0.0.1",
        port=8000,
        health_port=8081,
        public_url="",
        log_level="INFO",
        amqp_uri="",
        broker_passwords={},
        call_keys=None,
        unsigned_calls="refuse",
        databases={name: f"sqlite:///{home / name}.sqlite3" for name in SERVICES},
        store=f"file://{home / 'store'}",
        store_key="",
        store_secret="",
        ticket_secret="",
        person_secret="",
        pool_size=30,
        statement_timeout=5,
        workers=20,
        prefetch=10,
        publish_timeout=5,
        relay_batch=100,
        relay_lease=15,
        drain=25,
        ready_age=60,
        jobs=LongWork(lanes=2, lease=30, wait=4, seconds=120, memory=2**31),
        retry=Retry(first=1, factor=3, longest=600, attempts=8),
        telemetry=Telemetry(version="development", endpoint="", ratio=0.05),
        clock_file=None,
        demo=True,
        parts=(
            GatewaySettings(
                allowed_origins=(),
                rpc_timeout=5,
                body_bytes=1_048_576,
                introspection=True,
                call_key=None,
                reply_queues=32,
            ),
            SignInSettings(issuer="", audience=""),
            CertificateSettings(Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"), key=None),
            AgreementSettings(provinces=2),
            Smtp(host="", port=25, user="", password="", starttls=False, sender="hub@localhost", timeout=10),
        ),
    )
    assert settings.embedded
    assert settings.database("events") == f"sqlite:///{home / 'events'}.sqlite3"


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "HUB_HOME": "/srv/hub",
        "HUB_AMQP_URI": "amqp://broker",
        "HUB_DATABASE_EVENTS": "postgresql://db/events",
        "HUB_ALLOWED_ORIGINS": "https://a.example,https://b.example",
        "HUB_RETRY_ATTEMPTS": "3",
        "HUB_SMTP_STARTTLS": "true",
        "HUB_CLOCK_FILE": "/tmp/clock",
        "HUB_CREDENTIAL_KEY": "/run/secrets/credential-key.pem",
        "HUB_DEMO": "false",
        "HUB_FONT": "/fonts/song.otf",
        "HUB_STORE": "s3://works/season?endpoint=http://127.0.0.1:9000",
        "HUB_TICKET_SECRET": "t" * 32,
        "HUB_PERSON_SECRET": "p" * 32,
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert not settings.embedded
    assert settings.database("events") == "postgresql://db/events"
    assert settings.database("notify") == "sqlite:////srv/hub/notify.sqlite3"
    assert settings.of(GatewaySettings).allowed_origins == ("https://a.example", "https://b.example")
    assert (settings.retry.attempts, settings.of(Smtp).starttls, settings.demo) == (3, True, False)
    assert settings.clock_file == Path("/tmp/clock")
    assert settings.of(CertificateSettings) == CertificateSettings(
        font=Path("/fonts/song.otf"), key=Path("/run/secrets/credential-key.pem")
    )
    assert settings.store == "s3://works/season?endpoint=http://127.0.0.1:9000"
    assert settings.ticket_secret == "t" * 32
    assert settings.person_secret == "p" * 32


def test_all_faults_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "HUB_PORT": "70000",
        "HUB_LOG_LEVEL": "LOUD",
        "HUB_STATEMENT_TIMEOUT": "never",
        "HUB_RETRY_FACTOR": "nan",
        "HUB_SMTP_STARTTLS": "perhaps",
        "HUB_SMTP_SENDER": "",
        "HUB_DEMO": "2",
        "HUB_WORKERS": "0",
        "HUB_STORE": "ftp://works",
        "HUB_TICKET_SECRET": "too short",
        "HUB_PERSON_SECRET": "zu kurz ü" * 4,
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert set(re.findall(r"HUB_[A-Z_]+", str(caught.value))) == set(wrong)


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("PORT", 1, 65535),
        ("HEALTH_PORT", 0, 65535),
        ("POOL_SIZE", 1, 200),
        ("WORKERS", 1, 500),
        ("PREFETCH", 1, 200),
        ("RPC_TIMEOUT", 0.1, 60),
        ("RELAY_BATCH", 1, 1000),
        ("RELAY_LEASE", 1, 600),
        ("DRAIN", 0, 600),
        ("RETRY_ATTEMPTS", 1, 100),
        ("PROJECT_PROVINCES", 1, 34),
    ],
)
def test_figures_have_bounds(monkeypatch: pytest.MonkeyPatch, name: str, lowest: float, highest: float) -> None:
    for inside in (lowest, highest):
        monkeypatch.setenv(f"HUB_{name}", str(inside))
        read_settings()

    for outside in (lowest - 1, highest + 1):
        monkeypatch.setenv(f"HUB_{name}", str(outside))
        with pytest.raises(SettingsError, match=f"HUB_{name}"):
            read_settings()


def test_a_part_is_had_by_its_class_and_replaced_by_its_class() -> None:
    settings = read_settings()

    three = settings.having(AgreementSettings(provinces=3))

    assert (settings.of(AgreementSettings).provinces, three.of(AgreementSettings).provinces) == (2, 3)
    assert len(three.parts) == len(PARTS)
    assert three.of(Smtp) == settings.of(Smtp)


def test_the_kit_by_itself_reads_no_part() -> None:
    settings = kit_settings.read_settings()

    with pytest.raises(LookupError, match="Smtp"):
        settings.of(Smtp)
    assert settings == replace(read_settings(), parts=())


def test_every_variable_is_documented() -> None:
    rows = re.findall(r"^\| `(HUB_\w+)` \| ", OPERATIONS.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(rows) == sorted(VARIABLES)


def test_the_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings().port = 1  # type: ignore[misc]


def test_the_list_of_variables_is_the_one_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    class Noting(dict[str, str]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            asked.add(key)
            return default

        def __getitem__(self, key: str) -> str:
            asked.add(key)
            raise KeyError(key)

        def __contains__(self, key: object) -> bool:
            asked.add(str(key))
            return False

    monkeypatch.setattr(os, "environ", Noting())

    read_settings()

    assert {name for name in asked if name.startswith("HUB_")} == VARIABLES


def test_the_address_is_the_public_one_and_else_where_http_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().address == "http://127.0.0.1:8000"

    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example.cn/")

    assert read_settings().address == "https://hub.example.cn"
