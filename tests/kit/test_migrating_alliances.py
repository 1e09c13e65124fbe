"""Migrating alliances: names that were there before anybody was told are told, links that had no days are dated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select, update
from sqlalchemy.orm import Session
from sqlalchemy.schema import MetaData

from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.process.migrate import migrate
from kit.process.runtime import Runtime
from kit.settings import read_settings
from kit.work.timers import DueRow, Schedule
from services.alliances.people.persons import calling
from services.alliances.registry.alliances.model import Alliance, AllianceLink
from services.alliances.service import AlliancesService
from tests.clock import StandingClock
from tests.kit.test_migrating_what_there_is import NOW, add
from tests.kit.things import FakePublisher

COMMON: dict[str, Any] = {"version": 1, "created_at": NOW}
pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
AFTER_THE_ROLL = datetime.now(UTC) + timedelta(hours=2)


@contextmanager
def at_revision(url: str, revision: str) -> Iterator[tuple[Engine, MetaData]]:
    """The tables as the release before had them."""
    migrate("alliances", url, revision)
    engine, tables = create_engine(url), MetaData()
    tables.reflect(engine)
    yield engine, tables
    engine.dispose()


def timers(engine: Engine) -> dict[str, str]:
    """What waits, and of what it is the timer."""
    with Session(engine) as session:
        return {row.timer: row.subject_id for row in session.query(DueRow)}


def ring(url: str, timer: str) -> None:
    """Do what has fallen due of this timer, wave by wave, as a replica does after the roll."""
    clock = StandingClock()
    clock.move_to(AFTER_THE_ROLL)
    runtime = Runtime(AlliancesService, replace(read_settings(), databases={"alliances": url}), clock, FakePublisher())
    schedule = Schedule(runtime.database, {timer: getattr(runtime.service, timer)}, runtime.settings.retry)
    while timer in timers(runtime.database.engine):
        schedule.work()
    runtime.database.close()


@pytest.mark.parametrize("wave", [1, 200])
def test_names_that_there_were_are_told_once_the_roll_is_over(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, wave: int
) -> None:
    monkeypatch.setattr(calling, "AT_A_TIME", wave)
    people = {new_id(): name for name in ("李老师", "王老师", "")}
    with at_revision(empty_url, "0018") as (engine, tables), engine.begin() as connection:
        for id_, name in people.items():
            named = {"name_zh": name, "name_en": "", "registered_by": "office", "erased_at": None if name else NOW}
            add(connection, tables, "persons", {"id": id_, **COMMON, **named})

    migrate("alliances", empty_url)

    engine = create_engine(empty_url)
    assert timers(engine)["tell_names"] == ""
    ring(empty_url, "tell_names")
    with Session(engine) as session:
        called = session.scalars(select(OutboxRow).where(OutboxRow.type == "alliances.person_called")).all()
        told = {row.data["person_id"]: row.data["name_zh"] for row in called}
    engine.dispose()
    assert told == {id_: name for id_, name in people.items() if name}


def test_a_new_database_has_nothing_to_tell_or_to_date(empty_url: str) -> None:
    migrate("alliances", empty_url)

    engine = create_engine(empty_url)
    assert timers(engine) == {}
    engine.dispose()


def test_links_that_there_were_have_their_days_and_those_of_the_roll_too(empty_url: str) -> None:
    low, up, top = sorted(new_id() for _ in range(3))
    days = [NOW + timedelta(days=number) for number in range(4)]
    with at_revision(empty_url, "0019") as (engine, tables), engine.begin() as connection:
        for number, id_ in enumerate((low, up, top)):
            names = {"name_zh": f"联盟{number}", "name_en": f"Alliance {number}", "name_key": f"联盟{number}"}
            facts = {"kind": "mechanism", "stage": "active", "regions": [], "spelling": 1, **names}
            add(connection, tables, "alliances", {"id": id_, **COMMON, **facts})
        for version, parent in enumerate((up, top), start=1):
            add(connection, tables, "outbox", said(low, version, days[version - 1], parent))
        add(connection, tables, "outbox", said(up, 1, days[0], None) | {"data": {"what": "corrected"}})

    migrate("alliances", empty_url)

    engine = create_engine(empty_url)
    assert links(engine) == [(low, up, days[0], days[1]), (low, top, days[1], None)]
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:  # an old replica, which knows of no table of links
        add(connection, tables, "outbox", said(low, 3, days[2], None))
        add(connection, tables, "outbox", said(up, 2, days[3], top))
    with Session(engine) as session, session.begin():
        session.execute(update(Alliance).where(Alliance.id == up).values(parent_id=top))
    ring(empty_url, "date_links")
    healed = links(engine)
    engine.dispose()
    assert healed == [(low, up, days[0], days[1]), (low, top, days[1], days[2]), (up, top, days[3], None)]


def said(alliance_id: str, version: int, moment: datetime, parent_id: str | None) -> dict[str, Any]:
    about = {"subject_type": "alliance", "subject_id": alliance_id, "subject_version": version, "actor": "office"}
    about |= {"id": new_id(), "type": "alliances.alliance_changed", "correlation_id": "one", "time": moment}
    return {**about, "sent_at": moment, "data": {"what": "linked", "parent_id": parent_id}}


def links(engine: Engine) -> list[tuple[str, str, datetime, datetime | None]]:
    with Session(engine) as session:
        rows = session.query(AllianceLink).order_by(AllianceLink.since)
        return [(row.alliance_id, row.parent_id, row.since, row.until) for row in rows]
