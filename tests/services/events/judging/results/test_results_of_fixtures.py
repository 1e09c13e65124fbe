"""Fixtures: where games were played the result is their final order, and it is announced and objected to like any other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.authority import Role, Scope
from services.events.judging.results.verifying import findings
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, at_once
from tests.services.events.fixtures.contesting import play_all, scheduled
from tests.services.events.judging.results.judging import ARBITRATORS, SUPERVISOR


def finished(events: EventsHub) -> str:
    """The id of a stage in which every game was played: the lower a team's number, the better it is."""
    stage_id = scheduled(events)
    events.clock.advance(timedelta(days=60))
    play_all(events, stage_id)
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant(SUPERVISOR, Role.SUPERVISOR, Scope.event(series_id))
    for person in ARBITRATORS:
        events.grant(person, Role.ARBITRATOR, Scope.event(series_id))
        said = {"series_id": series_id, "person": person, "organization_id": events.organization("330200")}
        events.ask("register_arbitrator", ORGANIZER, **said)
    return stage_id


def announced(events: EventsHub, stage_id: str) -> dict[str, Any]:
    proposed = events.ask("propose_result", ORGANIZER, stage_id=stage_id)
    return signed(events, proposed)


def signed(events: EventsHub, result: dict[str, Any]) -> dict[str, Any]:
    [digest] = [version["digest"] for version in result["versions"] if version["status"] == "proposed"]
    found: dict[str, Any] = events.ask("countersign_result", SUPERVISOR, result_id=result["id"], digest=digest)
    return found


def order(events: EventsHub, result: dict[str, Any], viewer: str = "") -> list[tuple[str, int | None]]:
    rows = events.ask("result_rows", viewer, result_id=result["id"])["nodes"]
    return [(row["contestant"][1:-1], row["place"]) for row in rows]


def test_no_result_is_proposed_while_games_are_still_to_be_played(events: EventsHub) -> None:
    stage_id = scheduled(events)

    with events.refuses(
        "FIXTURES_NOT_OVER",
        "stageId",
        open=len(events.ask("fixtures", ORGANIZER, stage_id=stage_id, first=100)["nodes"]),
    ):
        events.ask("propose_result", ORGANIZER, stage_id=stage_id)


def test_whoever_is_disqualified_is_left_out_and_the_others_move_up(events: EventsHub) -> None:
    stage_id = finished(events)
    result = announced(events, stage_id)
    before = order(events, result)
    assert before[:2] == [("0", 1), ("1", 2)]
    rows = events.ask("result_rows", "", result_id=result["id"])["nodes"]
    assert (rows[0]["code"], rows[0]["score"]) == (None, None)
    best = rows[0]["entry_id"]

    filing = {"entry_id": best, "ground": "eligibility", "statement": "参赛资格不符"}
    objection = events.ask("file_objection", "teacher-0", result_id=result["id"], **filing)
    seated = events.ask("seat_arbitrators", ORGANIZER, objection_id=objection["id"])
    panel = [seat["person"] for seat in seated["seats"]]
    for person in panel[:2]:
        events.ask("vote_on_objection", person, objection_id=objection["id"], uphold=True, reason="属实")
    opened = events.ask("open_rejudging", panel[0], objection_id=objection["id"], entry_ids=[best], people=[])
    ruled = events.ask("disqualify_entry", panel[0], rejudging_id=opened["id"], entry_id=best, reason="资格不符")
    apply = {"rejudging_id": opened["id"], "difference_digest": ruled["difference_digest"]}
    events.ask("apply_rejudging", panel[0], **apply)
    signed(events, events.ask("result", ORGANIZER, stage_id=stage_id))

    assert order(events, result)[:1] == [("1", 1)]
    assert order(events, result, ORGANIZER)[-1] == ("0", None)
    whole = events.ask("result_document", SUPERVISOR, result_id=result["id"], whole=True)
    assert all(finding.holds for finding in findings(whole))


def turned(events: EventsHub, stage_id: str, person: str = ORGANIZER) -> dict[str, Any]:
    """The final with its score the other way round."""
    final = events.ask("fixtures", ORGANIZER, stage_id=stage_id, first=100)["nodes"][-1]
    score = {"home": final["score"]["away"], "away": final["score"]["home"], "reason": "记录颠倒"}
    found: dict[str, Any] = events.ask("correct_fixture_score", person, fixture_id=final["id"], **score)
    return found


def upheld(events: EventsHub, result: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    best = events.ask("result_rows", "", result_id=result["id"])["nodes"][0]["entry_id"]
    filing = {"entry_id": best, "ground": "scoring_error", "statement": "比分记录颠倒"}
    objection = events.ask("file_objection", "teacher-0", result_id=result["id"], **filing)
    seated = events.ask("seat_arbitrators", ORGANIZER, objection_id=objection["id"])
    panel = [seat["person"] for seat in seated["seats"]]
    for person in panel[:2]:
        events.ask("vote_on_objection", person, objection_id=objection["id"], uphold=True, reason="属实")
    return {**objection, "entry_id": best}, panel


def test_scores_stand_with_the_result_that_rests_on_them(events: EventsHub) -> None:
    stage_id = finished(events)
    standings = events.ask("standings", "", stage_id=stage_id, group="A")
    proposed = events.ask("propose_result", ORGANIZER, stage_id=stage_id)
    with events.refuses("SCORE_PROPOSED", "fixtureId"):
        turned(events, stage_id)
    events.ask("withdraw_proposal", ORGANIZER, result_id=proposed["id"])
    turned(events, stage_id)
    turned(events, stage_id)

    announced(events, stage_id)

    with events.refuses("SCORE_ANNOUNCED", "fixtureId"):
        turned(events, stage_id)
    with events.refuses("NOT_ALLOWED"):
        turned(events, stage_id, "teacher-0")
    assert events.ask("standings", "", stage_id=stage_id, group="A") == standings


def test_a_score_is_corrected_for_an_objection_and_the_new_result_rests_on_it(events: EventsHub) -> None:
    stage_id = finished(events)
    result = announced(events, stage_id)
    objection, panel = upheld(events, result)

    turned(events, stage_id)

    about = {"objection_id": objection["id"], "entry_ids": [objection["entry_id"]], "people": []}
    opened = events.ask("open_rejudging", panel[0], **about)
    apply = {"rejudging_id": opened["id"], "difference_digest": opened["difference_digest"]}
    events.ask("apply_rejudging", panel[0], **apply)
    with events.refuses("SCORE_PROPOSED", "fixtureId"):
        turned(events, stage_id)
    signed(events, events.ask("result", ORGANIZER, stage_id=stage_id))
    assert order(events, result)[:2] == [("1", 1), ("0", 2)]
    with events.refuses("SCORE_ANNOUNCED", "fixtureId"):
        turned(events, stage_id)


def test_of_a_result_and_a_correction_at_once_the_result_rests_on_what_stands(events: EventsHub) -> None:
    stage_id = finished(events)

    outcomes = at_once(
        lambda: events.ask("propose_result", ORGANIZER, stage_id=stage_id), lambda: turned(events, stage_id)
    )

    refused = [each.problems[0]["code"] for each in outcomes if isinstance(each, Refused)]
    result = events.ask("result", ORGANIZER, stage_id=stage_id)
    assert refused in ([], ["SCORE_PROPOSED"])
    first = "0" if refused else "1"
    assert order(events, result, ORGANIZER)[0] == (first, 1)
