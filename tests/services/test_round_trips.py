"""Round trips: what PostgreSQL is asked for a query, a command and the message that follows it, each question counted.

Whoever adds one adds it here; who takes one away has won some tenths of a millisecond for every caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.databases.ground import GROUND
from tests.servers.asked import Question, asked
from tests.servers.fixtures import revived
from tests.servers.postgres import PostgreSQL
from tests.services.alliances.alliances_hub import AlliancesHub, secretariat
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import EventsHub

pytestmark = pytest.mark.live
WORDS = {"BEGIN", "COMMIT", "ROLLBACK"}
WRITTEN = re.compile(r"\b(INSERT) INTO (\w+)|\b(UPDATE) (\w+) SET")
READ = re.compile(r"\bFROM (\w+)")
LOOKED_AT_BY_TESTS = "SELECT outbox.id \n\tFROM outbox"  # settle()

RELAYED = ["SELECT outbox", "UPDATE outbox", "UPDATE outbox", "pg_notify"]
"""Sorted: a claim, a look at whether there is more, the mark that it has left; and others are told, in the end."""


@pytest.fixture
def server(_database_server: PostgreSQL, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PostgreSQL]:
    """For hubs whose pumps look only when they are woken."""
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    monkeypatch.setenv("HUB_LOOK_EVERY", "60")
    server = revived(_database_server)
    with GROUND.on(server):
        yield server


def brief(question: Question) -> str:
    """A word, or the verb and the table, as `SELECT outbox`; a claim, which begins WITH what it looks at, is an UPDATE."""
    statement = question.statement
    if statement in WORDS:
        return statement
    if "pg_notify" in statement:
        return "pg_notify"
    if written := WRITTEN.search(statement):
        return " ".join(part for part in written.groups() if part)
    return f"SELECT {READ.findall(statement)[-1]}"


def asks(server: PostgreSQL, hub: AlliancesHub | EventsHub, call: Callable[[], object]) -> tuple[list[str], list[str]]:
    """What a call asks, in its order; and, sorted, what is asked by others until its message has left."""
    hub.settle()
    with asked(server) as questions:
        call()
        hub.settle()
    counted = [each for each in questions if not each.statement.startswith(LOOKED_AT_BY_TESTS)]
    began = next(each for each in counted if brief(each) not in RELAYED)
    own = [each for each in counted if each.process == began.process]
    end = next((place for place, each in enumerate(own) if brief(each) == "COMMIT"), len(own) - 1)
    own = own[: end + 1]
    return [brief(each) for each in own], sorted(brief(each) for each in counted if each not in own)


def test_alliances(server: PostgreSQL) -> None:
    hub = AlliancesHub()
    hub.begin()
    alliance = hub.alliance()
    member, someone = hub.member(alliance), secretariat(alliance)
    step = ["SELECT memberships", "SELECT grants", "UPDATE memberships", "INSERT membership_steps", "INSERT outbox"]

    assert asks(server, hub, lambda: hub.ask("alliances_by_id", someone, ids=[alliance["id"]])) == (
        ["SELECT alliances"],
        [],
    )
    assert asks(server, hub, lambda: hub.ask("organizations", someone, first=100)) == (["SELECT organizations"], [])
    suspend = {"membership_id": member["id"], "reason": "-"}
    assert asks(server, hub, lambda: hub.ask("suspend_member", someone, **suspend)) == (
        ["BEGIN", *step, "COMMIT"],
        RELAYED,
    )
    resume = {"key": "once", "membership_id": member["id"]}
    assert asks(server, hub, lambda: hub.ask("resume_member", someone, **resume)) == (
        ["BEGIN", "INSERT answers", "SELECT answers", *step, "INSERT answers", "COMMIT"],
        RELAYED,
    )
    hub.stop()


def test_submit_entry(server: PostgreSQL) -> None:
    hub = EventsHub()
    track_id = opened(hub, tracks=[a_track(p310000=9)])
    entry = {"track_id": track_id, "organization_id": hub.organization(representative="teacher")}
    hub.ask("submit_entry", "teacher", **entry, contestant="第一队")

    own, others = asks(server, hub, lambda: hub.ask("submit_entry", "teacher", **entry, contestant="第二队"))

    looked_up = ["SELECT organizations", "SELECT tracks", "SELECT grants", "SELECT quota_tree", "SELECT entries"]
    assert own == ["BEGIN", *looked_up, "INSERT entries", "INSERT outbox", "UPDATE quota_tree", "COMMIT"]
    assert others == RELAYED
    hub.stop()
