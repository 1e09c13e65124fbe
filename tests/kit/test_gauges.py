"""Gauges: what waits and was parked is shown as it was last seen; a database that does not answer shows, and holds nobody up."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import eventlet.event
import pytest
from sqlalchemy.exc import OperationalError

from kit.data.db import Database
from kit.messages.inbox import InboxRow
from kit.process.gauges import Gauges
from kit.process.run import _await_migration
from kit.work.due import State
from kit.work.timers import DueRow
from tests.clock import NOW, StandingClock
from tests.kit.things import a_database, a_thing_with_messages, an_envelope


def shown(gauges: Gauges) -> dict[str, float]:
    """Every figure, by its name and label."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in gauges.collect()
        for sample in family.samples
    }


def test_what_waits_and_what_was_parked_is_counted(database: Database, clock: StandingClock) -> None:
    gauges = Gauges(database, [InboxRow, DueRow])
    a_thing_with_messages(database, 3)
    facts = vars(an_envelope()).copy()
    facts["message_id"] = facts.pop("id")
    with database.transaction() as session:
        session.add(InboxRow(**facts, handler="a.v1", received_at=NOW, due_at=NOW, state=State.WAITING))
        session.add(InboxRow(**facts, handler="b.v1", received_at=NOW, state=State.PARKED))
    clock.advance(timedelta(seconds=90))

    gauges.look()

    found = shown(gauges)
    assert found["hub_database_up"] == 1
    assert (found["hub_outbox_unsent"], found["hub_outbox_oldest_seconds"]) == (3, 90)
    assert (found["hub_inbox_waiting"], found["hub_inbox_oldest_seconds"]) == (1, 90)
    assert (found["hub_parked message"], found["hub_overdue_seconds message"]) == (1, 90)
    assert found[f"hub_parked_messages {facts['type']}"] == 1
    assert (found["hub_parked timer"], found["hub_overdue_seconds timer"]) == (0, 0)


def test_who_scrapes_during_a_look_is_given_the_last_one(sqlite: Database) -> None:
    gauges = Gauges(sqlite, [])
    gauges.look()
    during: list[dict[str, float]] = []
    transaction = sqlite.transaction

    def watched(**how: Any) -> Any:
        during.append(shown(gauges))
        return transaction(**how)

    sqlite.transaction = watched  # type: ignore[method-assign,assignment]
    gauges.look()

    assert during[0]["hub_database_up"] == 1
    assert "hub_outbox_unsent" in during[0]


def test_a_database_that_is_away_shows_and_its_figures_do_not() -> None:
    away = a_database("postgresql+psycopg2://hub@127.0.0.1:9/nobody")
    gauges = Gauges(away, [InboxRow])

    with pytest.raises(OperationalError):
        gauges.look()

    assert shown(gauges)["hub_database_up"] == 0
    assert "hub_outbox_unsent" not in shown(gauges)
    away.close()


def test_no_work_is_taken_before_the_migrations_are_there() -> None:
    reports = iter([False, True])
    runtime: Any = SimpleNamespace(
        service_class=SimpleNamespace(name="things"),
        health=SimpleNamespace(report=lambda: {"migrated": next(reports)}),
    )

    _await_migration(runtime, eventlet.event.Event())

    assert list(reports) == []
