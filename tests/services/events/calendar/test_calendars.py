"""Calendars: everything dated that is public, or concerns one person; a change keeps its place and grows its version."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from contracts.authority import Role, Scope
from kit.ids import new_id
from services.events.judging.judges.model import Candidate, Draw, Seat
from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, a_track, drafted, published
from tests.services.events.events_hub import ANHUI, EventsHub, at_once
from tests.services.events.fixtures.contesting import FIRST_DAY, a_stage, fixtures, played, scheduled, venues

JUDGING = {
    "round": 1,
    "kind": "judging",
    "opens_at": (CLOSES + timedelta(days=1)).isoformat(),
    "closes_at": (CLOSES + timedelta(days=5)).isoformat(),
}


def items(events: EventsHub, competition_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = events.ask("competition_calendar", "", competition_id=competition_id)["items"]
    return found


def mine(events: EventsHub, person: str) -> list[dict[str, Any]]:
    secret = events.ask("renew_my_calendar", person)["secret"]
    found: list[dict[str, Any]] = events.ask("person_calendar", "", secret=secret)["items"]
    return found


def kinds(found: list[dict[str, Any]]) -> list[str]:
    return [item["kind"] for item in found]


def the_competition(events: EventsHub) -> dict[str, Any]:
    competition: dict[str, Any] = events.ask("competitions")["nodes"][0]
    return competition


def test_a_published_competition_shows_its_entry_window_and_phases_in_both_languages(events: EventsHub) -> None:
    competition = published(events, phases=[JUDGING])

    window, phase = items(events, competition["id"])

    assert (window["kind"], window["starts_at"], window["ends_at"]) == (
        "entries",
        OPENS.isoformat(),
        CLOSES.isoformat(),
    )
    assert window["title"] == {
        "zh": "报名：班主任基本功大赛（第14届）",
        "en": "Entries: Class-Teacher Skills Contest, Edition 14",
    }
    assert phase["title"] == {
        "zh": "决赛评审：班主任基本功大赛（第14届）",
        "en": "Final, judging: Class-Teacher Skills Contest, Edition 14",
    }
    assert (phase["sequence"], phase["cancelled"], phase["place"]) == (0, False, None)
    assert phase["uid"].startswith("phase-") and phase["uid"].endswith("@events.delta-hub")


def test_a_draft_has_no_calendar_for_anybody(events: EventsHub) -> None:
    draft = drafted(events, phases=[JUDGING])

    for competition_id in (draft["id"], new_id()):
        with events.refuses("NOT_FOUND", "competitionId"):
            items(events, competition_id)
    assert mine(events, ORGANIZER) == []


def test_a_phase_that_moves_keeps_its_uid_and_grows_its_sequence(events: EventsHub) -> None:
    competition = published(events, phases=[JUDGING])
    before = items(events, competition["id"])[1]
    [phase] = events.ask("phases", competition_ids=[competition["id"]])
    events.clock.advance(timedelta(hours=1))

    later = {"opens_at": JUDGING["opens_at"], "closes_at": (CLOSES + timedelta(days=9)).isoformat()}
    events.ask("move_phase", ORGANIZER, phase_id=phase["id"], reason="延期", **later)

    after = items(events, competition["id"])[1]
    assert (after["uid"], after["sequence"], after["ends_at"]) == (before["uid"], 1, later["closes_at"])
    assert after["changed_at"] > before["changed_at"]


def test_fixtures_are_shown_with_who_plays_where_and_how_it_ended(events: EventsHub) -> None:
    stage_id = scheduled(events, teams=4, group_size=2, advance=1)
    found = fixtures(events, stage_id)
    competition_id = the_competition(events)["id"]

    window, first, *_, final = items(events, competition_id)
    events.clock.move_to(FIRST_DAY)
    events.clock.advance(timedelta(days=9))
    one = played(events, next(each for each in found if each["id"] in first["uid"]))
    after = items(events, competition_id)[1]

    home, away = one["home"]["team"], one["away"]["team"]
    schools = [f"学校{name[1:-1]} {name}" for name in (home, away)]
    assert window["kind"] == "entries"
    assert first["title"]["zh"] == f"男子足球第{one['number']}场：{schools[0]} — {schools[1]}"
    assert first["place"] == {"zh": one["venue"]["name_zh"], "en": one["venue"]["name_en"]}
    assert final["title"]["zh"] == "男子足球第3场：A组第1名 — B组第1名"
    assert final["title"]["en"] == "Football, fixture 3: no. 1 of group A — no. 1 of group B"
    score = f"{one['score']['home']}:{one['score']['away']}"
    assert after["title"]["zh"] == f"男子足球第{one['number']}场：{schools[0]} {score} {schools[1]}"
    assert (after["uid"], after["sequence"]) == (first["uid"], first["sequence"] + 1)


def test_a_moved_fixture_keeps_its_uid_and_a_cancelled_one_stays_for_the_days_of_the_rules(events: EventsHub) -> None:
    stage_id = scheduled(events, teams=4, group_size=2, advance=1, calendar_keep_days=10)
    fixture = fixtures(events, stage_id)[0]
    competition_id = the_competition(events)["id"]
    of_fixture = partial(_one, events, competition_id, fixture["id"])
    before = of_fixture()

    moved_to = (FIRST_DAY + timedelta(days=-2)).isoformat()
    events.ask(
        "move_fixture", ORGANIZER, fixture_id=fixture["id"], starts_at=moved_to, venue=venues(1)[0], reason="改期"
    )
    moved = of_fixture()
    events.ask("cancel_fixture", ORGANIZER, fixture_id=fixture["id"], reason="天气")
    cancelled = of_fixture()
    events.clock.advance(timedelta(days=10) - timedelta(seconds=1))
    still = of_fixture()
    events.clock.advance(timedelta(seconds=1))

    assert before and moved and cancelled
    assert [each["uid"] for each in (moved, cancelled)] == [before["uid"]] * 2
    assert [each["sequence"] for each in (before, moved, cancelled)] == [1, 2, 3]
    assert (moved["starts_at"], moved["cancelled"], cancelled["cancelled"]) == (moved_to, False, True)
    assert still == cancelled
    assert of_fixture() is None


def _one(events: EventsHub, competition_id: str, fixture_id: str) -> dict[str, Any] | None:
    return next((item for item in items(events, competition_id) if fixture_id in item["uid"]), None)


def test_individuals_are_not_named_in_a_public_calendar(events: EventsHub) -> None:
    scheduled(events, teams=2, kind="individual", mode="groups")

    title = items(events, the_competition(events)["id"])[1]["title"]["zh"]

    assert "队" not in title.split("：")[1] and "学校" in title


def test_a_person_sees_what_concerns_their_institution_and_no_more(events: EventsHub) -> None:
    stage_id = scheduled(events, teams=4, group_size=2, advance=1)
    later = {
        "opens_at": (CLOSES + timedelta(days=1)).isoformat(),
        "closes_at": (CLOSES + timedelta(days=60)).isoformat(),
    }
    published(events, series={"name_zh": "另一个", "name_en": "Another"}, tracks=[a_track()], **later)
    own = [each for each in fixtures(events, stage_id) if "第0队" in str(each)]

    teacher, organizer = mine(events, "teacher-0"), mine(events, ORGANIZER)

    assert kinds(teacher) == ["entries", "fixture"]
    assert [own[0]["id"] in teacher[1]["uid"], len(own)] == [True, 1]
    assert kinds(organizer) == ["entries", "entries", "fixture", "fixture", "fixture"]
    assert mine(events, "somebody else") == []


def test_a_province_and_a_delegation_see_their_own(events: EventsHub) -> None:
    scheduled(events, teams=4, group_size=2, advance=1)
    series_id = the_competition(events)["series"]["id"]
    events.grant("anhui", Role.PROVINCE_OFFICE, Scope.province(ANHUI))
    leading = events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series_id, ANHUI))
    events.grant("stranger", Role.DELEGATION_LEADER, Scope.delegation(new_id(), ANHUI))
    events.grant("supervisor", Role.SUPERVISOR, Scope.event(series_id))

    assert kinds(mine(events, "anhui")) == kinds(mine(events, "leader")) == ["entries", "fixture"]
    assert mine(events, "stranger") == []
    assert len(mine(events, "supervisor")) == 4
    events.revoke(leading)
    assert mine(events, "leader") == []


def test_a_judge_sees_when_there_is_judging_and_nothing_of_who_competes(events: EventsHub) -> None:
    works = {**JUDGING, "kind": "works"}
    competition = published(events, phases=[JUDGING, works])
    [stage] = events.ask("stages", round_ids=[competition["rounds"][0]["id"]])
    with events.runtime.database.transaction() as session:
        about = {"created_at": session.now, "version": 0, "stage_id": stage["id"]}
        draw = Draw(id=new_id(), **about)
        candidate = Candidate(
            id=new_id(),
            created_at=session.now,
            edition_id=competition["id"],
            person="judge",
            name="评委",
            organization_id=new_id(),
            province=ANHUI,
            track_ids=[],
        )
        session.add_all([draw, candidate])
        session.flush()
        session.add(
            Seat(id=new_id(), **about, draw_id=draw.id, candidate_id=candidate.id, person="judge", province=ANHUI)
        )

    [judging] = mine(events, "judge")

    assert judging["title"]["zh"].startswith("决赛评审")


def test_renew_my_calendar_gives_another_address_and_closes_the_one_before(events: EventsHub) -> None:
    a_stage(events, teams=2)
    assert events.ask("my_calendar", "teacher-0") is None

    first = events.ask("renew_my_calendar", "teacher-0")
    assert events.ask("my_calendar", "teacher-0") == first
    events.clock.advance(timedelta(hours=1))
    second = events.ask("renew_my_calendar", "teacher-0")

    assert len(first["secret"]) == 43 and first["secret"] != second["secret"]
    assert events.ask("my_calendar", "teacher-0") == second
    assert kinds(events.ask("person_calendar", "", secret=second["secret"])["items"]) == ["entries"]
    with events.refuses("NOT_FOUND", "secret"):
        events.ask("person_calendar", "", secret=first["secret"])
    with events.refuses("INVALID", "secret"):
        events.ask("person_calendar", "", secret="../x")
    for method in ("renew_my_calendar", "my_calendar"):
        with events.refuses("SIGN_IN_REQUIRED"):
            events.ask(method, "")


def test_of_two_renewals_at_once_the_last_word_is_what_is_shown(events: EventsHub) -> None:
    renew = partial(events.ask, "renew_my_calendar", "teacher-0")

    outcomes = [each for each in at_once(renew, renew) if isinstance(each, dict)]

    assert events.ask("my_calendar", "teacher-0") in outcomes


def test_a_calendar_costs_the_same_number_of_statements_for_few_and_for_many(events: EventsHub) -> None:
    stage_id = scheduled(events, teams=8)
    competition_id = the_competition(events)["id"]
    secret = events.ask("renew_my_calendar", ORGANIZER)["secret"]

    def costs() -> list[int]:
        counts = []
        for method, which in (
            ("competition_calendar", {"competition_id": competition_id}),
            ("person_calendar", {"secret": secret}),
        ):
            with events.statements() as sent:
                events.ask(method, "", **which)
            counts.append(len(sent))
        return counts

    before = costs()
    events.clock.advance(timedelta(days=60))
    for each in fixtures(events, stage_id, group="A"):
        played(events, each)

    assert costs() == before
    assert before[0] <= 6 and before[1] <= 9
