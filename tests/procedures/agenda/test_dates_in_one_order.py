"""Dates of several kinds, kept as days and as moments, are one list: any pages of any services, merged, are all of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from contracts.agenda import DateKind
from contracts.refusals import InvalidInput
from gateway.graph.agenda.merging import merged
from kit.data.db import TYPES, Id
from kit.data.paging import cursor_of
from kit.ids import new_id
from procedures.agenda.dates import Dates, DueThing, Span, due, key_of, number_due, span_of

START = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # a midnight in China
ID = "01a22dc6-4194-757c-a362-393e3b427ed7"
HOURS = [0, 15, 16, 24, 40]


class Base(DeclarativeBase):
    type_annotation_map = TYPES


class Thing(Base):
    __tablename__ = "things"

    id: Mapped[Id] = mapped_column(primary_key=True)
    kind: Mapped[str]
    moment: Mapped[datetime | None]
    day: Mapped[date | None]
    done: Mapped[bool]


def kind_of(kind: DateKind, *, days: bool, after: timedelta = timedelta()) -> Dates:
    column: Any = Thing.day if days else Thing.moment

    def rows(_: Any) -> Any:
        return select(Thing.id, column, Thing.done).where(Thing.kind == kind)

    return Dates(kind=kind, subject="thing", rows=rows, after=lambda _: after)


KINDS = (
    kind_of(DateKind.APPLICATION, days=False, after=timedelta(hours=1)),
    kind_of(DateKind.MILESTONE, days=True),
    kind_of(DateKind.RENEWAL, days=True),
    kind_of(DateKind.WORKS, days=False),
)
SERVICES = (KINDS[:2], KINDS[2:])
things = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(HOURS), st.booleans()), max_size=12)


def filled(made: list[tuple[Dates, int, bool]]) -> Session:
    session = Session(create_engine("sqlite://"))
    Base.metadata.create_all(session.connection())
    for dates, hours, done in made:
        moment = START + timedelta(hours=hours)
        when = {"day": moment.date()} if dates in KINDS[1:3] else {"moment": moment}
        session.add(Thing(id=new_id(), kind=dates.kind, done=done, **when))
    session.flush()
    return session


def part(session: Any, kinds: tuple[Dates, ...], span: Span, first: int, after: str | None) -> dict[str, Any]:
    def view(thing: DueThing) -> dict[str, Any]:
        return {"kind": thing.dates.kind, "subject_id": thing.id, "due_at": thing.due_at.isoformat()}

    return due(session, None, kinds, span, first=first, after=after).view(view)  # type: ignore[arg-type]


def page_by_page(session: Any, span: Span, first: int) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = merged({str(n): part(session, kinds, span, first, after) for n, kinds in enumerate(SERVICES)}, first)
        found += [node["subject_id"] for node in page["nodes"]]
        if not page["has_next"]:
            return found
        assert len(page["nodes"]) == first
        after = page["cursors"][-1]


@settings(max_examples=40)
@given(made=things, first=st.integers(1, 4), until=st.sampled_from([1, 16, 30, 100]), undone=st.booleans())
def test_pages_are_the_whole_list_in_its_order(
    made: list[tuple[Dates, int, bool]], first: int, until: int, undone: bool
) -> None:
    span = Span(START, START + timedelta(hours=until), undone)
    with filled(made) as session:
        whole = due(session, None, KINDS, span, first=100, after=None).rows  # type: ignore[arg-type]
        assert [each.key for each in whole] == sorted(each.key for each in whole)
        assert all(span.since <= each.due_at < span.until and not (undone and each.done) for each in whole)
        assert page_by_page(session, span, first) == [each.id for each in whole]
        assert number_due(session, None, KINDS, span) == len(whole)  # type: ignore[arg-type]


def test_what_is_due_on_a_day_is_due_at_its_end_in_china() -> None:
    with filled([(KINDS[1], 0, False)]) as session:
        span = Span(START - timedelta(days=2), START + timedelta(days=2))
        [found] = due(session, None, KINDS, span, first=5, after=None).rows  # type: ignore[arg-type]
    assert found.due_at == datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("cursor", ["x", cursor_of("1"), cursor_of("never", "works", ID), cursor_of("a", "b", "c")])
def test_the_cursor_of_another_list_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        key_of(cursor)


def test_a_span_is_bounded() -> None:
    assert span_of(START, None, undone=False).until == START + timedelta(days=60)
    assert span_of(START, START + timedelta(days=400), undone=False).until == START + timedelta(days=400)
    for days in (-1, 401):
        with pytest.raises(InvalidInput):
            span_of(START, START + timedelta(days=days), undone=False)
