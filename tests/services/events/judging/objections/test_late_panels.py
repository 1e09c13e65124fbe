"""Late panels: what is upheld has a deadline for its remedy, and others are drawn in the place of those who let time pass."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, at_once, eventually
from tests.services.events.judging.results.judging import SUPERVISOR, Judged, a_candidate, judged, rep

REST = ("arbitrator-5", "arbitrator-6", "arbitrator-7")
DECISION, REMEDY = timedelta(hours=72), timedelta(hours=120)


@pytest.fixture
def stage(events: EventsHub) -> Judged:
    stage = judged(events)
    stage.register_arbitrators(*REST)
    stage.announce()
    return stage


def replace(stage: Judged, objection: dict[str, Any], viewer: str = SUPERVISOR) -> dict[str, Any]:
    """The objection behind it, as the organisers see it."""
    stage.ask("replace_panel", viewer, objection_id=objection["id"], reason="逾期未决")
    [found] = stage.ask("objections_by_id", ORGANIZER, ids=[objection["id"]])
    return dict(found)


def pass_time(stage: Judged, time: timedelta) -> None:
    """Let time go by, and all that it makes due be done."""
    stage.events.clock.advance(time)
    stage.events.catch_up()


def sitting(objection: dict[str, Any]) -> list[str]:
    return [seat["person"] for seat in objection["seats"] if seat["left_at"] is None]


def test_what_is_upheld_is_to_be_remedied_in_time_and_the_supervisor_is_told_when_it_is_not(stage: Judged) -> None:
    objection, panel = stage.upheld("B")

    due = stage.events.clock.now() + REMEDY
    assert abs(datetime.fromisoformat(objection["remedy_due_at"]) - due) < timedelta(minutes=5)
    [decided] = stage.said("objection_decided")
    assert decided["remedy_due_at"] == objection["remedy_due_at"]
    pass_time(stage, REMEDY - timedelta(hours=24))
    assert stage.said("remedy_late") == []
    pass_time(stage, timedelta(hours=24))
    for type_ in ("remedy_due", "remedy_late"):
        eventually(lambda type_=type_: stage.said(type_))
        [told] = stage.said(type_)
        assert (told["remedy_due_at"], sorted(told["people"])) == (objection["remedy_due_at"], sorted(panel))


def test_a_remedy_stands_in_the_agendas_of_those_who_see_to_it_until_it_has_come(stage: Judged) -> None:
    objection, panel = stage.upheld("B", against=1)
    of_it = {"kind": "remedy", "subject_id": objection["id"], "due_at": objection["remedy_due_at"]}
    due = {**of_it, "action": "open_rejudging"}

    def agenda(person: str) -> list[dict[str, Any]]:
        nodes = stage.ask("my_dates", person, until=(stage.events.clock.now() + timedelta(days=30)).isoformat())[
            "nodes"
        ]
        return [{key: each[key] for key in (*due, "done")} for each in nodes if each["kind"] == "remedy"]

    assert agenda(panel[1]) == [{**due, "done": False}]
    for person in (panel[0], rep("B"), SUPERVISOR):
        assert agenda(person) == []
    about = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]], "people": []}
    rejudging = stage.ask("open_rejudging", panel[1], **about)
    stage.ask("cancel_rejudging", panel[2], rejudging_id=rejudging["id"], reason="复核无误")
    assert agenda(panel[1]) == [{**due, "action": None, "done": True}]


def test_what_is_cancelled_is_in_nobodys_agenda(stage: Judged) -> None:
    _, panel = stage.upheld("B")
    seated = sitting(stage.ask("seat_arbitrators", objection_id=stage.object("C")["id"]))
    until = (stage.events.clock.now() + timedelta(days=30)).isoformat()

    def kinds(*people: str) -> set[str]:
        return {each["kind"] for person in people for each in stage.ask("my_dates", person, until=until)["nodes"]}

    assert kinds(*panel, *seated, rep("A")) >= {"remedy", "objection", "objections"}
    stage.ask("cancel_competition", competition_id=stage.competition_id, reason="台风")
    assert kinds(*panel, *seated, rep("A")) == set()


def test_a_remedy_that_has_come_is_not_late(stage: Judged) -> None:
    objection, panel = stage.upheld("B")
    about = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]], "people": []}
    rejudging = stage.ask("open_rejudging", panel[0], **about)
    stage.ask("cancel_rejudging", panel[1], rejudging_id=rejudging["id"], reason="复核无误")

    pass_time(stage, REMEDY * 2)

    assert stage.said("remedy_late") == []
    with stage.events.refuses("OBJECTION_STANDS", "objectionId", status="unremedied"):
        replace(stage, objection)


def test_rules_that_set_no_deadline_for_remedies_have_none(events: EventsHub) -> None:
    stage = judged(events, objections={"remedy_hours": None})
    stage.announce()

    objection, _ = stage.upheld("B")

    assert objection["remedy_due_at"] is None
    pass_time(stage, REMEDY * 2)
    with events.refuses("PANEL_NOT_LATE", "objectionId"):
        replace(stage, objection)


def test_those_who_have_not_decided_in_time_are_followed_by_others_and_votes_stay(stage: Judged) -> None:
    objection = stage.object("B")
    first = stage.ask("seat_arbitrators", objection_id=objection["id"])
    voted, *idle = sitting(first)
    stage.vote(objection, voted, uphold=True)
    with stage.events.refuses("PANEL_NOT_LATE", "objectionId"):
        replace(stage, objection)
    pass_time(stage, DECISION)

    again = replace(stage, objection, ORGANIZER)

    assert voted in sitting(again)
    assert not set(idle) & set(sitting(again))
    assert len(set(sitting(again))) == 3
    assert again["draw"]["before"] == first["draw"]
    assert datetime.fromisoformat(again["decision_due_at"]) > stage.events.clock.now() + timedelta(hours=71)
    [told] = stage.said("panel_replaced")
    assert (sorted(told["people"]), told["reason"]) == (sorted(idle), "逾期未决")
    with stage.events.refuses("NOT_SEATED"):
        stage.vote(objection, idle[0], uphold=False)
    stage.vote(objection, next(person for person in sitting(again) if person != voted), uphold=True)
    assert stage.said("objection_decided")[-1]["upheld"] is True


def test_who_follows_a_panel_that_has_upheld_sees_to_the_remedy_and_its_reasons_stay(stage: Judged) -> None:
    objection, panel = stage.upheld("B")
    pass_time(stage, REMEDY)

    again = replace(stage, objection)

    assert (again["status"], again["reasons"]) == ("upheld", ["已核实。", "已核实。"])
    assert not set(panel) & set(sitting(again))
    about = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]], "people": []}
    with stage.events.refuses("NOT_SEATED"):
        stage.ask("open_rejudging", panel[0], **about)
    rejudging = stage.ask("open_rejudging", sitting(again)[0], **about)
    ruled = stage.ask(
        "disqualify_entry", sitting(again)[0], rejudging_id=rejudging["id"], entry_id=stage.entries["B"], reason="属实"
    )
    apply = {"rejudging_id": rejudging["id"], "difference_digest": ruled["difference_digest"]}
    stage.ask("apply_rejudging", sitting(again)[0], **apply)
    pass_time(stage, REMEDY)
    with stage.events.refuses("PROPOSAL_PENDING", "objectionId"):
        replace(stage, objection)
    stage.countersign()
    assert stage.said("objection_remedied")[-1]["remedied"] is True


def test_a_panel_follows_whatever_waits_for_a_signature_because_of_another_objection(stage: Judged) -> None:
    other, panel = stage.upheld("B")
    about = {"objection_id": other["id"], "entry_ids": [stage.entries["B"]], "people": []}
    rejudging = stage.ask("open_rejudging", panel[0], **about)
    idle = stage.ask("seat_arbitrators", objection_id=stage.object("C")["id"])
    ruling = {"rejudging_id": rejudging["id"], "entry_id": stage.entries["B"], "reason": "属实"}
    ruled = stage.ask("disqualify_entry", panel[0], **ruling)
    apply = {"rejudging_id": rejudging["id"], "difference_digest": ruled["difference_digest"]}
    stage.ask("apply_rejudging", panel[0], **apply)
    pass_time(stage, REMEDY)

    again = replace(stage, idle)

    assert not set(sitting(idle)) & set(sitting(again))
    with stage.events.refuses("PROPOSAL_PENDING", "objectionId"):
        replace(stage, other)


def test_who_judges_again_does_not_follow_on_the_panel_that_applies_it(stage: Judged) -> None:
    objection, panel = stage.upheld("B")
    judge = next(person for person in REST if person not in panel)
    with stage.events.runtime.database.transaction() as session:
        a_candidate(session, stage, judge)
    about = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]], "people": [judge]}
    stage.ask("open_rejudging", panel[0], **about)
    pass_time(stage, REMEDY)

    again = replace(stage, objection)

    assert judge not in sitting(again)
    assert [each["bars"] for each in again["draw"]["excluded"]] == [["judge"]]


def test_where_too_few_are_left_nothing_changes(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection, _ = stage.upheld("B")
    pass_time(stage, REMEDY)

    with events.refuses("TOO_FEW_ARBITRATORS", needed=3, found=1):
        replace(stage, objection)


def test_of_two_who_replace_a_panel_at_once_one_does(stage: Judged) -> None:
    objection = stage.ask("seat_arbitrators", objection_id=stage.object("B")["id"])
    pass_time(stage, DECISION)

    outcomes = at_once(lambda: replace(stage, objection), lambda: replace(stage, objection, ORGANIZER))

    [refused] = [each for each in outcomes if isinstance(each, Refused)]
    assert refused.problems[0]["code"] == "PANEL_NOT_LATE"
    assert len(stage.said("panel_replaced")) == 1


@pytest.mark.parametrize("viewer", [rep("B"), "arbitrator-1"])
def test_a_panel_is_replaced_by_those_who_run_or_supervise(stage: Judged, viewer: str) -> None:
    objection, _ = stage.upheld("B")
    pass_time(stage, REMEDY)

    with stage.events.refuses("NOT_ALLOWED"):
        replace(stage, objection, viewer)


def cancel(stage: Judged, method: str = "cancel_competition") -> None:
    competition = stage.result(ORGANIZER)["competition_id"]
    stage.ask(method, ORGANIZER, competition_id=competition, reason="台风")


def test_what_fell_due_while_a_competition_was_cancelled_keeps_it_cancelled(stage: Judged) -> None:
    stage.object()
    cancel(stage)

    pass_time(stage, DECISION)

    with stage.events.refuses("TOO_LATE_TO_REINSTATE", "competitionId"):
        cancel(stage, "reinstate_competition")


def test_a_panel_is_reminded_after_all_where_its_reminder_rang_while_the_competition_was_cancelled(
    stage: Judged,
) -> None:
    objection = stage.object()
    stage.ask("seat_arbitrators", objection_id=objection["id"])
    cancel(stage)
    pass_time(stage, DECISION - timedelta(hours=2))
    assert stage.said("objection_due") == []

    cancel(stage, "reinstate_competition")

    eventually(lambda: len(stage.said("objection_due")) == 1)
    pass_time(stage, timedelta(hours=3))
    eventually(lambda: len(stage.said("objection_late")) == 1)
