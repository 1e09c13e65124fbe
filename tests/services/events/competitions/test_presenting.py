"""Presenting: introduction, office and venue change part by part, with every version kept; another venue is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, drafted, published
from tests.services.events.competitions.test_laying_out_an_edition import a_phase
from tests.services.events.events_hub import EventsHub

INTRODUCTION = {
    "introduction_zh": "展示教学基本功。\n面向师范生。",
    "introduction_en": "Student teachers show their skills.",
}
CONTACT = {
    "office_zh": "大赛组委会办公室",
    "office_en": "Office of the contest",
    "telephone": "0551-62831814",
    "email": None,
}
HEFEI = {"name_zh": "合肥师范学院", "name_en": "Hefei Normal University", "address": "莲花路1688号", "region": "340100"}
BENGBU = {"name_zh": "蚌埠学院", "name_en": "Bengbu University", "address": "曹山路1866号", "region": "340300"}


def presenting(events: EventsHub, competition: dict[str, Any], viewer: str = ORGANIZER, **parts: Any) -> None:
    events.ask("present_competition", viewer, competition_id=competition["id"], **parts)


def shown(events: EventsHub, competition: dict[str, Any], viewer: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = events.ask("presentations", viewer or "somebody", competition_ids=[competition["id"]])
    return found


def test_a_draft_is_presented_part_by_part_to_its_organisers(events: EventsHub) -> None:
    draft = drafted(events)
    presenting(events, draft, **INTRODUCTION)
    presenting(events, draft, contact=CONTACT, venue=HEFEI)

    assert shown(events, draft) == []
    (now,) = shown(events, draft, ORGANIZER)
    assert {**INTRODUCTION, "contact": CONTACT, "venue": HEFEI, "version": 2, "reason": ""}.items() <= now.items()
    with events.refuses("NOTHING_CHANGED", "competitionId"):
        presenting(events, draft, contact=CONTACT)
    events.ask("discard_draft", ORGANIZER, competition_id=draft["id"])
    assert shown(events, draft, ORGANIZER) == []


def test_another_venue_is_told_with_its_reason_and_a_word_is_not(events: EventsHub) -> None:
    competition = published(events)
    with events.refuses("REQUIRED", "reason"):
        presenting(events, competition, venue=HEFEI)
    presenting(events, competition, venue=HEFEI, reason="确定赛场")
    events.clock.move_to(OPENS)
    entry = {
        "track_id": competition["tracks"][0]["id"],
        "organization_id": events.organization(),
        "contestant": "第一队",
    }
    events.ask("submit_entry", **entry)
    said = len(events.said())

    presenting(events, competition, introduction_zh="更新", reason="补充说明")
    presenting(events, competition, venue=BENGBU, reason="场馆检修")

    types = [type_ for type_, _ in events.said(since=said)]
    assert types == ["events.competition_presented", "events.competition_presented", "events.venue_moved"]
    told = events.said(since=said)[-1][1]
    assert (told["venue"]["zh"], told["address"], told["reason"]) == (BENGBU["name_zh"], BENGBU["address"], "场馆检修")
    assert told["organization_ids"] == [entry["organization_id"]]
    (now,) = shown(events, competition)
    assert (now["version"], now["introduction_zh"], now["venue"]) == (3, "更新", BENGBU)


def test_the_next_edition_presents_itself_alike_but_for_the_venue(events: EventsHub) -> None:
    competition = published(events)
    presenting(events, competition, **INTRODUCTION, contact=CONTACT, venue=HEFEI, reason="发布")

    opens = (CLOSES + timedelta(days=365)).isoformat()
    draft = events.ask("open_next_edition", ORGANIZER, competition_id=competition["id"], opens_at=opens)

    (now,) = shown(events, draft, ORGANIZER)
    assert {**INTRODUCTION, "contact": CONTACT, "venue": None, "version": 1}.items() <= now.items()


def test_what_is_no_telephone_place_or_right_is_refused(events: EventsHub) -> None:
    draft = drafted(events)

    with events.refuses("INVALID", "contact.telephone"):
        presenting(events, draft, contact={**CONTACT, "telephone": "<script>"})
    with events.refuses("UNKNOWN_REGION", "venue.region", region="999999"):
        presenting(events, draft, venue={**HEFEI, "region": "999999"})
    with events.refuses("NOT_ALLOWED"):
        presenting(events, draft, "somebody", venue=HEFEI)


def test_a_draft_says_what_it_lacks_and_what_of_it_stands_in_the_way(events: EventsHub) -> None:
    draft = drafted(events, phases=[a_phase("judging", 1)])
    presenting(events, draft, **INTRODUCTION, contact=CONTACT)

    def lacks(viewer: str = ORGANIZER) -> list[tuple[bool, str]]:
        found = events.ask("shortcomings", viewer, competition_ids=[draft["id"]])
        return [(each["blocks"], each["problem"]["code"]) for each in found]

    assert (lacks(), lacks("somebody")) == ([(False, "VENUE_LACKING")], [])
    presenting(events, draft, venue=HEFEI)
    events.clock.move_to(CLOSES + timedelta(days=30))
    assert lacks() == [(True, "WINDOW_PASSED"), (False, "PHASE_BEHIND")]
    with events.refuses("WINDOW_PASSED", "closesAt"):
        events.ask("publish_competition", ORGANIZER, competition_id=draft["id"])
