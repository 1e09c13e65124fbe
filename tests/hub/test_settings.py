"""Settings: read once, complete, and with every fault named at once."""

from __future__ import annotations

import os
import re
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from console.settings import ConsoleSettings
from gateway.budgets.buckets import Rate
from gateway.budgets.settings import BudgetSettings
from gateway.certificates.settings import CertificateSettings
from gateway.settings import GatewaySettings
from gateway.sign_in.settings import SignInSettings
from gateway.transfers.settings import TransferSettings
from hub.development import known_secrets
from hub.settings import PARTS, read_settings
from hub.web.settings import WebSettings
from kit import settings as kit_settings
from kit.fonts.settings import OTHERS, FontSettings
from kit.settings import SERVICES, Keeping, LaneBounds, LongWork, Retry, Settings, SettingsError, Telemetry
from procedures.reminders.settings import ReminderSettings
from procedures.sightings.settings import SightingSettings
from services.alliances.authority.roles.settings import RoleSettings
from services.alliances.membership.invitations.settings import LetterSettings
from services.alliances.membership.memberships.settings import MembershipSettings
from services.alliances.membership.papers.settings import PaperSettings
from services.alliances.merging.mergers.settings import MergerSettings
from services.alliances.people.exports.settings import PersonExportSettings
from services.alliances.people.invitations.settings import InvitationSettings
from services.alliances.people.persons.settings import PeopleSettings
from services.alliances.registry.importing.settings import ImportSettings
from services.events.attachments.settings import AttachmentSettings
from services.events.competitions.settings import CompetitionSettings
from services.events.judging.scoring.settings import ScoringSettings
from services.events.judging.works.settings import WorksSettings
from services.events.speaking.announcements.settings import AnnouncementLimits
from services.events.speaking.questions.settings import QuestionLimits
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.notices.settings import NoticeLimits
from services.projects.cooperation.agreements.settings import AgreementSettings

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
        call_secret="",
        unsigned_calls="refuse",
        databases={name: f"sqlite:///{home / name}.sqlite3" for name in SERVICES},
        store=f"file://{home / 'store'}",
        store_key="",
        store_secret="",
        ticket_secret="",
        person_secret="",
        pool_size=30,
        statement_timeout=5,
        ping_after=30,
        wake_pause=0.02,
        look_every=5,
        lanes=LaneBounds(calls=20, share=0.75, waiting=1000, waiting_bytes=2**25, together=50),
        prefetch=200,
        message_batch=100,
        publish_timeout=5,
        message_bytes=4194304,
        relay_batch=100,
        relay_lease=15,
        drain=25,
        ready_age=60,
        jobs=LongWork(lanes=2, each=10, lease=30, wait=4, seconds=120, memory=2**31),
        keeping=Keeping(
            answers=86400, answers_each=2000, answers_bytes=2**23, jobs=30 * 86400, tidy_every=3600, tidy_batch=1000
        ),
        retry=Retry(first=1, factor=3, longest=600, attempts=8),
        telemetry=Telemetry(version="development", endpoint="", ratio=0.05),
        clock_file=None,
        demo=True,
        parts=(
            WebSettings(
                header_bytes=32768,
                header_line=8000,
                header_count=100,
                header_seconds=15,
                send_seconds=30,
                idle_seconds=3660,
                connections=800,
                address_connections=100,
                proxies=(ip_network("127.0.0.1"), ip_network("::1")),
            ),
            GatewaySettings(
                allowed_origins=(),
                rpc_timeout=5,
                body_bytes=1_048_576,
                introspection=True,
                call_key=None,
                service_keys={},
                reply_queues=32,
                hosts=(),
                requests=300,
                address_requests=100,
                sure_calls=32,
                persisted_queries=1_000,
                public_seconds=30,
            ),
            BudgetSettings(
                operation_cost=10_000,
                operation_calls=100,
                person=Rate(5_000, 150_000),
                address=Rate(10_000, 300_000),
                client=Rate(40_000, 1_200_000),
                kept=50_000,
                sockets=50,
                subscriptions=100,
            ),
            SignInSettings(issuer="", audience=""),
            ConsoleSettings((), "", "", "openid profile email", "access_token"),
            CertificateSettings(key=None),
            FontSettings(Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"), OTHERS),
            SightingSettings(days=1095),
            TransferSettings(uploads=32, downloads=48, each=4, address=16, rate=16_384, patience=10),
            AgreementSettings(provinces=2, answer_days=30, reopen_days=90),
            ReminderSettings(days=5),
            MembershipSettings(application_days=30),
            MergerSettings(unmerge_days=30),
            PaperSettings(organization=2**30, hub=2**39),
            LetterSettings(days=90, a_day=500),
            RoleSettings(to_known=False),
            PeopleSettings(affiliations=50, days=1095),
            InvitationSettings(days=14, most=50),
            PersonExportSettings(days=7, a_day=10),
            ImportSettings(rows=2_000),
            AttachmentSettings(edition=2**30),
            CompetitionSettings(reinstate=timedelta(days=14)),
            ScoringSettings(ranked_rows=50_000),
            WorksSettings(person=50 * 2**30, edition=2**40, hub=2**42),
            AnnouncementLimits(wave=500, a_day=20),
            QuestionLimits(a_day=10, characters=2000, versions=20),
            Smtp(
                host="",
                port=25,
                user="",
                password="",
                starttls=False,
                sender="hub@localhost",
                timeout=10,
                a_connection=100,
            ),
            MailLimits(codes_a_day=3, to_address_a_day=50, an_hour=10_000, batch=10),
            NoticeLimits(most_of_a_kind=20, seconds=3600, wave=2000, counted=1000),
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
        "HUB_FONTS": "/fonts/a.ttf,/fonts/b.ttf",
        "HUB_STORE": "s3://works/season?endpoint=http://127.0.0.1:9000",
        "HUB_TICKET_SECRET": "t" * 32,
        "HUB_PERSON_SECRET": "p" * 32,
        "HUB_SESSION_SECRET": f"{'n' * 32},{'o' * 32}",
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
    assert settings.of(CertificateSettings) == CertificateSettings(key=Path("/run/secrets/credential-key.pem"))
    assert settings.of(FontSettings) == FontSettings(
        Path("/fonts/song.otf"), (Path("/fonts/a.ttf"), Path("/fonts/b.ttf"))
    )
    assert settings.store == "s3://works/season?endpoint=http://127.0.0.1:9000"
    assert settings.ticket_secret == "t" * 32
    assert settings.person_secret == "p" * 32
    assert settings.of(ConsoleSettings).secrets == ("n" * 32, "o" * 32)


def documented() -> list[str]:
    """Every variable that docs/operations.md lists."""
    return re.findall(r"^\| `(HUB_\w+)` \| ", OPERATIONS.read_text(encoding="utf-8"), re.MULTILINE)


def test_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = read_settings()

    for name in documented():
        monkeypatch.setenv(name, "" if len(name) % 2 else " ")

    assert read_settings() == nothing


DEVELOPMENT = {
    "HUB_SESSION_SECRET": "development-development-development",
    "HUB_OIDC_CLIENT_SECRET": "development",
    "HUB_AMQP_URI": "amqp://gateway:development@broker/hub",
    "HUB_BROKER_PASSWORDS": "gateway=own,events=development",
    "HUB_DATABASE_EVENTS": "postgresql://events:development@db/events",
    "HUB_TICKET_SECRET": "development-development-development",
    "HUB_PERSON_SECRET": "development-development-development",
    "HUB_STORE_SECRET": "development",
}
"""Secrets that everybody knows."""


@pytest.mark.parametrize(
    "address", ["https://hub.example.org", "http://192.0.2.7:8000", "https://localhost.example.org"]
)
def test_secrets_of_development_are_a_fault_where_the_hub_is_reached_from_elsewhere(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    for name, value in {**DEVELOPMENT, "HUB_PUBLIC_URL": address}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert set(re.findall(r"HUB_[A-Z_]+", str(caught.value))) == set(DEVELOPMENT)
    assert "own-development" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "http://localhost:8000", "http://127.0.0.1:8000", "https://[::1]"])
def test_secrets_of_development_serve_on_this_machine(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name, value in {**DEVELOPMENT, "HUB_PUBLIC_URL": address}.items():
        monkeypatch.setenv(name, value)

    assert known_secrets(read_settings()) == sorted(DEVELOPMENT)


def test_all_faults_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "HUB_PORT": "70000",
        "HUB_LOG_LEVEL": "LOUD",
        "HUB_STATEMENT_TIMEOUT": "never",
        "HUB_RETRY_FACTOR": "nan",
        "HUB_SMTP_STARTTLS": "perhaps",
        "HUB_DEMO": "2",
        "HUB_WORKERS": "0",
        "HUB_STORE": "ftp://works",
        "HUB_TICKET_SECRET": "too short",
        "HUB_SESSION_SECRET": f"{'s' * 32},too short",
        "HUB_OIDC_BEARER": "cookie",
        "HUB_PROXIES": "10.0.0.0/8, the edge",
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
        ("PREFETCH", 1, 2000),
        ("MESSAGE_BATCH", 1, 1000),
        ("RPC_TIMEOUT", 0.1, 60),
        ("RELAY_BATCH", 1, 1000),
        ("RELAY_LEASE", 1, 600),
        ("DRAIN", 0, 600),
        ("RETRY_ATTEMPTS", 1, 100),
        ("PROJECT_PROVINCES", 1, 34),
        ("PROJECT_REOPEN_DAYS", 0, 3660),
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

    three = settings.having(AgreementSettings(provinces=3, answer_days=30, reopen_days=90))

    assert (settings.of(AgreementSettings).provinces, three.of(AgreementSettings).provinces) == (2, 3)
    assert len(three.parts) == len(PARTS)
    assert three.of(Smtp) == settings.of(Smtp)


def test_the_kit_by_itself_reads_no_part() -> None:
    settings = kit_settings.read_settings()

    with pytest.raises(LookupError, match="Smtp"):
        settings.of(Smtp)
    assert settings == replace(read_settings(), parts=())


def test_the_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings().port = 1  # type: ignore[misc]


def test_the_variables_that_are_read_are_those_that_are_documented(monkeypatch: pytest.MonkeyPatch) -> None:
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

    assert sorted(documented()) == sorted(name for name in asked if name.startswith("HUB_"))


def test_the_address_is_the_public_one_and_else_where_http_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().address == "http://127.0.0.1:8000"

    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example.cn/")

    assert read_settings().address == "https://hub.example.cn"
