"""Deciding: a drawn panel without conflict votes, its majority decides, and somebody watches the time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from procedures.draws.draw import Line, order
from services.events.editions.rulesets.reading import rulebook
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, at_once, eventually
from tests.services.events.judging.motions.moving import done, moved, signed
from tests.services.events.judging.results.judging import ARBITRATORS, JUDGES, SUPERVISOR, Judged, judged, rep


@pytest.fixture
def stage(events: EventsHub) -> Judged:
    stage = judged(events)
    stage.announce()
    return stage


def seated(stage: Judged, objection: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = stage.ask("seat_arbitrators", objection_id=objection["id"])
    return found


def panel_of(objection: dict[str, Any]) -> list[str]:
    return [seat["person"] for seat in objection["seats"] if seat["left_at"] is None]


def bars(stage: Judged, objection: dict[str, Any]) -> dict[str, list[str]]:
    """Why somebody was not on the roster of a panel, by person."""
    people = {each["id"]: each["person"] for each in stage.ask("arbitrators", series_id=stage.series_id)["nodes"]}
    return {people[each["arbitrator"]]: each["bars"] for each in objection["draw"]["excluded"]}


def test_seat_arbitrators_draws_a_panel_that_anyone_who_sees_the_draw_can_draw_again(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))

    drawn = order(objection["draw"]["seed"], [Line(**line) for line in objection["draw"]["roster"]])
    assert objection["status"] == "seated"
    assert sorted(seat["arbitrator_id"] for seat in objection["seats"]) == sorted(line.candidate for line in drawn[:3])
    told = stage.said("arbitrators_seated")
    assert sorted(told[0]["people"]) == sorted(panel_of(objection))
    assert len(set(panel_of(objection))) == 3


def test_nobody_sits_who_is_tied_to_the_result_or_to_the_entry(stage: Judged) -> None:
    def also(person: str, organization_id: str) -> None:
        stage.events.grant(person, Role.ARBITRATOR, Scope.event(stage.series_id))
        said = {"series_id": stage.series_id, "person": person, "organization_id": organization_id}
        stage.ask("register_arbitrator", **said)

    elsewhere = stage.events.organization("320500")
    for person in (JUDGES[0], ORGANIZER, SUPERVISOR, rep("B")):
        also(person, elsewhere)
    also("colleague", stage.organizations["B"])
    also("compatriot", stage.events.organization("340200"))
    said = {"series_id": stage.series_id, "person": "former", "organization_id": elsewhere}
    stage.ask("register_arbitrator", **said)  # holds the role no longer

    objection = seated(stage, stage.object("B"))

    found = bars(stage, objection)
    assert found == {
        "former": ["no_grant"],
        JUDGES[0]: ["judge"],
        ORGANIZER: ["signer"],
        SUPERVISOR: ["signer"],
        rep("B"): ["objector", "same_institution"],
        "colleague": ["same_institution", "same_delegation"],
        "compatriot": ["same_delegation"],
    }
    assert set(panel_of(objection)) <= set(ARBITRATORS)


def test_without_enough_arbitrators_there_is_no_panel(events: EventsHub) -> None:
    stage = judged(events, objections={**rulebook().defaults["results"]["objections"], "seats": 5})
    stage.announce()
    objection = stage.object("B")

    with events.refuses("TOO_FEW_ARBITRATORS", needed=5, found=4):
        seated(stage, objection)


def test_the_majority_upholds_and_the_objection_waits_for_its_remedy(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    first, second, third = panel_of(objection)

    assert stage.vote(objection, first, uphold=True)["status"] == "seated"
    decided = stage.vote(objection, second, uphold=True)

    assert (decided["status"], decided["closed_at"]) == ("upheld", None)
    assert stage.result()["status"] == "frozen"
    assert [data["upheld"] for data in stage.said("objection_decided")] == [True]
    with stage.events.refuses("OBJECTION_STANDS", "objectionId", status="upheld"):
        stage.vote(objection, third, uphold=False)
    with stage.events.refuses("OBJECTION_STANDS", "objectionId", status="upheld"):
        stage.ask("withdraw_objection", rep("B"), objection_id=objection["id"])


def test_the_majority_dismisses_and_the_result_is_public_again(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    people = panel_of(objection)
    before = len(stage.events.said())

    for person, uphold in zip(people, (False, True, False), strict=True):
        stage.vote(objection, person, uphold=uphold)

    assert stage.places() == [("A", 1), ("B", 2), ("C", 3)]
    assert stage.types(before) == ["objection_decided", "result_released"]
    shown = stage.ask("objections_by_id", rep("B"), ids=[objection["id"]])[0]
    assert (shown["status"], shown["reasons"], shown["seats"]) == ("dismissed", ["已核实。", "已核实。"], [])


def test_nobody_sees_how_others_have_voted_before_all_is_decided(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    first, second, _ = panel_of(objection)
    stage.vote(objection, first, uphold=True)

    def votes(viewer: str) -> list[bool | None]:
        return [seat["upholds"] for seat in stage.ask("objections_by_id", viewer, ids=[objection["id"]])[0]["seats"]]

    assert votes(second) == votes(ORGANIZER) == [None, None, None]
    assert votes(first) == [True, None, None]
    stage.vote(objection, second, uphold=True)
    assert votes(ORGANIZER) == [True, True, None]


def test_only_the_panel_votes_each_once(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    first = panel_of(objection)[0]
    outside = next(person for person in ARBITRATORS if person not in panel_of(objection))
    stage.vote(objection, first, uphold=True)

    for viewer, code in ((outside, "NOT_SEATED"), (ORGANIZER, "NOT_SEATED"), ("", "SIGN_IN_REQUIRED")):
        with stage.events.refuses(code):
            stage.vote(objection, viewer, uphold=True)
    with stage.events.refuses("ALREADY_VOTED"):
        stage.vote(objection, first, uphold=False)


def test_votes_that_come_at_once_decide_once(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    votes = [lambda person=person: stage.vote(objection, person, uphold=True) for person in panel_of(objection)]

    at_once(*votes)

    assert len(stage.said("objection_decided")) == 1
    assert stage.ask("objections_by_id", ids=[objection["id"]])[0]["status"] == "upheld"


def test_an_empty_seat_is_taken_by_the_next_in_the_order_of_the_draw(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    before = panel_of(objection)
    fourth = next(person for person in ARBITRATORS if person not in before)
    seat = objection["seats"][0]

    done(stage.events, "replace_arbitrator", objection_id=objection["id"], seat_id=seat["id"], reason="因病")

    [changed] = stage.ask("objections_by_id", ids=[objection["id"]])
    assert panel_of(changed) == [*before[1:], fourth]
    assert stage.said("arbitrators_seated")[-1]["people"] == [fourth]
    with stage.events.refuses("NOT_SEATED"):
        stage.vote(objection, before[0], uphold=True)
    given = {"objection_id": objection["id"], "seat_id": objection["seats"][1]["id"], "reason": "因病"}
    motion = moved(stage.events, "replace_arbitrator", **given)
    with stage.events.refuses("TOO_FEW_ARBITRATORS", needed=1, found=0):
        signed(stage.events, motion)


def test_who_has_voted_keeps_their_seat(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    seat = objection["seats"][0]
    stage.vote(objection, seat["person"], uphold=True)
    given = {"objection_id": objection["id"], "reason": "…"}

    with stage.events.refuses("ALREADY_VOTED", "seatId"):
        stage.ask("replace_arbitrator", seat_id=seat["id"], **given)
    with stage.events.refuses("NOT_FOUND", "seatId"):
        stage.ask("replace_arbitrator", seat_id=new_id(), **given)
    with stage.events.refuses("NOT_ALLOWED"):
        stage.ask("replace_arbitrator", rep("B"), seat_id=seat["id"], **given)


def test_a_panel_is_drawn_once_and_by_those_who_run_the_series(stage: Judged) -> None:
    objection = stage.object("B")
    with stage.events.refuses("NOT_ALLOWED"):
        stage.ask("seat_arbitrators", rep("B"), objection_id=objection["id"])
    seated(stage, objection)

    with stage.events.refuses("OBJECTION_STANDS", "objectionId", status="seated"):
        seated(stage, objection)


def test_the_panel_is_reminded_before_the_decision_is_due_and_all_are_told_when_it_is_late(stage: Judged) -> None:
    objection = seated(stage, stage.object("B"))
    first, *others = panel_of(objection)
    stage.vote(objection, first, uphold=True)

    stage.events.clock.advance(timedelta(hours=48))
    eventually(lambda: stage.said("objection_due"))
    stage.events.clock.advance(timedelta(hours=24))
    eventually(lambda: stage.said("objection_late"))

    assert [data["people"] for data in stage.said("objection_due")] == [others]
    assert [data["people"] for data in stage.said("objection_late")] == [others]


def test_an_arbitrator_is_registered_once_by_an_organizer(stage: Judged) -> None:
    said = {"series_id": stage.series_id, "person": ARBITRATORS[0], "organization_id": stage.organizations["A"]}

    with stage.events.refuses("ARBITRATOR_KNOWN", "person"):
        stage.ask("register_arbitrator", **said)
    with stage.events.refuses("NOT_ALLOWED"):
        stage.ask("register_arbitrator", SUPERVISOR, **said)
    with stage.events.refuses("ORGANIZATION_UNKNOWN", "organizationId"):
        stage.ask("register_arbitrator", **{**said, "organization_id": new_id()})
    with stage.events.refuses("NOT_ALLOWED"):
        stage.ask("arbitrators", rep("B"), series_id=stage.series_id)
