"""Announcing: two people sign a result, each by what they have seen; then the public sees what the rules show of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.documents.digest import digest
from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub, at_once
from tests.services.events.judging.results.judging import SUPERVISOR, Judged, judged, rep

CUT = {"take": "count", "value": "2", "per": "track", "rounding": "down", "at_least": 0, "ties": "all"}


@pytest.fixture
def stage(events: EventsHub) -> Judged:
    return judged(events)


def test_propose_result_ranks_the_stage_for_those_who_run_it_and_nobody_else(stage: Judged) -> None:
    proposed = stage.propose()

    assert proposed["status"] == "proposed"
    assert [(version["number"], version["status"]) for version in proposed["versions"]] == [(1, "proposed")]
    assert stage.places(ORGANIZER) == stage.places(SUPERVISOR) == [("A", 1), ("B", 2), ("C", 3)]
    assert stage.rows(ORGANIZER)[0] == {
        "entry_id": stage.entries["A"],
        "place": 1,
        "code": "A-A",
        "organization_id": stage.organizations["A"],
        "province": "310000",
        "contestant": "选手A",
        "score": "90.00",
        "raw": "90.000000",
        "adjusted": "90.000000",
        "tie": "",
        "remark": "",
        "shown": True,
    }
    for viewer in ("", "somebody", rep("A")):
        assert stage.result(viewer) is None
        assert stage.rows(viewer) == []
        assert stage.ask("results", viewer, competition_id=stage.competition_id)["nodes"] == []
        assert stage.ask("results_by_id", viewer, ids=[proposed["id"]]) == []
        assert stage.ask("result_document", viewer, result_id=proposed["id"]) is None


def test_countersign_result_shows_it_to_everybody_with_a_digest_that_anyone_can_recompute(stage: Judged) -> None:
    proposed = stage.propose()

    stage.countersign()

    result = stage.result()
    assert (result["status"], result["version"]) == ("announced", 1)
    assert stage.rows()[0] == {
        "entry_id": stage.entries["A"],
        "place": 1,
        "code": "A-A",
        "organization_id": stage.organizations["A"],
        "province": "310000",
        "contestant": "选手A",
        "score": "90.00",
    }
    shown = stage.ask("result_document", "", result_id=result["id"])
    assert digest(shown["document"]) == shown["digest"] == result["digest"] == proposed["versions"][0]["digest"]
    assert stage.ask("results", "", competition_id=stage.competition_id)["nodes"] == [result]
    assert stage.ask("results_by_id", "", ids=[result["id"]]) == [result]
    assert "signed_by" not in result["versions"][0]


def test_the_whole_document_is_for_those_who_run_supervise_or_arbitrate(stage: Judged) -> None:
    result_id = stage.announce()["id"]

    for viewer in (ORGANIZER, SUPERVISOR, "arbitrator-1", OFFICE):
        whole = stage.ask("result_document", viewer, result_id=result_id, whole=True)
        public = stage.ask("result_document", viewer, result_id=result_id)
        assert digest(whole["document"]) == whole["digest"] == public["document"]["whole"]
        assert len(whole["document"]["evidence"]["sheets"]) == 6
    with stage.events.refuses("NOT_ALLOWED"):
        stage.ask("result_document", rep("A"), result_id=result_id, whole=True)
    with stage.events.refuses("SIGN_IN_REQUIRED"):
        stage.ask("result_document", "", result_id=result_id, whole=True)


def test_the_public_sees_no_more_than_the_rules_show(events: EventsHub) -> None:
    stage = judged(events, shown={"cut": CUT, "names": "masked", "scores": False})
    stage.announce()

    rows = stage.rows()
    document = stage.ask("result_document", "", result_id=stage.result()["id"])["document"]

    assert [(row["contestant"], row["place"], row["score"]) for row in rows] == [("选**", 1, None), ("选**", 2, None)]
    assert [(row["contestant"], row["place"]) for row in document["rows"]] == [("选**", 1), ("选**", 2)]
    assert "score" not in document["rows"][0]
    assert stage.places(ORGANIZER) == [("A", 1), ("B", 2), ("C", 3)]


def test_messages_about_a_result_name_the_organisations_that_competed_and_no_contestant(stage: Judged) -> None:
    before = len(stage.events.said())

    result = stage.announce()

    said = stage.events.said(since=before)
    assert [type_ for type_, _ in said] == ["events.result_proposed", "events.result_announced"]
    about = {name: said[0][1][name] for name in ("stage_id", "competition", "track", "round", "edition", "series_id")}
    digest_ = result["versions"][0]["digest"]
    now = stage.events.clock.now()
    assert about["round"]["zh"] == "省赛"
    assert said[1][1] == {
        **about,
        "result_id": result["id"],
        "number": 1,
        "digest": digest_,
        "notice_ends_at": (now + timedelta(hours=120)).isoformat(),
        "objections_until": (now + timedelta(hours=72)).isoformat(),
        "organization_ids": sorted(stage.organizations.values()),
    }
    assert "选手" not in str(said)


def test_who_proposed_a_result_does_not_countersign_it(stage: Judged) -> None:
    stage.events.grant(ORGANIZER, Role.SUPERVISOR, Scope.event(stage.series_id))
    stage.propose()

    with stage.events.refuses("SECOND_PERSON_NEEDED", "resultId"):
        stage.countersign(ORGANIZER)


@pytest.mark.parametrize(("viewer", "code"), [("", "SIGN_IN_REQUIRED"), (OFFICE, "NOT_ALLOWED"), ("x", "NOT_ALLOWED")])
def test_nobody_but_a_supervisor_countersigns_not_even_the_hub_office(stage: Judged, viewer: str, code: str) -> None:
    stage.propose()

    with stage.events.refuses(code):
        stage.countersign(viewer)


def test_who_has_seen_something_else_cannot_sign(stage: Judged) -> None:
    result = stage.propose()

    with stage.events.refuses("DIGEST_DIFFERS", "digest"):
        stage.ask("countersign_result", SUPERVISOR, result_id=result["id"], digest="0" * 64)


@pytest.mark.parametrize(("viewer", "code"), [("", "SIGN_IN_REQUIRED"), (SUPERVISOR, "NOT_ALLOWED")])
def test_a_result_is_proposed_by_an_organizer(stage: Judged, viewer: str, code: str) -> None:
    with stage.events.refuses(code):
        stage.ask("propose_result", viewer, stage_id=stage.stage_id)


def test_a_result_that_waits_for_its_signature_is_not_proposed_again(stage: Judged) -> None:
    stage.propose()

    with stage.events.refuses("PROPOSAL_PENDING", "stageId"):
        stage.propose()


def test_a_result_that_was_announced_is_not_proposed_again(stage: Judged) -> None:
    stage.announce()

    with stage.events.refuses("RESULT_STANDS", "stageId", status="announced"):
        stage.propose()


def test_no_result_is_proposed_before_the_codes_are_opened(events: EventsHub) -> None:
    stage = judged(events, opened=False)

    with events.refuses("CODES_SEALED", "stageId"):
        stage.propose()


def test_no_result_is_proposed_of_a_stage_that_was_not_judged(stage: Judged) -> None:
    with stage.events.refuses("SHEETS_NOT_LOCKED", "stageId"):
        stage.ask("propose_result", stage_id=stage.next_stage_id)


def test_nobody_signs_what_is_not_proposed(stage: Judged) -> None:
    result = stage.announce()

    with stage.events.refuses("NOTHING_PROPOSED", "resultId"):
        stage.ask("countersign_result", SUPERVISOR, result_id=result["id"], digest="0" * 64)
    with stage.events.refuses("NOTHING_PROPOSED", "resultId"):
        stage.ask("withdraw_proposal", result_id=result["id"])


@pytest.mark.parametrize("method", ["countersign_result", "withdraw_proposal", "result_rows", "result_document"])
def test_a_result_that_does_not_exist_is_not_found(stage: Judged, method: str) -> None:
    given: dict[str, Any] = {"digest": "0" * 64} if method == "countersign_result" else {}
    with stage.events.refuses("NOT_FOUND", "resultId"):
        stage.ask(method, SUPERVISOR, result_id=new_id(), **given)


def test_withdraw_proposal_leaves_its_version_and_the_next_one_is_another(stage: Judged) -> None:
    first = stage.propose()

    withdrawn = stage.ask("withdraw_proposal", SUPERVISOR, result_id=first["id"])
    stage.announce()

    assert withdrawn["status"] == "withdrawn"
    versions = [(each["number"], each["status"]) for each in stage.result(ORGANIZER)["versions"]]
    assert versions == [(1, "withdrawn"), (2, "announced")]
    assert [each["number"] for each in stage.result()["versions"]] == [2]
    assert stage.said("proposal_withdrawn")[0]["number"] == 1
    assert stage.places(ORGANIZER, version=1) == stage.places()
    with stage.events.refuses("NOT_FOUND", "version"):
        stage.rows(version=1)


def test_who_is_stranger_to_a_competition_does_not_withdraw_its_proposal(stage: Judged) -> None:
    result = stage.propose()

    with stage.events.refuses("NOT_ALLOWED"):
        stage.ask("withdraw_proposal", rep("A"), result_id=result["id"])


def test_of_two_who_propose_at_once_one_does(stage: Judged) -> None:
    outcomes = at_once(stage.propose, stage.propose)

    refused = [each.problems[0]["code"] for each in outcomes if isinstance(each, Exception)]
    assert refused == ["PROPOSAL_PENDING"]
    assert len(stage.said("result_proposed")) == 1


def test_of_two_who_sign_at_once_one_does(stage: Judged) -> None:
    stage.events.grant("second", Role.SUPERVISOR, Scope.event(stage.series_id))
    result = stage.propose()
    sign = {"result_id": result["id"], "digest": result["versions"][0]["digest"]}

    outcomes = at_once(
        *(lambda who=who: stage.ask("countersign_result", who, **sign) for who in (SUPERVISOR, "second"))
    )

    refused = [each.problems[0]["code"] for each in outcomes if isinstance(each, Exception)]
    assert refused == ["NOTHING_PROPOSED"]
    assert len(stage.said("result_announced")) == 1


def test_an_entry_that_has_withdrawn_has_no_place_and_leaves_no_gap(stage: Judged) -> None:
    stage.ask("withdraw_entry", rep("B"), entry_id=stage.entries["B"])

    stage.announce()

    assert stage.places() == [("A", 1), ("C", 2)]


def test_rows_are_given_in_pages(stage: Judged) -> None:
    result_id = stage.announce()["id"]

    first = stage.ask("result_rows", "", result_id=result_id, first=2)
    rest = stage.ask("result_rows", "", result_id=result_id, first=2, after=first["cursors"][-1])

    assert (first["has_next"], rest["has_next"]) == (True, False)
    assert [row["place"] for row in (*first["nodes"], *rest["nodes"])] == [1, 2, 3]
