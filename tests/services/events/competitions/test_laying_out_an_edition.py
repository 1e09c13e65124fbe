"""The layout of an edition: rounds, stages and phases; changed while a draft, discarded, and repeated next year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.services.events.competitions.competing import (
    CLOSES,
    OPENS,
    ORGANIZER,
    a_track,
    an_edition,
    drafted,
    published,
)
from tests.services.events.events_hub import EventsHub, eventually

ROUNDS = [
    {"name_zh": "省级初赛", "name_en": "Provincial round", "level": "province"},
    {"name_zh": "区域决赛", "name_en": "Final of the region", "level": "region"},
]


def a_phase(kind: str, days: int, *, held: int = 1, for_days: int = 5) -> dict[str, Any]:
    """A phase that opens so many days after the closing of entries."""
    opens = CLOSES + timedelta(days=days)
    closes = opens + timedelta(days=for_days)
    return {"round": held, "kind": kind, "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}


def phases_of(events: EventsHub, competition: dict[str, Any]) -> list[dict[str, Any]]:
    phases: list[dict[str, Any]] = events.ask("phases", ORGANIZER, competition_ids=[competition["id"]])
    return phases


def test_an_edition_has_a_stage_for_each_track_in_each_round(events: EventsHub) -> None:
    tracks = [a_track(), {**a_track("初中组"), "code": "J", "kind": "team"}]

    competition = drafted(events, tracks=tracks, rounds=ROUNDS)

    assert [(track["code"], track["kind"]) for track in competition["tracks"]] == [("A", "individual"), ("J", "team")]
    assert [(each["number"], each["level"]) for each in competition["rounds"]] == [(1, "province"), (2, "region")]
    stages = events.ask("stages", ORGANIZER, round_ids=[each["id"] for each in competition["rounds"]])
    assert {(stage["track_id"], stage["number"], stage["status"]) for stage in stages} == {
        (track["id"], number, "upcoming") for track in competition["tracks"] for number in (1, 2)
    }


def test_an_edition_that_names_no_rounds_has_a_final(events: EventsHub) -> None:
    assert [each["level"] for each in drafted(events)["rounds"]] == ["final"]


def test_phases_are_opened_and_closed_at_their_times(events: EventsHub) -> None:
    competition = published(events, phases=[a_phase("judging", 1)])
    (judging,) = phases_of(events, competition)

    events.clock.move_to(CLOSES + timedelta(days=1))
    eventually(lambda: phases_of(events, competition)[0]["state"] == "open")
    events.clock.move_to(CLOSES + timedelta(days=6))
    eventually(lambda: phases_of(events, competition)[0]["state"] == "closed")

    said = [(type_, data) for type_, data in events.said() if type_.startswith("events.phase")]
    assert [type_ for type_, _ in said] == ["events.phase_opened", "events.phase_closed"]
    assert {data["phase_id"] for _, data in said} == {judging["id"]}


def test_a_phase_that_was_moved_opens_at_its_new_time(events: EventsHub) -> None:
    competition = published(events, phases=[a_phase("judging", 1)])
    (judging,) = phases_of(events, competition)
    later = a_phase("judging", 10)
    said = len(events.said())

    window = {"opens_at": later["opens_at"], "closes_at": later["closes_at"]}
    events.ask("move_phase", ORGANIZER, phase_id=judging["id"], **window, reason="场地维修")

    assert [(type_, data["reason"]) for type_, data in events.said(since=said)] == [("events.phase_moved", "场地维修")]
    events.clock.move_to(CLOSES + timedelta(days=9))
    eventually(lambda: "events.stage_opened" in [type_ for type_, _ in events.said()])
    assert phases_of(events, competition)[0]["state"] == "upcoming"
    events.clock.move_to(CLOSES + timedelta(days=10))
    eventually(lambda: phases_of(events, competition)[0]["state"] == "open")
    events.clock.move_to(CLOSES + timedelta(days=15))
    eventually(lambda: phases_of(events, competition)[0]["state"] == "closed")
    with events.refuses("PHASE_OVER", "phaseId"):
        events.ask("move_phase", ORGANIZER, phase_id=judging["id"], **window, reason="zu spät")


def test_a_layout_that_does_not_hold_together_is_refused(events: EventsHub) -> None:
    with events.refuses("ROUND_UNKNOWN", "phases.0.round", round=2):
        events.ask("draft_competition", **an_edition(phases=[a_phase("judging", 1, held=2)]))
    with events.refuses("GIVEN_TWICE", "phases", value="1 judging"):
        events.ask("draft_competition", **an_edition(phases=[a_phase("judging", 1)] * 2))
    with events.refuses("WINDOW_INVALID", "phases.0.closesAt"):
        events.ask("draft_competition", **an_edition(phases=[a_phase("judging", 1, for_days=0)]))
    with events.refuses("GIVEN_TWICE", "tracks", value="A"):
        events.ask("draft_competition", **an_edition(tracks=[a_track(), {**a_track("初中组"), "code": "A"}]))


def test_a_draft_can_be_laid_out_anew_until_it_is_public(events: EventsHub) -> None:
    competition = drafted(events, phases=[a_phase("judging", 1)])
    layout = {name: an_edition()[name] for name in ("host_region", "opens_at", "closes_at")}

    changed = events.ask(
        "change_draft",
        ORGANIZER,
        competition_id=competition["id"],
        **layout,
        tracks=[a_track("高中组")],
        rounds=ROUNDS,
        phases=[],
    )

    assert [track["name_zh"] for track in changed["tracks"]] == ["高中组"]
    assert len(changed["rounds"]) == 2
    assert phases_of(events, changed) == []
    events.ask("publish_competition", competition_id=competition["id"])
    with events.refuses("NOT_A_DRAFT", "competitionId"):
        events.ask("change_draft", competition_id=competition["id"], **layout, tracks=[a_track("高中组")])
    with events.refuses("NOT_A_DRAFT", "competitionId"):
        events.ask("discard_draft", competition_id=competition["id"])


def test_what_a_change_leaves_out_of_a_draft_stays(events: EventsHub) -> None:
    tracks = [a_track(), {**a_track("初中组"), "code": "J", "kind": "team", "reserve": 4}]
    rules = {"quotas": {"direct": 3}}
    draft = drafted(events, tracks=tracks, rounds=ROUNDS, phases=[a_phase("judging", 1, held=2)], rules=rules)
    laid_out = ("tracks", "rounds", "opens_at", "host_region", "name_en")

    named = events.ask("change_draft", ORGANIZER, competition_id=draft["id"], name_zh="第十四届", closes_at=None)
    assert named == {**draft, "name_zh": "第十四届"}
    before, (phase,) = layout_of(events, draft), phases_of(events, draft)
    with events.refuses("ROUND_UNKNOWN", "phases.0.round", round=2):
        events.ask("change_draft", ORGANIZER, competition_id=draft["id"], rounds=ROUNDS[:1])
    changed = events.ask("change_draft", ORGANIZER, competition_id=draft["id"], phases=[a_phase("works", 2, held=1)])

    assert [each["kind"] for each in phases_of(events, changed)] == ["works"] != [phase["kind"]]
    assert layout_of(events, changed) == before
    assert {name: changed[name] for name in laid_out[2:]} == {name: draft[name] for name in laid_out[2:]}


def test_of_a_track_whose_code_stays_what_is_left_out_stays_too(events: EventsHub) -> None:
    size = {"key": "size", "kind": "text", "label_zh": "尺码", "label_en": "Size"}
    tracks = [a_track(), {**a_track("初中组"), "code": "J", "kind": "team", "reserve": 4, "entry_fields": [size]}]
    draft = drafted(events, tracks=tracks)
    before = layout_of(events, draft)

    renamed = {**a_track("初中组"), "name_zh": "七至九年级组", "code": "J", "kind": None}
    changed = events.ask(
        "change_draft", ORGANIZER, competition_id=draft["id"], tracks=[{**a_track(), "code": "A"}, renamed]
    )

    after = layout_of(events, changed)
    assert [each.pop("name_zh") for each in (before[0][1], after[0][1])] == ["初中组", "七至九年级组"]
    assert after == before and after[0][1]["entry_fields"]
    emptied = events.ask(
        "change_draft", ORGANIZER, competition_id=draft["id"], tracks=[{**renamed, "entry_fields": [], "code": "K"}]
    )
    assert [(each["code"], each["kind"], each["entry_fields"]) for each in emptied["tracks"]] == [
        ("K", "individual", [])
    ]


def layout_of(events: EventsHub, competition: dict[str, Any]) -> list[Any]:
    """Everything that was laid out but the ids, which are new whenever something is laid out."""
    found = events.ask("competitions_by_id", ORGANIZER, ids=[competition["id"]])[0]
    tracks = [without_ids(each) for each in found["tracks"]]
    quotas = events.ask("quotas", ORGANIZER, track_ids=[each["id"] for each in found["tracks"]])
    (rules,) = events.ask("rule_sets", ORGANIZER, competition_ids=[competition["id"]])
    rounds = [without_ids(each) for each in found["rounds"]]
    return [tracks, rounds, sorted((each["province"], each["places"]) for each in quotas), rules["document"]]


def without_ids(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("id", "competition_id")}


def test_a_discarded_draft_is_gone_and_its_number_free(events: EventsHub) -> None:
    competition = drafted(events, phases=[a_phase("judging", 1)], rounds=ROUNDS)

    events.ask("discard_draft", ORGANIZER, competition_id=competition["id"])

    assert events.ask("competitions_by_id", ids=[competition["id"]]) == []
    again = an_edition(series=None, series_id=competition["series"]["id"])
    assert events.ask("draft_competition", ORGANIZER, **again)["number"] == competition["number"]
    history = events.ask("history", subject_type="edition", subject_id=competition["id"])
    assert [row["type"] for row in history] == ["events.competition_drafted", "events.draft_discarded"]


def test_the_next_edition_is_drafted_from_the_last_one(events: EventsHub) -> None:
    track = {**a_track(p310000=3), "reserve": 2, "kind": "team"}
    rules = {"quotas": {"direct": 5}}
    last = published(events, tracks=[track], rounds=ROUNDS, phases=[a_phase("judging", 1, held=2)], rules=rules)
    year = timedelta(days=364)

    draft = events.ask("open_next_edition", ORGANIZER, competition_id=last["id"], opens_at=(OPENS + year).isoformat())

    assert (draft["number"], draft["status"]) == (last["number"] + 1, "draft")
    assert draft["closes_at"] == (CLOSES + year).isoformat()
    assert [each["level"] for each in draft["rounds"]] == ["province", "region"]
    assert [(each["code"], each["kind"]) for each in draft["tracks"]] == [("A", "team")]
    (phase,) = phases_of(events, draft)
    assert phase["opens_at"] == (CLOSES + timedelta(days=1) + year).isoformat()
    (rule_set,) = events.ask("rule_sets", ORGANIZER, competition_ids=[draft["id"]])
    assert (rule_set["version"], rule_set["document"]["quotas"]["direct"]) == (1, 5)
    (root,) = events.ask("quota_tree", ORGANIZER, track_id=draft["tracks"][0]["id"])["nodes"]
    assert (root["issued"], root["held"]) == (5, 2)
