"""Filing: whoever has standing objects in time, on a ground that the rules admit; the public then sees nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, SHANGHAI, EventsHub, at_once, eventually
from tests.services.events.judging.results.judging import Judged, judged, rep

NOTICE = timedelta(hours=120)
OBJECTIONS = {
    "window_hours": 72,
    "standing": ["representative", "delegation_leader"],
    "about_any_entry": False,
    "grounds": ["procedure", "eligibility"],
    "most_per_delegation": 5,
    "seats": 3,
    "decision_hours": 72,
    "reminder_hours": 24,
    "same_province_sits": True,
}


@pytest.fixture
def stage(events: EventsHub) -> Judged:
    stage = judged(events)
    stage.announce()
    return stage


def announced(events: EventsHub, **objections: Any) -> Judged:
    """A stage with a result that is announced, where the rules say otherwise about objections."""
    stage = judged(events, objections={**OBJECTIONS, **objections})
    stage.announce()
    return stage


def test_from_the_filing_on_the_public_sees_that_the_result_is_frozen_and_no_row(stage: Judged) -> None:
    document = {"result_id": stage.result()["id"]}

    stage.object("B")

    result = stage.result()
    assert result["status"] == "frozen"
    assert (result["digest"], result["version"], result["versions"]) == (None, None, [])
    for viewer in ("", "somebody", rep("A"), rep("B")):
        assert stage.rows(viewer) == []
        assert stage.ask("result_document", viewer, **document) is None
    for viewer in (ORGANIZER, "arbitrator-1", OFFICE):
        assert stage.places(viewer) == [("A", 1), ("B", 2), ("C", 3)]


def test_file_objection_says_who_objects_on_which_ground_and_never_what_was_written(stage: Judged) -> None:
    before = len(stage.events.said())

    objection = stage.object("B", statement="评委与参赛者张三系师生。")

    said = stage.events.said(since=before)
    assert [type_ for type_, _ in said] == ["events.objection_filed", "events.result_frozen"]
    data = said[0][1]
    told = ("objection_id", "ground", "person", "province", "decision_due_at")
    assert {name: data[name] for name in told} == {
        "objection_id": objection["id"],
        "ground": "procedure",
        "person": "rep-B",
        "province": "340000",
        "decision_due_at": (stage.events.clock.now() + timedelta(hours=72)).isoformat(),
    }
    assert "张三" not in str(said)
    assert objection["statement"] == "评委与参赛者张三系师生。"


def test_only_the_first_objection_freezes_and_only_the_last_one_releases(stage: Judged) -> None:
    first, second = stage.object("A"), stage.object("B")

    stage.ask("withdraw_objection", rep("A"), objection_id=first["id"])
    assert stage.result()["status"] == "frozen"
    stage.ask("withdraw_objection", rep("B"), objection_id=second["id"])

    assert stage.result()["status"] == "announced"
    assert stage.places() == [("A", 1), ("B", 2), ("C", 3)]
    assert [len(stage.said(type_)) for type_ in ("result_frozen", "result_released")] == [1, 1]


def test_a_result_stays_open_while_anybody_objects_and_is_final_at_the_moment_the_last_one_is_closed(
    stage: Judged,
) -> None:
    objection = stage.object("B")

    stage.events.clock.advance(NOTICE)
    eventually(lambda: stage.said("objection_late"))
    assert stage.result()["status"] == "frozen"
    stage.ask("withdraw_objection", rep("B"), objection_id=objection["id"])

    assert stage.result()["status"] == "final"
    assert stage.participants(stage.next_stage_id) == {"A": "competing"}


def test_an_objection_is_seen_by_who_filed_it_and_the_organisers_and_by_nobody_else(stage: Judged) -> None:
    objection = stage.object("B")
    result_id = stage.result(ORGANIZER)["id"]

    for viewer in (rep("B"), ORGANIZER, OFFICE):
        assert [each["id"] for each in stage.ask("objections", viewer, result_id=result_id)["nodes"]] == [
            objection["id"]
        ]
    assert [each["id"] for each in stage.ask("my_objections", rep("B"))["nodes"]] == [objection["id"]]
    for viewer in (rep("A"), "arbitrator-1", "supervisor"):
        assert stage.ask("objections", viewer, result_id=result_id)["nodes"] == []
        assert stage.ask("objections_by_id", viewer, ids=[objection["id"]]) == []
    assert stage.ask("objections_by_id", "", ids=[objection["id"]]) == []
    with stage.events.refuses("SIGN_IN_REQUIRED"):
        stage.ask("objections", "", result_id=result_id)
    with stage.events.refuses("SIGN_IN_REQUIRED"):
        stage.ask("my_objections", "")


@pytest.mark.parametrize("viewer", [rep("A"), ORGANIZER, OFFICE, "somebody"])
def test_nobody_objects_about_an_entry_for_which_they_do_not_speak(stage: Judged, viewer: str) -> None:
    with stage.events.refuses("NO_STANDING", "entryId"):
        stage.object("B", viewer=viewer)


def test_where_the_rules_say_so_whoever_competes_objects_about_any_entry(events: EventsHub) -> None:
    stage = announced(events, about_any_entry=True)

    assert stage.object("B", viewer=rep("A"))["standing"] == "representative"
    with events.refuses("NO_STANDING", "entryId"):
        stage.object("B", viewer=ORGANIZER)


def test_the_leader_of_a_delegation_objects_for_its_province_alone(events: EventsHub) -> None:
    stage = announced(events)
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(stage.series_id, SHANGHAI))
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))

    assert stage.object("A", viewer="leader")["standing"] == "delegation_leader"
    with events.refuses("NO_STANDING", "entryId"):
        stage.object("B", viewer="leader")
    with events.refuses("NO_STANDING", "entryId"):  # these rules give the office of a province no standing
        stage.object("A", viewer="office")


def test_a_visitor_does_not_object(stage: Judged) -> None:
    said = {"entry_id": stage.entries["A"], "ground": "procedure", "statement": "…"}
    with stage.events.refuses("SIGN_IN_REQUIRED"):
        stage.ask("file_objection", "", result_id=stage.result()["id"], **said)


def test_a_ground_that_the_rules_do_not_admit_is_refused(stage: Judged) -> None:
    with stage.events.refuses("GROUND_NOT_ADMITTED", "ground"):
        stage.object("B", "judgement")


def test_an_entry_that_is_not_in_the_result_is_not_found(stage: Judged) -> None:
    stage.entries["X"] = new_id()
    with stage.events.refuses("NOT_FOUND", "entryId"):
        stage.object("X")


def test_the_same_objection_is_filed_once_even_when_it_was_withdrawn(stage: Judged) -> None:
    objection = stage.object("B")
    stage.ask("withdraw_objection", rep("B"), objection_id=objection["id"])

    with stage.events.refuses("OBJECTION_KNOWN", "ground"):
        stage.object("B")
    assert stage.object("B", "eligibility")["status"] == "filed"


def test_of_two_who_file_the_same_at_once_one_does(stage: Judged) -> None:
    outcomes = at_once(lambda: stage.object("B"), lambda: stage.object("B"))

    assert [each.problems[0]["code"] for each in outcomes if isinstance(each, Exception)] == ["OBJECTION_KNOWN"]
    assert len(stage.said("objection_filed")) == 1


def test_a_delegation_files_no_more_than_it_may(events: EventsHub) -> None:
    stage = announced(events, most_per_delegation=1)
    stage.object("B")

    with events.refuses("TOO_MANY_OBJECTIONS", "resultId", most=1):
        stage.object("B", "eligibility")
    assert stage.object("C")["status"] == "filed"


def test_no_objection_is_taken_before_the_announcement_or_after_its_time(events: EventsHub) -> None:
    stage = judged(events)
    stage.propose()
    with events.refuses("OBJECTIONS_CLOSED", "resultId"):
        stage.object("B")
    stage.countersign()

    events.clock.advance(timedelta(hours=72))

    with events.refuses("OBJECTIONS_CLOSED", "resultId"):
        stage.object("B")


def test_only_who_filed_an_objection_withdraws_it(stage: Judged) -> None:
    objection = stage.object("B")

    for viewer, code in (("", "SIGN_IN_REQUIRED"), (rep("A"), "NOT_ALLOWED"), (OFFICE, "NOT_ALLOWED")):
        with stage.events.refuses(code):
            stage.ask("withdraw_objection", viewer, objection_id=objection["id"])
    with stage.events.refuses("NOT_ALLOWED"):  # one that is not there is answered like that of another
        stage.ask("withdraw_objection", rep("B"), objection_id=new_id())


def test_what_is_withdrawn_is_withdrawn(stage: Judged) -> None:
    objection = stage.object("B")
    stage.ask("withdraw_objection", rep("B"), objection_id=objection["id"])

    with stage.events.refuses("OBJECTION_STANDS", "objectionId", status="withdrawn"):
        stage.ask("withdraw_objection", rep("B"), objection_id=objection["id"])


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"statement": ""}, "TOO_SHORT", "statement"),
        ({"statement": "长" * 5001}, "TOO_LONG", "statement"),
        ({"statement": 7}, "INVALID", "statement"),
        ({"ground": "envy"}, "NOT_ONE_OF", "ground"),
        ({"entry_id": "x"}, "INVALID", "entryId"),
    ],
)
def test_an_objection_that_breaks_its_form_is_refused(stage: Judged, wrong: Any, code: str, field: str) -> None:
    stage.events.rest()
    before = stage.events.contents()

    with pytest.raises(Exception) as refused:  # noqa: PT011 - the code and the field are asserted below
        stage.object("B", **wrong)

    assert [(each["code"], each["field"]) for each in refused.value.problems] == [(code, field)]  # type: ignore[attr-defined]
    assert stage.events.contents() == before
