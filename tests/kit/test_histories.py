"""Histories: of each of many things what its journal says, from either end, at a cost that no journal makes grow."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from contracts.browsing import Stretch
from contracts.refusals import InvalidInput
from kit.calls.histories import concerning, histories
from kit.context import Context
from kit.data.db import Database
from kit.data.paging import cursor_of
from kit.ids import new_id
from kit.messages.outbox import history, record
from kit.rights.right import PUBLIC
from kit.viewer import SYSTEM, Viewer
from tests.kit.things import Thing, ThingHappened, a_thing

SMALL = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10)
ANN = Context(Viewer("ann"))


def told(database: Database, lengths: list[int]) -> list[Thing]:
    """New things to which so much has happened."""
    with database.transaction(ANN) as session:
        things = [a_thing(session) for _ in lengths]
        for thing, length in zip(things, lengths, strict=True):
            for number in range(1, length + 1):
                record(session, thing, ThingHappened(what=str(number)))
    return things


def asked(database: Database, things: list[Thing], stretch: Stretch, **how: Any) -> list[dict[str, Any]]:
    with database.transaction(writes=False) as session:
        return histories(session, things, whose="thing_id", stretch=stretch, **how)


@SMALL
@given(
    lengths=st.lists(st.integers(0, 7), max_size=4),
    size=st.integers(1, 8),
    place=st.none() | st.integers(1, 9),
    backwards=st.booleans(),
)
def test_a_stretch_of_each_history_is_that_of_its_journal_and_one_step_more(
    database: Database, lengths: list[int], size: int, place: int | None, backwards: bool
) -> None:
    things, cursor = told(database, lengths), cursor_of(place) if place else None
    stretch = Stretch(last=size, before=cursor) if backwards else Stretch(first=size, after=cursor)

    found = asked(database, things, stretch)

    with database.transaction(writes=False) as session:
        for thing in things:
            numbers = [row.subject_version for row in history(session, "thing", thing.id)]
            rest = [n for n in numbers if place is None or (n < place if backwards else n > place)]
            expected = rest[-size - 1 :] if backwards else rest[: size + 1]
            assert [each["what"] for each in found if each["thing_id"] == thing.id] == list(map(str, expected))
    counted = asked(database, things, Stretch(counted=True))
    assert [each["total"] for each in counted] == lengths


def test_a_step_says_what_was_done_by_whom_and_when_and_of_time_and_of_the_unnamed_not_by_whom(
    database: Database,
) -> None:
    [thing] = told(database, [1])
    with database.transaction(Context(SYSTEM)) as session:
        record(session, session.get_one(Thing, thing.id), ThingHappened(what="timer"))
        now = session.now
    again = [thing_as_it_is(database, thing.id)]

    first, second = asked(database, again, Stretch(first=5))
    silent = asked(database, again, Stretch(first=5), unnamed=[ThingHappened])

    assert first == {
        "thing_id": thing.id,
        "cursor": cursor_of(1),
        "type": "tests.thing_happened",
        "what": "1",
        "actor": "ann",
        "at": now,
        "reason": "",
    }
    assert second["actor"] is None
    assert [each["actor"] for each in silent] == [None, None]


def thing_as_it_is(database: Database, id_: str) -> Thing:
    with database.transaction(writes=False) as session:
        return session.get_one(Thing, id_)


def test_however_long_the_journals_one_statement_reads_no_more_of_each_than_a_page(database: Database) -> None:
    things, statements = told(database, [30, 30]), []
    event.listen(
        database.engine, "before_cursor_execute", lambda _conn, _cur, statement, *_: statements.append(statement)
    )

    forwards, backwards = asked(database, things, Stretch(first=2)), asked(database, things, Stretch(last=2))

    assert (len(forwards), len(backwards)) == (6, 6)
    assert len([each for each in statements if "FROM outbox" in each]) == 2
    assert asked(database, [], Stretch(first=2)) == []


def test_a_cursor_of_another_list_is_refused(database: Database) -> None:
    things = told(database, [2])
    for cursor in (cursor_of(new_id()), cursor_of(0), cursor_of(1, 2), cursor_of(2**40), "nonsense"):
        with pytest.raises(InvalidInput):
            asked(database, things, Stretch(first=1, after=cursor))


def test_concerning_leaves_those_for_which_the_viewer_has_the_right(database: Database) -> None:
    right = PUBLIC.given("even", "偶数的", "even ones")
    with database.transaction(writes=False) as session:
        found = concerning(session, right, [1, 2, 3, 4], keys=lambda number: {"even": number % 2 == 0})

    assert found == [2, 4]
