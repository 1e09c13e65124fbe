"""Cancelling: entries end, nothing falls due, everybody is told once, nothing more is done; and all of it taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, a_track, drafted, places, published
from tests.services.events.competitions.test_laying_out_an_edition import a_phase, phases_of
from tests.services.events.events_hub import SHANGHAI, EventsHub, Refused, at_once, eventually

WHY = {"reason": "台风"}
TEACHER = "11010519491231002X"
TWICE = {"role": "contestant", "within": "series", "most": 2}
NUMBERS = (TEACHER, "440308199901101512", "110105199003070025")


def cancelled(events: EventsHub, competition: dict[str, Any]) -> dict[str, Any]:
    done: dict[str, Any] = events.ask("cancel_competition", ORGANIZER, competition_id=competition["id"], **WHY)
    return done


def reinstated(events: EventsHub, competition: dict[str, Any]) -> dict[str, Any]:
    done: dict[str, Any] = events.ask("reinstate_competition", ORGANIZER, competition_id=competition["id"], **WHY)
    return done


def taking_entries(events: EventsHub, **facts: Any) -> dict[str, Any]:
    competition = published(events, tracks=[a_track(p310000=1)], **facts)
    events.clock.move_to(OPENS)
    return competition


def submitted(events: EventsHub, competition: dict[str, Any], name: str = "第一队", **facts: Any) -> dict[str, Any]:
    entry = {
        "track_id": competition["tracks"][0]["id"],
        "organization_id": facts.pop("organization_id", None) or events.organization(),
        "contestant": name,
        "wait_if_full": True,
    }
    given: dict[str, Any] = events.ask("submit_entry", **entry, **facts)
    return given


def statuses(events: EventsHub, *entries: dict[str, Any]) -> list[str]:
    asked = events.ask("entries_by_id", ids=[entry["id"] for entry in entries]) if entries else []
    found = {each["id"]: each for each in asked}
    return [found[entry["id"]]["status"] for entry in entries]


def now_of(events: EventsHub, competition: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = events.ask("competitions_by_id", ids=[competition["id"]])[0]
    return found


def allowed(events: EventsHub, competition: dict[str, Any]) -> list[str]:
    """What organisers can do about it now."""
    found = events.ask("actions_on_competitions", ORGANIZER, competition_ids=[competition["id"]])
    return [each["name"] for each in found if not each["problems"]]


def test_entries_end_and_everybody_is_told_once(events: EventsHub) -> None:
    competition = taking_entries(events, phases=[a_phase("judging", 1)])
    entered, waiting = submitted(events, competition), submitted(events, competition, "第二队")
    events.ask(
        "nominate_judge",
        ORGANIZER,
        competition_id=competition["id"],
        person="judge",
        name="李评委",
        organization_id=events.organization(),
        track_ids=[competition["tracks"][0]["id"]],
    )
    assert statuses(events, entered, waiting) == ["entered", "waiting"]
    said = len(events.said())

    done = cancelled(events, competition)

    assert (done["status"], done["cancel_reason"]) == ("cancelled", WHY["reason"])
    assert statuses(events, entered, waiting) == ["cancelled", "cancelled"]
    ((type_, data),) = events.said(since=said)
    assert type_ == "events.competition_cancelled"
    assert data["organization_ids"] == sorted(each["organization_id"] for each in (entered, waiting))
    assert (data["provinces"], data["people"], data["entries"]) == ([SHANGHAI], ["judge"], 2)
    assert places(events, competition["tracks"][0]["id"])[SHANGHAI] == (1, 0, 1)


def test_nothing_falls_due_any_more(events: EventsHub) -> None:
    competition = taking_entries(events, phases=[a_phase("works", 1), a_phase("judging", 10)])
    cancelled(events, competition)
    said = len(events.said())

    events.clock.move_to(CLOSES + timedelta(days=60))
    other = published(events, series={"name_zh": "另一赛事", "name_en": "Another"}, **_later())
    events.clock.move_to(CLOSES + timedelta(days=63))
    eventually(lambda: now_of(events, other)["status"] == "closed")

    about = [data["competition"]["id"] for _, data in events.said(since=said) if "competition" in data]
    assert competition["id"] not in about
    assert [each["state"] for each in phases_of(events, competition)] == ["cancelled", "cancelled"]
    assert now_of(events, competition)["status"] == "cancelled"


def _later() -> dict[str, Any]:
    ahead = CLOSES + timedelta(days=61)
    return {"opens_at": ahead.isoformat(), "closes_at": (ahead + timedelta(days=1)).isoformat()}


def test_nothing_more_is_done_in_it(events: EventsHub) -> None:
    competition = taking_entries(events, phases=[a_phase("judging", 1)])
    entry = submitted(events, competition)
    track, (phase,) = competition["tracks"][0]["id"], phases_of(events, competition)
    (stage,) = events.ask("stages", round_ids=[competition["rounds"][0]["id"]])
    (quota,) = events.ask("quota_tree", track_id=track)["nodes"]
    cancelled(events, competition)
    one = {"competition_id": competition["id"]}
    new = {"track_id": track, "organization_id": events.organization(), "contestant": "第三队"}
    judge = {"person": "judge", "name": "李评委", "organization_id": events.organization(), "track_ids": [track]}
    for method, facts in (
        ("submit_entry", new),
        ("withdraw_entry", {"entry_id": entry["id"]}),
        ("accept_offer", {"entry_id": entry["id"]}),
        ("allocate_places", {"quota_id": quota["id"], "shares": [{"region": "310115", "places": 1}]}),
        ("cancel_competition", {**one, **WHY}),
        ("postpone_competition", {**one, **WHY, "days": 3}),
        ("move_entry_window", {**one, **WHY, "closes_at": CLOSES.isoformat()}),
        ("amend_rules", {**one, **WHY, "rules": {}}),
        (
            "move_phase",
            {"phase_id": phase["id"], "opens_at": phase["opens_at"], "closes_at": phase["closes_at"], **WHY},
        ),
        ("nominate_judge", {**one, **judge}),
        ("commit_draw", {"stage_id": stage["id"], "commitment": "0" * 64}),
        ("lock_sheets", {"stage_id": stage["id"]}),
        ("open_codes", {"stage_id": stage["id"]}),
        ("propose_result", {"stage_id": stage["id"]}),
        ("form_groups", {"stage_id": stage["id"]}),
        ("draw_up_fixtures", {"stage_id": stage["id"]}),
        ("grant_awards", {"stage_id": stage["id"]}),
        ("grant_organization_awards", one),
    ):
        with events.refuses("COMPETITION_CANCELLED"):
            events.ask(method, **facts)
    with events.refuses("COMPETITION_CANCELLED", "entries.0"):
        events.ask("submit_entries", entries=[new])


def test_calendars_say_so(events: EventsHub) -> None:
    competition = taking_entries(events, phases=[a_phase("judging", 1)])
    before = events.ask("competition_calendar", competition_id=competition["id"])["items"]

    cancelled(events, competition)

    after = events.ask("competition_calendar", competition_id=competition["id"])["items"]
    assert [each["uid"] for each in after] == [each["uid"] for each in before]
    assert all(
        each["cancelled"] and each["sequence"] == old["sequence"] + 1 for each, old in zip(after, before, strict=True)
    )


def test_it_is_shown_and_no_longer_open(events: EventsHub) -> None:
    competition = taking_entries(events)
    cancelled(events, competition)

    assert [each["status"] for each in events.ask("competitions")["nodes"]] == ["cancelled"]
    assert events.ask("competitions", open_now=True)["nodes"] == []


def test_a_person_who_was_in_it_can_be_entered_elsewhere(events: EventsHub) -> None:
    limit = {"entries": {"person_limits": [{"role": "contestant", "within": "series", "most": 1}]}}
    competition = taking_entries(events, rules=limit)
    member = {"role": "contestant", "name": "王老师", "person_number": TEACHER}
    own = {"organization_id": events.organization(), "members": [member]}
    first = submitted(events, competition, **own)
    series = competition["series"]["id"]
    following = {"series": None, "series_id": series, "number": 15, "rules": limit}
    another = published(events, tracks=[a_track(p310000=5)], opens_at=OPENS.isoformat(), **following)
    with events.refuses("PERSON_ENTERED_IN_SERIES", "members", most=1):
        submitted(events, another, **own)

    cancelled(events, competition)
    second = submitted(events, another, **own)
    reinstated(events, competition)

    assert statuses(events, first, second) == ["entered", "entered"]
    events.ask("withdraw_entry", entry_id=second["id"])
    with events.refuses("PERSON_ENTERED_IN_SERIES", "members", most=1):
        submitted(events, another, "第三队", **own)
    events.ask("withdraw_entry", entry_id=first["id"])
    assert submitted(events, another, "第四队", **own)["status"] == "entered"


def test_it_is_taken_back_as_it_was(events: EventsHub) -> None:
    competition = taking_entries(events, phases=[a_phase("judging", 1)])
    entered, waiting = submitted(events, competition), submitted(events, competition, "第二队")
    track = competition["tracks"][0]["id"]
    before, phases = places(events, track), phases_of(events, competition)
    cancelled(events, competition)
    said = len(events.said())

    back = reinstated(events, competition)

    assert back == now_of(events, competition) == competition
    assert statuses(events, entered, waiting) == ["entered", "waiting"]
    assert (places(events, track), phases_of(events, competition)) == (before, phases)
    assert [type_ for type_, _ in events.said(since=said)] == ["events.competition_reinstated"]
    with events.refuses("NOT_CANCELLED", "competitionId"):
        reinstated(events, competition)
    events.ask("withdraw_entry", entry_id=entered["id"])
    assert statuses(events, waiting) == ["offered"]
    events.clock.move_to(CLOSES)
    eventually(lambda: now_of(events, competition)["status"] == "closed")


def test_who_had_a_place_on_offer_is_offered_it_anew(events: EventsHub) -> None:
    competition = taking_entries(events)
    entered, waiting = submitted(events, competition), submitted(events, competition, "第二队")
    events.ask("withdraw_entry", entry_id=entered["id"])
    assert statuses(events, waiting) == ["offered"]
    cancelled(events, competition)
    assert statuses(events, entered, waiting) == ["withdrawn", "cancelled"]

    reinstated(events, competition)

    assert statuses(events, entered, waiting) == ["withdrawn", "offered"]
    events.ask("accept_offer", entry_id=waiting["id"])
    assert places(events, competition["tracks"][0]["id"])[SHANGHAI] == (1, 1, 0)


def test_it_is_taken_back_after_the_closing_with_its_participants(events: EventsHub) -> None:
    competition = taking_entries(events, phases=[a_phase("judging", 20)])
    entry = submitted(events, competition)
    events.clock.move_to(CLOSES)
    eventually(lambda: now_of(events, competition)["status"] == "closed")
    cancelled(events, competition)

    assert reinstated(events, competition)["status"] == "closed"

    assert statuses(events, entry) == ["entered"]
    with events.refuses("ENTRIES_NOT_OPEN"):
        submitted(events, competition, "第二队", organization_id=entry["organization_id"])


@pytest.mark.parametrize(
    ("when", "later"),
    [
        (OPENS, timedelta(days=14)),  # its time is over
        (CLOSES - timedelta(days=1), timedelta(days=1)),  # entries would have closed
        (CLOSES + timedelta(hours=1), timedelta(days=1)),  # a phase would have opened
    ],
)
def test_it_stays_cancelled_once_time_has_gone_over_it(events: EventsHub, when: datetime, later: timedelta) -> None:
    competition = taking_entries(events, phases=[a_phase("judging", 1)])
    events.clock.move_to(when)
    eventually(lambda: now_of(events, competition)["status"] == ("closed" if when > CLOSES else "published"))
    cancelled(events, competition)
    assert set(allowed(events, competition)) == {"open_next_edition", "reinstate_competition", "rename_competition"}

    events.clock.advance(later)
    events.catch_up()

    with events.refuses("TOO_LATE_TO_REINSTATE", "competitionId"):
        reinstated(events, competition)


def test_a_draft_is_discarded_and_not_cancelled(events: EventsHub) -> None:
    draft = {"competition_id": drafted(events)["id"], **WHY}

    with events.refuses("NOT_PUBLISHED", "competitionId"):
        events.ask("cancel_competition", ORGANIZER, **draft)
    for method in ("cancel_competition", "reinstate_competition"):
        with events.refuses("NOT_ALLOWED"):
            events.ask(method, "somebody", **draft)


def test_of_two_who_take_it_back_at_once_one_does(events: EventsHub) -> None:
    competition = taking_entries(events)
    submitted(events, competition)
    cancelled(events, competition)
    said = len(events.said())
    reinstating = partial(reinstated, events, competition)

    outcomes = at_once(reinstating, reinstating)

    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert [type_ for type_, _ in events.said(since=said)] == ["events.competition_reinstated"]


def test_who_enters_at_the_same_moment_is_in_or_out_and_never_between(events: EventsHub) -> None:
    competition = published(events, tracks=[a_track(p310000=50)])
    events.clock.move_to(OPENS)
    entering = [
        partial(submitted, events, competition, f"第{number}队", organization_id=events.organization())
        for number in range(4)
    ]
    cancelling = partial(cancelled, events, competition)

    outcomes = at_once(*entering[:2], cancelling, cancelling, *entering[2:])

    entries = [each for each in outcomes if not isinstance(each, Refused) and "contestant" in each]
    assert statuses(events, *entries) == ["cancelled"] * len(entries)
    told = [data for type_, data in events.said() if type_ == "events.competition_cancelled"]
    assert [data["entries"] for data in told] == [len(entries)]


def test_who_withdraws_at_the_same_moment_is_counted_out_once(events: EventsHub) -> None:
    limit = {"entries": {"team_least": 1, "team_most": 3, "person_limits": [TWICE]}}
    teams = [{**a_track(p310000=50), "kind": "team"}]
    competition = published(events, tracks=teams, rules=limit)
    following = {"series": None, "series_id": competition["series"]["id"], "number": 15, "rules": limit}
    another = published(events, tracks=teams, **following)
    events.clock.move_to(OPENS)
    own = events.organization()
    people = [{"role": "contestant", "name": "王老师", "person_number": number} for number in NUMBERS]
    entries = [
        submitted(events, competition, f"第{place}队", organization_id=own, members=[person])
        for place, person in enumerate(people)
    ]
    elsewhere = partial(submitted, events, another, organization_id=own, members=people)
    elsewhere(name="甲队")

    at_once(
        *(partial(events.ask, "withdraw_entry", entry_id=entry["id"]) for entry in entries),
        partial(cancelled, events, competition),
    )

    told = [data["entries"] for type_, data in events.said() if type_ == "events.competition_cancelled"]
    assert [statuses(events, *entries).count("cancelled")] == told
    elsewhere(name="乙队")
    for person in people:
        with events.refuses("PERSON_ENTERED_IN_SERIES", "members", most=2):
            elsewhere(name="丙队", members=[person])
