"""Doctor: says what is wrong with what a process needs, and what to do; it never shows a password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.settings import ConsoleSettings
from gateway.sign_in.settings import SignInSettings
from hub.console import missing
from hub.doctor import Finding, examine
from hub.migrate import prepare
from hub.settings import read_settings
from kit.fonts.settings import FontSettings
from kit.process.migrate import migrate
from kit.settings import SERVICES, Settings, Telemetry
from services.notify.delivery.settings import Smtp
from tests.kit.full import full_disk
from tests.running.keys import CallKeys
from tests.servers.ports import free_port
from tests.servers.smtp import MailServer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A hub with SQLite files that no migration has seen."""
    urls = {name: f"sqlite:///{tmp_path}/{name}.sqlite3" for name in SERVICES}
    return replace(read_settings(), home=tmp_path, databases=urls, store=f"file://{tmp_path}/store")


def faults(settings: Settings, process: str | None = None) -> dict[str, str]:
    return {finding.what: finding.fault for finding in examine(settings, process) if finding.fault}


def advices(settings: Settings, process: str | None = None) -> dict[str, str]:
    return {finding.what: finding.advice for finding in examine(settings, process) if finding.advice}


def test_a_hub_that_was_migrated_has_no_fault(settings: Settings) -> None:
    for name in SERVICES:
        prepare(settings, name)

    assert faults(settings) == {}


def test_a_home_that_cannot_be_written_is_a_fault(settings: Settings) -> None:
    for name in SERVICES:
        prepare(settings, name)

    found = faults(replace(settings, home=Path("/proc/hub")))

    assert set(found) == {"home"}
    assert "/proc/hub" in found["home"]


def test_a_disk_without_room_is_a_fault_of_all_that_lies_on_it(settings: Settings) -> None:
    for name in SERVICES:
        prepare(settings, name)

    with full_disk():
        found = faults(settings)

    assert {"home", *(f"room of database {name}" for name in SERVICES)} <= set(found)


def test_missing_migrations_are_named_with_the_command_that_brings_them(settings: Settings) -> None:
    prepare(settings, "events")
    migrate("notify", settings.database("notify"), "0001")

    found = faults(settings)

    assert set(found) == {f"migrations {name}" for name in SERVICES if name != "events"}
    assert "misses 0002, 0003" in found["migrations notify"]
    assert found["migrations notify"].endswith(": hub migrate notify")
    assert found["migrations alliances"].endswith("there is no database yet: hub migrate alliances")
    assert not (settings.home / "alliances.sqlite3").exists()


def test_a_process_is_examined_for_what_it_needs_only(settings: Settings) -> None:
    assert set(faults(settings, "notify")) == {"migrations notify"}
    assert faults(settings, "gateway") == {}


def test_a_database_that_is_away_is_named_without_its_password(settings: Settings) -> None:
    url = f"postgresql+psycopg2://notify:hunter2@127.0.0.1:{free_port()}/notify"

    found = faults(replace(settings, databases={**settings.databases, "notify": url}), "notify")

    assert "HUB_DATABASE_NOTIFY" in found["database notify"]
    assert "hunter2" not in str(found)


def test_a_broker_that_is_away_is_a_fault(settings: Settings) -> None:
    away = replace(settings, amqp_uri=f"amqp://hub:hunter2@127.0.0.1:{free_port()}/hub")

    found = faults(away, "gateway")

    assert "HUB_AMQP_URI" in found["broker"]
    assert "hunter2" not in str(found)


@pytest.mark.live
def test_queues_that_are_missing_are_named(settings: Settings, amqp_uri: str, new_database: Callable[[], str]) -> None:
    settings = replace(settings, amqp_uri=amqp_uri, call_keys=CallKeys(settings.home).keys)
    settings = replace(settings, databases={**settings.databases, "projects": new_database()})

    before = faults(settings, "projects")
    prepare(settings, "projects")

    assert before["queues of projects"].endswith("hub migrate projects")
    assert "projects.keep_organization.v1" in before["queues of projects"]
    assert faults(settings, "projects") == {}


