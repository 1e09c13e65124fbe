"""Asking: everybody sees what is published, drafts and entries are seen by those whom they concern."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.competitions.competing import (
    CLOSES,
    OPENS,
    ORGANIZER,
    a_track,
    drafted,
    opened,
    published,
)
from tests.services.events.events_hub import ANHUI, OFFICE, SHANGHAI, EventsHub, eventually


def another(name: str) -> dict[str, str]:
    return {"name_zh": name, "name_en": name}


def listed(events: EventsHub, viewer: str = "", **which: Any) -> list[str]:
    return [competition["id"] for competition in events.ask("competitions", viewer, **which)["nodes"]]


def test_competitions_shows_visitors_what_is_published_or_closed_newest_first(events: EventsHub) -> None:
    closed = published(events)
    drafted(events, series=another("草稿"))
    late = (CLOSES + timedelta(days=1)).isoformat()
    later = published(events, series=another("另一"), closes_at=late)
    events.clock.move_to(CLOSES)
    eventually(lambda: events.ask("competitions_by_id", ids=[closed["id"]])[0]["status"] == "closed")

    assert events.ask("competitions", "")["nodes"] == [later, {**closed, "status": "closed"}]


def test_competitions_are_found_by_series_by_alliance_and_by_being_open(events: EventsHub) -> None:
    alliance_id = events.alliance()
    first = published(events, alliance_id=alliance_id)
    second = published(events, series=another("另一"), opens_at=(OPENS + timedelta(days=1)).isoformat())

    assert listed(events, open_now=True) == []
    events.clock.move_to(OPENS)
    assert listed(events, open_now=True) == [first["id"]]
    assert listed(events, series_id=second["series"]["id"]) == [second["id"]]
    assert listed(events, alliance_id=alliance_id) == [first["id"]]
    assert listed(events, alliance_id=new_id()) == []
    events.stop()
    events.clock.move_to(CLOSES)
    events.start_without_the_scheduler()
    assert listed(events, open_now=True) == []


def test_competitions_are_found_by_any_part_of_the_names_of_series_and_edition(events: EventsHub) -> None:
    drafted(events, series=another("班主任草稿"))
    skills = published(events, series={"name_zh": "长三角技能大赛", "name_en": "Delta Skills Contest"})
    teachers = published(events)

    assert listed(events, search="大赛") == [skills["id"], teachers["id"]]
    assert listed(events, search="大赛第14届") == listed(events, search="dasai") == [skills["id"], teachers["id"]]
    assert listed(events, search="csj") == listed(events, search="delta skills") == [skills["id"]]
    assert listed(events, search="班主任") == listed(events, search="bzr", open_now=False) == [teachers["id"]]
    assert listed(events, search="大赛", open_now=True) == []
    assert listed(events, search="大赛", series_id=skills["series"]["id"]) == [skills["id"]]


def test_drafts_are_found_by_their_organizers_only(events: EventsHub) -> None:
    draft = drafted(events)

    assert listed(events, ORGANIZER, search="班主任", drafts=True) == [draft["id"]]
    assert listed(events, ORGANIZER, search="班主任") == listed(events, search="班主任") == []
    assert listed(events, "somebody", search="班主任", drafts=True) == []
    with events.refuses("SIGN_IN_REQUIRED"):
        listed(events, search="班主任", drafts=True)
    events.ask("discard_draft", ORGANIZER, competition_id=draft["id"])
    assert listed(events, ORGANIZER, search="班主任", drafts=True) == []


def test_competitions_come_in_pages_that_leave_nothing_out(events: EventsHub) -> None:
    ids = [published(events, series=another(f"系列{number}"))["id"] for number in range(5)]

    pages, after = [], None
    while True:
        page = events.ask("competitions", "", first=2, after=after)
        pages.append([competition["id"] for competition in page["nodes"]])
        if not page["has_next"]:
            break
        after = page["cursors"][-1]

    assert pages == [ids[:2:-1], ids[2:0:-1], ids[:1]]


def test_competitions_refuses_a_page_that_it_did_not_offer(events: EventsHub) -> None:
    with events.refuses("INVALID", "after"):
        events.ask("competitions", "", after="nonsense")
    with events.refuses("OUT_OF_RANGE", "first", min="1", max="100"):
        events.ask("competitions", "", first=101)


def test_drafts_are_seen_by_their_organizer_and_the_hub_office_only(events: EventsHub) -> None:
    draft = drafted(events)
    published(events, series=another("另一"))
    events.grant("of-another", Role.ORGANIZER, Scope.event(new_id()))

    assert listed(events, ORGANIZER, drafts=True) == [draft["id"]]
    assert listed(events, OFFICE, drafts=True) == [draft["id"]]
    assert listed(events, "of-another", drafts=True) == []
    with events.refuses("SIGN_IN_REQUIRED"):
        listed(events, "", drafts=True)


def test_a_draft_with_its_tracks_and_quotas_is_unknown_to_others(events: EventsHub) -> None:
    draft = drafted(events)
    track_id = draft["tracks"][0]["id"]

    for viewer, seen in ((ORGANIZER, 1), (OFFICE, 1), ("of-another", 0), ("", 0)):
        assert len(events.ask("competitions_by_id", viewer, ids=[draft["id"]])) == seen
        assert len(events.ask("tracks_by_id", viewer, ids=[track_id])) == seen
        assert len(events.ask("quotas", viewer, track_ids=[track_id])) == 2 * seen


def test_what_is_published_is_found_by_id_by_anybody(events: EventsHub) -> None:
    competition = published(events)
    track = competition["tracks"][0]

    assert events.ask("competitions_by_id", "", ids=[competition["id"], new_id()]) == [competition]
    assert events.ask("tracks_by_id", "", ids=[track["id"]]) == [track]
    assert events.ask("series_by_id", "", ids=[competition["series"]["id"]]) == [competition["series"]]
    assert events.ask("series", "")["nodes"] == [competition["series"]]


def test_entries_are_seen_by_those_whom_they_concern(events: EventsHub) -> None:
    track_id = opened(events)
    competition_id = events.ask("competitions")["nodes"][0]["id"]
    of_shanghai = events.organization("310115", "teacher")
    of_anhui = events.organization("340100", "lecturer", zh="合肥学院")
    events.grant("anhui", Role.PROVINCE_OFFICE, Scope.province(ANHUI))
    one = events.ask("submit_entry", track_id=track_id, organization_id=of_shanghai, contestant="甲")
    other = events.ask("submit_entry", track_id=track_id, organization_id=of_anhui, contestant="乙")
    both = [one, other]

    seen = {ORGANIZER: both, OFFICE: both, "teacher": [one], "lecturer": [other], "anhui": [other], "nobody": []}
    ids = [one["id"], other["id"]]
    for viewer, entries in seen.items():
        assert events.ask("entries", viewer, competition_id=competition_id)["nodes"] == entries, viewer
        assert sorted(each["id"] for each in events.ask("entries_by_id", viewer, ids=ids)) == [
            each["id"] for each in entries
        ]
    assert events.ask("entries_by_id", "", ids=ids) == []
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("entries", "", competition_id=competition_id)
    with events.refuses("NOT_FOUND", "competitionId"):
        events.ask("entries", competition_id=new_id())


def test_entries_are_found_by_track_and_status(events: EventsHub) -> None:
    tracks = [a_track(), a_track("初中组")]
    track_id = opened(events, tracks=tracks)
    competition = events.ask("competitions")["nodes"][0]
    other_track = competition["tracks"][1]["id"]
    organization_id = events.organization()
    submitted = [
        events.ask("submit_entry", track_id=track, organization_id=organization_id, contestant=contestant)["id"]
        for track, contestant in ((track_id, "甲"), (track_id, "乙"), (other_track, "甲"))
    ]
    events.ask("withdraw_entry", entry_id=submitted[0])

    def found(**which: Any) -> list[str]:
        page = events.ask("entries", competition_id=competition["id"], **which)
        return [entry["id"] for entry in page["nodes"]]

    assert found(track_id=track_id) == submitted[:2]
    assert found(status="entered") == submitted[1:]
    assert found(track_id=track_id, status="withdrawn") == submitted[:1]
    with events.refuses("NOT_ONE_OF", "status", choices="entered, waiting, offered, lapsed, withdrawn, cancelled"):
        found(status="lost")


def test_lists_send_the_same_number_of_statements_for_one_and_for_three(events: EventsHub) -> None:
    def sent() -> list[int]:
        page = events.ask("competitions")["nodes"]
        counts = []
        for method, arguments in (
            ("competitions", {}),
            ("competitions_by_id", {"ids": [each["id"] for each in page]}),
            ("quotas", {"track_ids": [each["tracks"][0]["id"] for each in page]}),
            ("entries", {"competition_id": page[-1]["id"]}),
        ):
            with events.statements() as statements:
                events.ask(method, **arguments)
            counts.append(len(statements))
        return counts

    track_id = opened(events, tracks=[a_track(p310000=5)])
    organization_id = events.organization()
    submit = {"track_id": track_id, "organization_id": organization_id}
    events.ask("submit_entry", contestant="1", **submit)
    for_one = sent()
    for number in (2, 3):
        published(events, series=another(f"系列{number}"))
        events.ask("submit_entry", contestant=str(number), **submit)

    assert sent() == for_one


@pytest.mark.parametrize(
    ("method", "which"),
    [
        ("series", {}),
        ("competitions", {}),
        ("competitions", {"drafts": True}),
        ("competitions", {"series_id": new_id()}),
        ("competitions", {"alliance_id": new_id()}),
        ("competitions", {"open_now": True}),
        ("entries", {}),
    ],
)
def test_every_list_is_read_along_an_index(events: EventsHub, method: str, which: dict[str, Any]) -> None:
    competition = published(events)
    if method == "entries":
        which = {"competition_id": competition["id"]}

    with events.statements() as statements:
        events.ask(method, **which)

    [lists] = [sent for sent in statements if "ORDER BY" in sent[0] and "LIMIT" in sent[0]]
    plan = events.plan(*lists)
    assert "INDEX" in plan.upper()
    assert not [word for word in ("TEMP B-TREE", "Seq Scan") if word in plan], plan


def test_quotas_of_many_tracks_come_in_one_answer(events: EventsHub) -> None:
    tracks = published(events, tracks=[a_track(p310000=4), a_track("初中组", p340000=5)])["tracks"]

    quotas = events.ask("quotas", "", track_ids=[track["id"] for track in tracks])

    assert quotas == [
        {"track_id": tracks[0]["id"], "province": SHANGHAI, "places": 4, "taken": 0, "offered": 0, "free": 4},
        {"track_id": tracks[1]["id"], "province": ANHUI, "places": 5, "taken": 0, "offered": 0, "free": 5},
    ]
