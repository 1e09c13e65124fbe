"""Correcting: names, the entry window and all times of a published edition change with a reason, and are told once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, drafted, opened, published
from tests.services.events.competitions.test_laying_out_an_edition import a_phase, phases_of
from tests.services.events.events_hub import NOW, EventsHub, Refused, at_once, eventually

WHY = {"reason": "场地维修"}


def submitted(events: EventsHub, track_id: str) -> dict[str, Any]:
    entry = {"track_id": track_id, "organization_id": events.organization(), "contestant": "第一队"}
    given: dict[str, Any] = events.ask("submit_entry", **entry)
    return given


def status(events: EventsHub, competition: dict[str, Any]) -> str:
    return str(events.ask("competitions_by_id", ids=[competition["id"]])[0]["status"])


def test_a_published_edition_gets_its_right_name(events: EventsHub) -> None:
    competition = published(events)
    said = len(events.said())
    names = {"name_zh": "第十四届（合肥）", "name_en": "14th, Hefei"}

    renamed = events.ask("rename_competition", ORGANIZER, competition_id=competition["id"], **names, **WHY)

    assert renamed == {**competition, **names}
    ((type_, data),) = events.said(since=said)
    assert (type_, data["before"]["zh"], data["after"]["zh"]) == (
        "events.competition_renamed",
        "第14届",
        names["name_zh"],
    )
    found = events.ask("competitions", search="14th, Hefei")["nodes"]
    assert [each["id"] for each in found] == [competition["id"]]
    with events.refuses("NOTHING_CHANGED", "nameZh"):
        events.ask("rename_competition", ORGANIZER, competition_id=competition["id"], **names, **WHY)


def test_entries_are_taken_until_the_new_end(events: EventsHub) -> None:
    competition = published(events)
    events.clock.move_to(OPENS)
    said = len(events.said())
    times = {"opens_at": (OPENS + timedelta(days=2)).isoformat(), "closes_at": (CLOSES + timedelta(days=5)).isoformat()}

    moved = events.ask("move_entry_window", ORGANIZER, competition_id=competition["id"], **times, **WHY)

    assert (moved["opens_at"], moved["closes_at"]) == (OPENS.isoformat(), times["closes_at"])
    ((type_, data),) = events.said(since=said)
    assert (type_, data["closes_at"], data["reason"]) == (
        "events.entry_window_moved",
        times["closes_at"],
        WHY["reason"],
    )
    events.clock.move_to(CLOSES + timedelta(days=4))
    entry = submitted(events, competition["tracks"][0]["id"])
    assert entry["status"] == "entered"
    events.clock.move_to(CLOSES + timedelta(days=5))
    eventually(lambda: status(events, competition) == "closed")
    with events.refuses("ENTRIES_OVER", "competitionId"):
        events.ask("move_entry_window", ORGANIZER, competition_id=competition["id"], **times, **WHY)


def test_entries_end_early_where_the_end_is_brought_forward(events: EventsHub) -> None:
    competition = published(events)
    earlier = {"closes_at": (OPENS + timedelta(days=1)).isoformat()}
    events.ask("move_entry_window", ORGANIZER, competition_id=competition["id"], **earlier, **WHY)

    events.clock.move_to(OPENS + timedelta(days=1))

    eventually(lambda: status(events, competition) == "closed")
    assert [type_ for type_, _ in events.said()].count("events.entries_closed") == 1


@pytest.mark.parametrize(
    ("closes_at", "code"), [(OPENS, "WINDOW_INVALID"), (NOW - timedelta(days=1), "WINDOW_INVALID")]
)
def test_a_window_that_is_none_is_refused(events: EventsHub, closes_at: Any, code: str) -> None:
    competition = published(events)

    with events.refuses(code, "closesAt"):
        window = {"competition_id": competition["id"], "closes_at": closes_at.isoformat()}
        events.ask("move_entry_window", ORGANIZER, **window, **WHY)


def test_what_is_still_to_come_is_postponed_and_told_once(events: EventsHub) -> None:
    competition = published(events, phases=[a_phase("works", 1), a_phase("judging", 10)])
    events.clock.move_to(CLOSES + timedelta(days=6))
    eventually(lambda: [each["state"] for each in phases_of(events, competition)] == ["closed", "upcoming"])
    events.catch_up()  # what else has fallen due meanwhile is said before
    works, judging = phases_of(events, competition)
    said = len(events.said())

    events.ask("postpone_competition", ORGANIZER, competition_id=competition["id"], days=7, **WHY)

    after = phases_of(events, competition)
    assert after[0] == works
    assert after[1] == {**judging, **{name: a_phase("judging", 17)[name] for name in ("opens_at", "closes_at")}}
    told = [(type_, data["organization_ids"]) for type_, data in events.said(since=said)]
    assert told == [("events.phase_moved", []), ("events.competition_postponed", [])]
    events.clock.move_to(CLOSES + timedelta(days=23))
    eventually(lambda: phases_of(events, competition)[1]["state"] == "closed")
    with events.refuses("NOTHING_TO_POSTPONE", "competitionId"):
        events.ask("postpone_competition", ORGANIZER, competition_id=competition["id"], days=7, **WHY)


def test_an_edition_that_takes_entries_goes_on_taking_them_when_it_is_postponed(events: EventsHub) -> None:
    competition = published(events, phases=[a_phase("judging", 1)])
    events.clock.move_to(OPENS)

    postponed = events.ask("postpone_competition", ORGANIZER, competition_id=competition["id"], days=3, **WHY)

    assert (postponed["opens_at"], postponed["closes_at"]) == (
        OPENS.isoformat(),
        (CLOSES + timedelta(days=3)).isoformat(),
    )
    assert phases_of(events, competition)[0]["opens_at"] == a_phase("judging", 4)["opens_at"]
    (window, *_) = events.ask("competition_calendar", competition_id=competition["id"])["items"]
    assert window["sequence"] == 1


def test_whoever_entered_is_told_with_the_members_of_the_alliance(events: EventsHub) -> None:
    track = opened(events)
    entry = submitted(events, track)
    competition = events.ask("tracks_by_id", ids=[track])[0]["competition_id"]
    said = len(events.said())

    events.ask("postpone_competition", ORGANIZER, competition_id=competition, days=3, **WHY)

    assert [data["organization_ids"] for _, data in events.said(since=said)] == [[entry["organization_id"]]]


def test_moving_by_many_at_once_moves_one_after_another(events: EventsHub) -> None:
    competition = published(events)

    postpone = partial(events.ask, "postpone_competition", ORGANIZER, competition_id=competition["id"], days=1, **WHY)
    outcomes = at_once(*[postpone] * 4)

    done = [each for each in outcomes if not isinstance(each, Refused)]
    end = events.ask("competitions_by_id", ids=[competition["id"]])[0]["closes_at"]
    assert end == (CLOSES + timedelta(days=len(done))).isoformat()


def test_a_draft_is_changed_and_not_corrected(events: EventsHub) -> None:
    draft = drafted(events)

    for method, facts in (
        ("rename_competition", {"name_zh": "第十四届", "name_en": "14th"}),
        ("move_entry_window", {"closes_at": CLOSES.isoformat()}),
        ("postpone_competition", {"days": 1}),
    ):
        with events.refuses("NOT_PUBLISHED", "competitionId"):
            events.ask(method, ORGANIZER, competition_id=draft["id"], **facts, **WHY)
        with events.refuses("NOT_ALLOWED"):
            events.ask(method, "somebody", competition_id=draft["id"], **facts, **WHY)