def test_the_mail_server_is_spoken_to_and_gets_no_mail(settings: Settings, mail_server: MailServer) -> None:
    smtp = replace(settings.of(Smtp), host="127.0.0.1")
    there = settings.having(replace(smtp, port=mail_server.port))
    away = settings.having(replace(smtp, port=free_port()))

    assert "mail" not in faults(there, "notify")
    assert "HUB_SMTP_*" in faults(away, "notify")["mail"]
    assert mail_server.attempts == 0


@pytest.mark.parametrize("process", ["gateway", "events", "alliances"])
def test_a_store_that_cannot_be_written_is_a_fault(settings: Settings, tmp_path: Path, process: str) -> None:
    (tmp_path / "file").touch()

    assert "HUB_STORE" in faults(replace(settings, store=f"file://{tmp_path}/file"), process)["store"]


def test_an_issuer_that_does_not_answer_is_a_fault(settings: Settings) -> None:
    away = settings.having(SignInSettings(f"http://127.0.0.1:{free_port()}", "hub"))

    assert "HUB_OIDC_ISSUER" in faults(away, "gateway")["issuer"]


def test_a_console_that_is_set_in_part_is_a_fault(settings: Settings) -> None:
    served = replace(settings, amqp_uri="amqp://broker/hub", public_url="https://hub.example.org")
    part = served.having(replace(served.of(ConsoleSettings), client_id="console"))
    whole = part.having(replace(part.of(ConsoleSettings), secrets=("s" * 32,))).having(
        SignInSettings("https://id", "hub")
    )

    assert missing(served) is None
    assert missing(part) == ["HUB_OIDC_ISSUER", "HUB_SESSION_SECRET"]
    assert missing(whole) == []
    assert "HUB_SESSION_SECRET" in faults(part, "gateway")["console"]
    assert "console" not in faults(served, "gateway") | faults(part.having(part.of(SignInSettings)), "events")


def test_what_is_hardly_meant_is_advised_upon(settings: Settings, tmp_path: Path) -> None:
    served = replace(settings, amqp_uri="amqp://broker/hub", clock_file=tmp_path / "clock")
    served = served.having(FontSettings(tmp_path / "none", (tmp_path / "no other",)))

    assert {"HUB_AMQP_URI", "HUB_CLOCK_FILE", "HUB_OIDC_ISSUER", "HUB_PUBLIC_URL", "font", "fonts"} <= set(
        advices(served)
    )
    assert "HUB_AMQP_URI" not in advices(
        replace(served, amqp_uri="amqps://broker/hub", telemetry=Telemetry("1", "", 0))
    )


def test_keys_that_are_missing_or_wrong_are_a_fault_of_who_needs_them(settings: Settings, tmp_path: Path) -> None:
    served, keys = replace(settings, amqp_uri=f"amqp://127.0.0.1:{free_port()}/"), CallKeys(tmp_path)

    assert "HUB_CALL_KEYS" in faults(served, "events")["call keys"]
    assert "HUB_CALL_KEY " in faults(served, "gateway")["call keys"]
    assert "call keys" not in faults(replace(served, call_keys=keys.keys), "events")
    assert "HUB_UNSIGNED_CALLS" in advices(replace(served, call_keys=keys.keys, unsigned_calls="accept"))["call keys"]


def test_what_serves_development_only_is_said(settings: Settings) -> None:
    here = replace(settings, ticket_secret="development-development-development")
    public = replace(settings, public_url="https://hub.example.org")
    settings.home.chmod(0o755)

    assert "this machine only" in advices(here)["HUB_TICKET_SECRET"]
    assert {"HUB_HOSTS", "HUB_INTROSPECTION"} <= set(advices(public, "gateway"))
    assert not {"HUB_HOSTS", "HUB_INTROSPECTION"} & set(advices(here, "gateway"))
    assert advices(settings)["HUB_HOME"].endswith(f"chmod 700 {settings.home}")


def test_each_line_says_how_it_stands_in_both_languages() -> None:
    assert Finding("mail").line().split() == ["正常", "ok", "mail"]
    assert Finding("mail", fault="断 · broken").line() == "故障 fault   mail: 断 · broken"
    assert Finding("mail", advice="注意 · mind").line() == "提示 advice  mail: 注意 · mind"
