"""Dates: no day at the end of time makes an inbox, an export, a calendar or a whole list unreadable, for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from contracts.events.editions.competitions import CompetitionPublished
from contracts.forms import Input, day, instant, read
from contracts.refusals import InvalidInput
from contracts.times import within
from gateway.calendar.feed import feed
from gateway.exports.cells import rows_of
from kit.clock import CHINA, in_china
from services.events.editions.editions.model import Edition
from services.notify.notices.model import Announcement
from tests.databases.fixtures import BOTH
from tests.gateway.scripted import ScriptedGateway, ScriptedServices
from tests.services.events.competitions.competing import an_edition, drafted
from tests.services.events.events_hub import EventsHub
from tests.services.notify.notify_hub import (
    ALLIANCE,
    COMPETITION,
    NOW,
    SERIES,
    NotifyHub,
    envelope,
    membership,
    published,
    represents,
)

END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
EDGES = [
    "9999-12-31T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "1899-12-31T23:59:59Z",
    "2201-01-01T00:00:00Z",
]


class Times(Input):
    on = day(required=False)
    at = instant(required=False)


@pytest.fixture
def notify(home: Path) -> Iterator[NotifyHub]:
    hub = NotifyHub()
    yield hub
    hub.stop()


@pytest.fixture
def events(home: Path) -> Iterator[EventsHub]:
    hub = EventsHub()
    yield hub
    hub.stop()


def heard_of_the_end(notify: NotifyHub) -> None:
    """`reader` is told of a competition whose entries close when time ends, and of an admission before and after."""
    notify.hear(represents("reader"), membership("MemberAdmitted"))
    message = CompetitionPublished(
        competition=COMPETITION, edition=1, alliance_id=ALLIANCE.id, opens_at=NOW, closes_at=END, series_id=SERIES
    )
    notify.hear(envelope(message, NOW + timedelta(hours=1)))
    notify.hear(published(NOW + timedelta(hours=2)))


@pytest.mark.parametrize("_database", BOTH, indirect=True)
def test_an_inbox_that_hears_of_the_end_of_time_can_be_read(notify: NotifyHub) -> None:
    heard_of_the_end(notify)

    for language, said in (("zh-CN", "9999年12月31日"), ("en", "31 December 9999")):
        inbox = notify.inbox("reader", language=language)
        assert len(inbox) == 3
        assert said in inbox[1]["body"]


def test_a_notice_that_cannot_be_rendered_is_a_stub_with_a_number_among_all_others(notify: NotifyHub) -> None:
    heard_of_the_end(notify)
    with notify.runtime.database.transaction() as session:
        broken = update(Announcement).where(Announcement.rule == "competition_published", Announcement.time > NOW)
        session.execute(broken.values(facts={"closes": {"moment": "no moment"}}))

    zh, en = notify.inbox("reader"), notify.inbox("reader", language="en")

    assert [each["title"] for each in zh][:2] == ["此通知无法显示"] * 2
    assert [each["title"] for each in en][:2] == ["This notice cannot be shown"] * 2
    assert zh[2]["rule"] == "member_admitted"
    assert notify.ask("mark_notice_read", "reader", notice_id=zh[0]["id"])["read_at"]
    assert len(notify.ask("notices_by_id", "reader", ids=[each["id"] for each in zh])) == 3


@pytest.mark.parametrize("at", EDGES)
def test_a_moment_outside_of_the_years_is_refused_at_its_field(events: EventsHub, at: str) -> None:
    with events.refuses("OUT_OF_RANGE", "closesAt", min="1900-01-01", max="2200-12-31"):
        events.ask("draft_competition", **{**an_edition(), "closes_at": at})


@settings(max_examples=200)
@given(st.datetimes(timezones=st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))))
def test_whatever_moment_is_let_in_can_be_shown_in_every_zone(at: datetime) -> None:
    try:
        found = read(Times(), {"at": at.isoformat(), "on": at.date().isoformat()})
    except InvalidInput:
        assert not (within(at) and within(at.date()))
    else:
        assert found["at"] == at
        for hours in (-14, 14):
            assert found["at"].astimezone(timezone(timedelta(hours=hours))).year in range(1899, 2202)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-14)), timezone(timedelta(hours=14))])))
def test_whatever_moment_is_kept_already_has_a_time_in_china(at: datetime) -> None:
    shown = in_china(at)

    assert shown.tzinfo is CHINA
    assert shown.year in {1, 9999} or shown == at


def test_a_next_edition_of_one_that_ends_with_time_is_refused(events: EventsHub) -> None:
    competition = drafted(events)
    events.ask("publish_competition", competition_id=competition["id"])
    with events.runtime.database.transaction() as session:
        session.execute(update(Edition).values(closes_at=END))

    with events.refuses("OUT_OF_RANGE", "opensAt", min="1900-01-01", max="2200-12-31"):
        events.ask("open_next_edition", competition_id=competition["id"], opens_at="2030-01-01T00:00:00Z")


def test_a_row_that_no_sheet_can_hold_does_not_take_the_export() -> None:
    columns = [{"zh": "单位", "en": "Unit", "kind": "text"}, {"zh": "时间", "en": "Time", "kind": "moment"}]
    rows = [["a", END.isoformat()], ["b", "no moment"], ["c", "1066-10-14T08:00:00+00:00"], ["d", NOW.isoformat()]]

    shown = rows_of({"columns": columns, "rows": rows}, "zh-CN")

    assert [row[0] for row in shown if "无法显示" not in str(row[0])] == ["a", "c", "d"]
    assert shown[0][1] == "9999-12-31 23:59:59+08:00"
    assert [str(row[0])[:6] for row in shown if row[1] is None] == ["此行无法显示"]


def test_an_item_that_no_calendar_can_hold_does_not_take_the_feed() -> None:
    text = {"zh": "甲", "en": "A"}
    item = {"kind": "fixture", "competition_id": "c", "sequence": 1, "title": text, "detail": text, "place": None}
    times = {"changed_at": NOW, "starts_at": NOW, "ends_at": NOW, "cancelled": False}
    good = {"uid": "good", **item, **times}
    bad = [{**good, "uid": "bad", **wrong} for wrong in ({"starts_at": "never"}, {"changed_at": ""}, {"kind": "party"})]

    def written(*items: dict[str, Any]) -> bytes:
        return feed(list(items), name="甲", locale="zh-CN", source="https://hub.example/x", page=str)

    assert written(bad[0], good, *bad[1:]) == written(good)
    assert b"VTIMEZONE" in written(*bad)


async def test_a_list_with_a_row_that_failed_is_shown_with_its_number() -> None:
    page = {"nodes": [], "cursors": [], "has_next": True, "incidents": ["8d1f"], "end": "next"}
    gateway = ScriptedGateway(ScriptedServices(alliances__alliances=lambda _: page))

    body = await gateway.answer("{ alliances { nodes { id } incidents pageInfo { endCursor hasNextPage } } }")

    assert body == {
        "data": {
            "alliances": {
                "nodes": [],
                "incidents": ["8d1f"],
                "pageInfo": {"endCursor": "next", "hasNextPage": True},
            }
        }
    }
