"""Paging: slices like a list, stays put while rows come in, and takes no cursor but its own."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlakeyset import Marker, serialize_bookmark
from sqlalchemy import Select, delete, event, select
from sqlalchemy.exc import OperationalError

from contracts.browsing import ByAge, Stretch
from contracts.refusals import InvalidInput
from kit.data.db import Database
from kit.data.paging import DEFAULT, Page, by_age, counted, cursor_of, id_of_cursor, page
from kit.ids import new_id
from tests.clock import NOW
from tests.kit.things import Thing, a_thing

ORDERS: dict[str, tuple[Select[Any], Any]] = {
    "by id": (select(Thing).order_by(Thing.id), lambda thing: thing.id),
    "by rank": (select(Thing).order_by(Thing.rank, Thing.id), lambda thing: (thing.rank, thing.id)),
    "newest rank first": (
        select(Thing).order_by(Thing.rank.desc(), Thing.id.desc()),
        lambda thing: (-thing.rank, [-ord(letter) for letter in thing.id]),
    ),
    "by moment": (select(Thing).order_by(Thing.created_at, Thing.id), lambda thing: (thing.created_at, thing.id)),
}
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def things(database: Database, ranks: Iterable[int]) -> list[Thing]:
    """New things of these ranks in an otherwise empty table."""
    with database.transaction() as session:
        session.execute(delete(Thing))
        return [a_thing(session, rank=rank, created_at=NOW + timedelta(seconds=rank)) for rank in ranks]


def read_page(database: Database, query: Select[Any], *which: Any, **more: Any) -> Page[Any]:
    with database.transaction(writes=False) as session:
        return page(session, query, Stretch(*which, **more))


def ids(rows: list[Thing]) -> list[str]:
    return [row.id for row in rows]


@given(
    key=st.one_of(st.tuples(st.uuids().map(str)), st.tuples(st.text(max_size=40)), st.tuples(st.integers(), st.text()))
)
def test_a_cursor_is_what_the_library_would_write(key: tuple[Any, ...]) -> None:
    written = serialize_bookmark(Marker(key, backwards=False))

    assert cursor_of(*key) == base64.urlsafe_b64encode(written.encode()).decode()


@pytest.mark.parametrize("order", ORDERS)
@SLOW
@given(ranks=st.lists(st.integers(-2, 2), max_size=12), first=st.integers(1, 5), data=st.data())
def test_a_page_is_a_slice_of_the_list(
    sqlite: Database, order: str, ranks: list[int], first: int, data: st.DataObject
) -> None:
    query, key = ORDERS[order]
    model = ids(sorted(things(sqlite, ranks), key=key))
    whole = read_page(sqlite, query, first=100)
    start = data.draw(st.integers(0, len(model)))

    found = read_page(sqlite, query, first=first, after=whole.cursors[start - 1] if start else None)

    assert ids(whole.rows) == model and not whole.has_next
    assert ids(found.rows) == model[start : start + first]
    assert found.has_next == (start + first < len(model))
    assert found.cursors == whole.cursors[start : start + first]


@pytest.mark.parametrize("order", ORDERS)
@SLOW
@given(ranks=st.lists(st.integers(-2, 2), max_size=12), last=st.integers(1, 5), data=st.data())
def test_a_page_before_a_cursor_is_a_slice_of_the_list_too(
    sqlite: Database, order: str, ranks: list[int], last: int, data: st.DataObject
) -> None:
    query, key = ORDERS[order]
    model = ids(sorted(things(sqlite, ranks), key=key))
    whole = read_page(sqlite, query, first=100)
    end = data.draw(st.integers(0, len(model)))

    found = read_page(sqlite, query, last=last, before=whole.cursors[end] if end < len(model) else None)

    begin = max(end - last, 0)
    assert ids(found.rows) == model[begin:end]
    assert found.cursors == whole.cursors[begin:end]
    assert (found.has_previous, found.has_next) == (begin > 0, end < len(model))


def test_a_list_is_counted_as_far_as_one_counts(database: Database) -> None:
    things(database, range(5))
    query = select(Thing).where(Thing.rank > 0).order_by(Thing.rank, Thing.id)

    with database.transaction(writes=False) as session:
        exact, as_many, more = (counted(session, query, most) for most in (9, 4, 3))

    assert read_page(database, query, counted=True).view(str) == {
        "nodes": [],
        "cursors": [],
        "has_next": False,
        "total": 4,
        "more": False,
    }
    assert [(each.total, each.more) for each in (exact, as_many, more)] == [(4, False), (4, False), (3, True)]


def test_a_list_has_the_orders_that_it_says_and_the_first_of_them_usually(database: Database) -> None:
    model = ids(things(database, [0] * 6))
    orders = by_age(Thing.id)

    with database.transaction(writes=False) as session:
        usual, newest, end = (
            page(session, select(Thing), stretch, orders=orders)
            for stretch in (Stretch(2), Stretch(2, order_by=ByAge.NEWEST), Stretch(last=2, order_by=ByAge.NEWEST))
        )

    assert ids(usual.rows) == model[:2]
    assert ids(newest.rows) == model[:-3:-1]
    assert ids(end.rows) == [model[1], model[0]]


@pytest.mark.parametrize("order", ORDERS)
def test_pages_one_after_the_other_are_the_list(database: Database, order: str) -> None:
    query, key = ORDERS[order]
    model = ids(sorted(things(database, [number % 4 for number in range(25)]), key=key))

    walked: list[str] = []
    after = None
    while True:
        found = read_page(database, query, first=4, after=after)
        walked += ids(found.rows)
        if not found.has_next:
            break
        after = found.cursors[-1]

    assert walked == model


def test_rows_that_come_in_meanwhile_move_nothing(database: Database) -> None:
    query = select(Thing).order_by(Thing.rank, Thing.id)
    things(database, range(0, 100, 10))
    first = read_page(database, query, first=4)

    with database.transaction() as session:
        for rank in (-5, 5, 15, 35, 95):
            a_thing(session, rank=rank)
        session.execute(delete(Thing).where(Thing.id == first.rows[-1].id))  # the row of the cursor itself
    rest = read_page(database, query, first=100, after=first.cursors[-1])

    assert [row.rank for row in first.rows] == [0, 10, 20, 30]
    assert [row.rank for row in rest.rows] == [35, 40, 50, 60, 70, 80, 90, 95]


def test_a_page_has_a_default_length_and_an_outside_view(sqlite: Database) -> None:
    model = things(sqlite, [0] * (DEFAULT + 1))

    found = read_page(sqlite, select(Thing).order_by(Thing.id))

    assert found.view(lambda thing: {"id": thing.id}) == {
        "nodes": [{"id": thing.id} for thing in model[:DEFAULT]],
        "cursors": found.cursors,
        "has_next": True,
    }


def test_page_one_thousand_costs_what_page_one_costs(sqlite: Database) -> None:
    things(sqlite, range(50))
    query = select(Thing).order_by(Thing.rank, Thing.id)
    sent: list[tuple[str, Any]] = []
    event.listen(sqlite.engine, "before_cursor_execute", lambda _c, _u, *sql: sent.append(sql[:2]))

    first = read_page(sqlite, query, first=10)
    second = read_page(sqlite, query, first=10, after=first.cursors[-1])

    ((statement, parameters),) = [sql for sql in sent if "WHERE" in sql[0]]
    with sqlite.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert [row.rank for row in second.rows] == list(range(10, 20))
    assert [step.detail for step in plan] == ["SEARCH things USING INDEX ix_things_rank ((rank,id)>(?,?))"]


def test_the_cursor_of_a_list_by_id_holds_the_id() -> None:
    id_ = new_id()

    assert (id_of_cursor(None), id_of_cursor(cursor_of(id_))) == (None, id_)


@pytest.mark.parametrize("cursor", ["", "x", "MTIz", cursor_of(new_id(), new_id()), cursor_of(7), cursor_of("a\0")])
def test_a_cursor_that_holds_no_id_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        id_of_cursor(cursor)


def test_the_cursor_of_a_key_is_that_of_its_row(sqlite: Database) -> None:
    things(sqlite, [0, 0])

    found = read_page(sqlite, select(Thing).order_by(Thing.id))

    assert [cursor_of(row.id) for row in found.rows] == found.cursors


def encoded(bookmark: str) -> str:
    return base64.urlsafe_b64encode(bookmark.encode()).decode()


HOSTILE = {
    "nothing": "",
    "only padding": "====",
    "not base64": "%%%",
    "not ascii": "游标",
    "blanks within": cursor_of("x")[:4] + " " + cursor_of("x")[4:],
    "not utf-8": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    "no direction": encoded("s:x"),
    "no place": encoded(">"),
    "backwards": encoded(f"<s:{new_id()}"),
    "a carriage return": encoded(">s:a\rb"),
    "a newline": encoded(">\n"),
    "an unknown type": encoded(">pickle:x"),
    "a number out of any range": encoded(">dt:" + "9" * 40),
    "no decimal": encoded(">n:x"),
    "too long a key": cursor_of(new_id(), new_id()),
}


def test_a_cursor_that_nobody_gave_out_is_refused(database: Database) -> None:
    things(database, [0])
    answers = {}

    for name, cursor in HOSTILE.items():
        try:
            answers[name] = read_page(database, select(Thing).order_by(Thing.id), after=cursor)
        except InvalidInput as refused:
            answers[name] = refused.problems()

    assert answers == {name: [{"code": "INVALID", "field": "after", "params": {}}] for name in HOSTILE}


def test_the_cursor_of_a_list_in_another_order_is_refused(database: Database) -> None:
    things(database, range(3))
    by_id = read_page(database, select(Thing).order_by(Thing.id)).cursors[0]
    by_rank = read_page(database, select(Thing).order_by(Thing.rank, Thing.id)).cursors[0]

    with pytest.raises(InvalidInput):
        read_page(database, select(Thing).order_by(Thing.rank, Thing.id), after=by_id)
    with pytest.raises(InvalidInput):
        read_page(database, select(Thing).order_by(Thing.id), after=by_rank)


CELLS = st.one_of(
    st.text(max_size=20),
    st.builds(
        "{}:{}".format, st.sampled_from(["s", "i", "f", "b", "n", "uuid", "dt", "d", "t", "x"]), st.text(max_size=20)
    ),
    st.builds("i:{}".format, st.integers()),
    st.builds("f:{}".format, st.floats()),
    st.builds("dt:{}".format, st.datetimes()),
    st.builds("uuid:{}".format, st.uuids()),
    st.sampled_from(["x", "true", "false", "s:", "i:1_0", "b:AAAA", "n:1e999999", "f:nan"]),
)
BOOKMARKS = st.builds(
    lambda direction, cells: (direction + "~".join(cells)).encode("utf-8", "surrogatepass"),
    st.sampled_from([">", ">", ">", "<", ""]),
    st.lists(CELLS, max_size=3),
)


@pytest.mark.parametrize("order", ORDERS)
@settings(SLOW, max_examples=150)
@given(cursor=st.one_of(st.text(max_size=80), BOOKMARKS.map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_whatever_stands_in_a_cursor_a_page_comes_or_a_refusal(database: Database, order: str, cursor: str) -> None:
    fields = ["after"]

    try:
        found = read_page(database, ORDERS[order][0], first=2, after=cursor)
    except InvalidInput as refused:
        fields = [problem["field"] for problem in refused.problems()]
    else:
        assert isinstance(found, Page)

    assert fields == ["after"]


@pytest.mark.parametrize("after", [None, cursor_of("01a20000-0000-7000-8000-000000000000")])
def test_a_database_that_is_away_is_not_blamed_on_the_cursor(sqlite: Database, after: str | None) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the server has gone"))

    event.listen(sqlite.engine, "before_cursor_execute", away)

    with pytest.raises(OperationalError):
        read_page(sqlite, select(Thing).order_by(Thing.id), after=after)


def test_an_empty_list_is_an_empty_page(sqlite: Database) -> None:
    assert read_page(sqlite, select(Thing).order_by(Thing.id)) == Page([], [], has_next=False)
