"""The feed: iCalendar that an independent reader takes without a complaint, also with names that nobody should have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.calendar.feed import clean, feed

SOURCE = "https://hub.example/calendar/competitions/x.ics"


def an_item(**facts: Any) -> dict[str, Any]:
    return {
        "uid": "fixture-1@events.delta-hub",
        "kind": "fixture",
        "competition_id": "c1",
        "sequence": 3,
        "changed_at": "2026-04-01T08:30:00.123456+08:00",
        "starts_at": "2026-05-01T09:00:00+08:00",
        "ends_at": "2026-05-01T02:00:00+00:00",
        "title": {"zh": "男子足球第7场：一队 — 二队", "en": "Football, fixture 7: one — two"},
        "detail": {"zh": "第一行\n第二行", "en": "one\ntwo"},
        "place": {"zh": "1号场", "en": "Pitch 1"},
        "cancelled": False,
        **facts,
    }


def written(*items: dict[str, Any], name: str = "大赛", locale: Any = "zh-CN") -> bytes:
    return feed(list(items), name=name, locale=locale, source=SOURCE, page=lambda id_: f"https://hub.example/{id_}")


def read(text: bytes) -> Any:
    """The calendar as vobject reads it, once its validator has nothing against it."""
    calendar = vobject.readOne(text.decode())
    assert calendar.validate(raiseException=True)
    return calendar


def test_an_item_says_when_where_and_in_which_version() -> None:
    event = read(written(an_item())).vevent

    assert event.uid.value == "fixture-1@events.delta-hub"
    assert event.sequence.value == "3"
    assert event.dtstart.value == datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
    assert event.dtstamp.value == event.last_modified.value == datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
    assert event.summary.value == "男子足球第7场：一队 — 二队"
    assert event.description.value == "第一行\n第二行"
    assert event.location.value == "1号场"
    assert (event.status.value, event.transp.value) == ("CONFIRMED", "OPAQUE")
    assert event.categories.value == ["比赛"]
    assert event.url.value == "https://hub.example/c1"


def test_the_calendar_says_how_often_to_come_back_and_where_it_is_from() -> None:
    text = written(an_item(), name="大赛；第14届")

    for line in (
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "NAME:大赛；第14届",
        f"SOURCE;VALUE=URI:{SOURCE}",
        "LAST-MODIFIED:20260401T003000Z",
    ):
        assert f"\r\n{line}\r\n".encode() in text
    assert b"METHOD" not in text


def test_it_is_written_in_either_language_and_in_chinese_where_there_is_no_english() -> None:
    english = read(written(an_item(place={"zh": "体育馆", "en": ""}), locale="en")).vevent

    assert english.summary.value == "Football, fixture 7: one — two"
    assert english.location.value == "体育馆"
    assert english.categories.value == ["Fixture"]
    assert english.summary.params["LANGUAGE"] == ["en"]


def test_what_was_cancelled_says_so_and_blocks_nobodys_time() -> None:
    event = read(written(an_item(cancelled=True, sequence=4))).vevent

    assert (event.status.value, event.transp.value, event.sequence.value) == ("CANCELLED", "TRANSPARENT", "4")


def test_nothing_unseen_turns_a_title_round_or_hides_in_it() -> None:
    title = "决赛\u202eemit\u202c \u2066a\u2069\u200b\ufeffb\u200f\x85\u2028c"

    event = read(written(an_item(title={"zh": title, "en": title}), name=title)).vevent

    assert event.summary.value == "决赛emit ab  c"


def test_the_same_items_give_the_same_bytes() -> None:
    assert written(an_item()) == written(an_item())
    assert written(an_item()) != written(an_item(sequence=4))


def test_a_calendar_of_nothing_is_still_a_calendar() -> None:
    assert read(written()).name == "VCALENDAR"


def test_long_chinese_lines_are_folded_at_75_octets_and_never_within_a_letter() -> None:
    title = "长三角地区中小学班主任基本功大赛" * 12

    text = written(an_item(title={"zh": title, "en": title}))

    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and b"\n" not in b"".join(lines)
    assert all(line.decode() for line in lines if line)  # no letter is cut in two
    assert read(text).vevent.summary.value == title


def test_the_reserved_letters_of_the_format_come_back_as_they_were() -> None:
    title = 'a;b,c\\d:"e"\nBEGIN:VEVENT'

    calendar = read(written(an_item(title={"zh": title, "en": title})))

    assert len(calendar.vevent_list) == 1
    assert calendar.vevent.summary.value == title


@settings(deadline=None)
@given(title=st.text(st.characters(codec="utf-8"), min_size=1, max_size=120), locale=st.sampled_from(["zh-CN", "en"]))
def test_no_name_breaks_the_calendar(title: str, locale: str) -> None:
    text = written(an_item(title={"zh": title, "en": title}), name=title, locale=locale)

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = read(text)
    assert len(calendar.vevent_list) == 1
    assert calendar.vevent.summary.value == clean(title)


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1b", "\x85", "\u2028", "\ufffe"])
def test_letters_that_a_calendar_cannot_hold_are_left_out(letter: str) -> None:
    assert clean(f"甲{letter}乙") == "甲 乙"
