"""Writing sheets: drafts, submission and return, by the judge to whom they are assigned and by nobody else."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contracts.events.judging.judges import SeatStatus
from kit.data.db import Context
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.viewer import Viewer
from kit.wire.request import Request
from services.events.judging.judges.model import Assignment, Seat
from services.events.judging.scoring.model import SheetVersion
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, at_once
from tests.services.events.judging.scoring.judging import JUDGING_CLOSES, PHASE, Judging, scores
from tests.services.events.judging.scoring.scored import a_criterion
from tests.services.together import together

JUDGE = "judge-1"


def test_a_judge_sees_their_sheets_by_code_before_anything_is_written(events: EventsHub) -> None:
    judging = Judging(events)

    first, second = judging.my_sheets()

    assert first["code"] < second["code"]
    assert first == {
        "id": first["id"],
        "stage_id": judging.stage_id,
        "seat_id": judging.seats[JUDGE],
        "code": first["code"],
        "status": "draft",
        "scores": [],
        "total": None,
        "remark": "",
        "version": 0,
        "return_reason": "",
        "rubric_version": None,
        "outdated": False,
        "due_at": JUDGING_CLOSES.isoformat(),
        "submitted_at": None,
    }


def test_save_sheet_keeps_a_draft_with_its_total(events: EventsHub) -> None:
    judging = Judging(events)
    sheet = judging.my_sheets()[0]

    saved = judging.save(JUDGE, sheet["id"], idea="30.5", craft="20", remark="结构清晰")

    assert saved["scores"] == scores(idea="30.5", craft="20")
    assert (saved["status"], saved["total"], saved["remark"], saved["outdated"]) == ("draft", "50.5", "结构清晰", False)
    assert judging.my_sheets()[0] == saved
    assert [each["sheet_id"] for each in judging.messages("sheet_saved")] == [sheet["id"]]
    assert sheet["code"] not in str(events.said())


def test_save_sheet_takes_a_part_of_the_criteria(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]

    saved = events.ask("save_sheet", JUDGE, sheet_id=sheet_id, scores=scores(craft="0"))

    assert (saved["scores"], saved["total"]) == (scores(craft="0"), None)


def test_save_sheet_overwrites_nothing_that_the_judge_has_not_seen(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]
    seen = judging.save(JUDGE, sheet_id, idea="30", version=0)
    said = len(judging.messages("sheet_saved"))

    with pytest.raises(Refused) as refused:
        judging.save(JUDGE, sheet_id, idea="31", version=0)

    assert seen["version"] == 1
    assert [(each["code"], each["field"]) for each in refused.value.problems] == [("CHANGED_MEANWHILE", "version")]
    assert judging.my_sheets()[0] == seen and len(judging.messages("sheet_saved")) == said
    assert judging.save(JUDGE, sheet_id, idea="31", version=1)["version"] == 2


def test_submit_sheet_makes_it_final(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]

    submitted = judging.submit(JUDGE, sheet_id)

    assert (submitted["status"], submitted["submitted_at"]) == ("submitted", events.clock.now().isoformat())
    assert len(judging.messages("sheet_submitted")) == 1
    with events.refuses("ALREADY_SUBMITTED", "sheetId"):
        judging.save(JUDGE, sheet_id, "1", "1")
    with events.refuses("ALREADY_SUBMITTED", "sheetId"):
        events.ask("submit_sheet", JUDGE, sheet_id=sheet_id)


def test_return_sheet_makes_it_a_draft_again_and_tells_the_judge_why(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]
    judging.submit(JUDGE, sheet_id)

    seen = events.ask("return_sheet", ORGANIZER, sheet_id=sheet_id, reason="请核对")

    assert (seen["status"], seen["code"], seen["scores"], seen["remark"]) == ("draft", None, None, None)
    mine = judging.my_sheets()[0]
    assert (mine["status"], mine["return_reason"], mine["total"]) == ("draft", "请核对", "50")
    told = judging.messages("sheet_returned")
    assert [(each["person"], each["reason"]) for each in told] == [(JUDGE, "请核对")]
    assert judging.submit(JUDGE, sheet_id)["return_reason"] == ""


def test_every_version_of_a_sheet_is_kept(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]

    judging.save(JUDGE, sheet_id, "10", "10")
    judging.submit(JUDGE, sheet_id, "11", "11")
    events.ask("return_sheet", ORGANIZER, sheet_id=sheet_id, reason="请核对")
    judging.submit(JUDGE, sheet_id, "12", "12")

    with events.runtime.database.transaction(writes=False) as session:
        versions = session.scalars(select(SheetVersion).order_by(SheetVersion.version)).all()
    kept = [(each.version, each.status, each.points["idea"], each.reason) for each in versions]
    assert kept == [
        (1, "draft", "10", ""),
        (2, "draft", "11", ""),
        (3, "submitted", "11", ""),
        (4, "draft", "11", "请核对"),
        (5, "draft", "12", "请核对"),
        (6, "submitted", "12", ""),
    ]
    history = events.ask("history", subject_type="sheet", subject_id=sheet_id)
    assert [row["actor"] for row in history] == [JUDGE, JUDGE, JUDGE, ORGANIZER, JUDGE, JUDGE]


@pytest.mark.parametrize("method", ["save_sheet", "submit_sheet"])
def test_nobody_writes_the_sheet_of_somebody_else(events: EventsHub, method: str) -> None:
    judging = Judging(events)
    given: dict[str, Any] = {"sheet_id": judging.my_sheets()[0]["id"]}
    if method == "save_sheet":
        given["scores"] = scores(idea="1", craft="1")

    for somebody in ("judge-2", ORGANIZER, "passer-by", "hub-office"):
        with events.refuses("NOT_ALLOWED"):
            events.ask(method, somebody, **given)
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask(method, "", **given)
    with events.refuses("NOT_FOUND", "sheetId"):
        events.ask(method, JUDGE, **{**given, "sheet_id": new_id()})


def test_nobody_but_an_organiser_returns_a_sheet(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]
    judging.submit(JUDGE, sheet_id)

    for somebody in (JUDGE, "judge-2", "passer-by", "supervisor"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("return_sheet", somebody, sheet_id=sheet_id, reason="请核对")


def test_return_sheet_refuses_a_draft_and_one_that_was_never_begun(events: EventsHub) -> None:
    judging = Judging(events)
    first, second = judging.my_sheets()
    judging.save(JUDGE, first["id"])

    with events.refuses("NOT_SUBMITTED", "sheetId"):
        events.ask("return_sheet", ORGANIZER, sheet_id=first["id"], reason="请核对")
    with events.refuses("NOT_FOUND", "sheetId"):
        events.ask("return_sheet", ORGANIZER, sheet_id=second["id"], reason="请核对")


@pytest.mark.parametrize(
    ("given", "code", "field", "params"),
    [
        (scores(style="1"), "CRITERION_UNKNOWN", "scores.0.criterion", {"criterion": "style"}),
        (scores(idea="1") * 2, "GIVEN_TWICE", "scores.1.criterion", {"value": "idea"}),
        (scores(idea="50.5"), "POINTS_INVALID", "scores.0.points", {"least": "0", "most": "50", "step": "0.5"}),
        (scores(idea="-1"), "POINTS_INVALID", "scores.0.points", {"least": "0", "most": "50", "step": "0.5"}),
        (
            scores(idea="1", craft="0.3"),
            "POINTS_INVALID",
            "scores.1.points",
            {"least": "0", "most": "50", "step": "0.5"},
        ),
        (scores(idea="NaN"), "INVALID", "scores.0.points", {}),
        (scores(idea="1e3"), "INVALID", "scores.0.points", {}),
        (scores(idea="9" * 21), "TOO_LONG", "scores.0.points", {"max": "20"}),
        (scores(idea="1\x00"), "INVALID", "scores.0.points", {}),
        ([{"criterion": "idea", "points": 1.5}], "INVALID", "scores.0.points", {}),
        ([{"criterion": "idea"}], "REQUIRED", "scores.0.points", {}),
        (scores(idea="1") * 31, "TOO_LONG", "scores", {"max": "30"}),
        ("many", "INVALID", "scores", {}),
    ],
)
def test_save_sheet_refuses_points_that_the_rubric_does_not_take(
    events: EventsHub, given: Any, code: str, field: str, params: dict[str, str | int]
) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]

    with events.refuses(code, field, **params):
        events.ask("save_sheet", JUDGE, sheet_id=sheet_id, scores=given)


def test_submit_sheet_refuses_what_is_incomplete(events: EventsHub) -> None:
    judging = Judging(events)
    first, second = judging.my_sheets()
    events.ask("save_sheet", JUDGE, sheet_id=first["id"], scores=scores(idea="1"))

    with events.refuses("SHEET_INCOMPLETE", "scores", criterion="craft"):
        events.ask("submit_sheet", JUDGE, sheet_id=first["id"])
    with events.refuses("SHEET_INCOMPLETE", "scores", criterion="idea"):
        events.ask("submit_sheet", JUDGE, sheet_id=second["id"])


def test_a_rubric_that_was_amended_meanwhile_makes_a_sheet_outdated(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]
    saved = judging.save(JUDGE, sheet_id)
    judging.amend(rubric={"version": 2, "criteria": [a_criterion("idea"), a_criterion("craft", most="60")]})
    rubric = events.ask("rubric", "", stage_id=judging.stage_id)

    with events.refuses("RUBRIC_CHANGED", "sheetId", version=rubric["version"]):
        events.ask("submit_sheet", JUDGE, sheet_id=sheet_id)
    with events.refuses("RUBRIC_CHANGED", "rubricVersion", version=rubric["version"]):
        judging.save(JUDGE, sheet_id, rubric_version=saved["rubric_version"])
    outdated = judging.my_sheets()[0]
    again = judging.save(JUDGE, sheet_id, craft="55", rubric_version=rubric["version"])

    assert (outdated["outdated"], outdated["total"]) == (True, None)
    assert (again["outdated"], again["rubric_version"]) == (False, rubric["version"])
    assert rubric["version"] != saved["rubric_version"]


def test_sheets_are_written_during_the_phase_of_judging_only(events: EventsHub) -> None:
    times = {"opens_at": (JUDGING_CLOSES - timedelta(days=5)).isoformat()}
    judging = Judging(events, phases=[{**PHASE, **times}])
    sheet_id = judging.my_sheets()[0]["id"]

    with events.refuses("JUDGING_NOT_OPEN"):
        judging.save(JUDGE, sheet_id)
    judging.move_to(JUDGING_CLOSES - timedelta(days=5))

    assert judging.submit(JUDGE, sheet_id)["status"] == "submitted"


def test_a_stage_without_a_phase_of_judging_takes_no_sheets(events: EventsHub) -> None:
    judging = Judging(events, phases=[])

    with events.refuses("JUDGING_NOT_OPEN"):
        judging.save(JUDGE, judging.my_sheets()[0]["id"])


def test_a_judge_who_has_left_writes_no_more_and_the_next_one_begins_anew(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]
    judging.save(JUDGE, sheet_id, "10", "10")
    with events.runtime.database.transaction() as session:
        session.get_one(Seat, judging.seats[JUDGE]).status = SeatStatus.REPLACED
        session.get_one(Seat, judging.seats["judge-2"]).person = "judge-2"
        other = session.scalars(select(Assignment).where(Assignment.seat_id == judging.seats["judge-2"])).all()
        for each in other:
            session.delete(each)
        session.flush()
        session.get_one(Assignment, sheet_id).seat_id = judging.seats["judge-2"]

    with events.refuses("NOT_ALLOWED"):
        judging.save(JUDGE, sheet_id)
    fresh = judging.my_sheets("judge-2")[0]
    written = judging.submit("judge-2", sheet_id, "20", "20")

    assert (fresh["id"], fresh["scores"], fresh["total"]) == (sheet_id, [], None)
    assert (written["total"], judging.my_sheets(JUDGE)) == ("40", [])


def test_two_saves_at_once_leave_one_draft(events: EventsHub) -> None:
    judging = Judging(events)
    sheet_id = judging.my_sheets()[0]["id"]

    outcomes = at_once(*(lambda points=str(number): judging.save(JUDGE, sheet_id, points) for number in range(4)))

    assert any(not isinstance(outcome, Exception) for outcome in outcomes)
    assert len(judging.messages("sheet_saved")) == sum(not isinstance(outcome, Exception) for outcome in outcomes)


def test_a_judge_finds_their_sheet_by_id_and_nobody_else_does(events: EventsHub) -> None:
    judging = Judging(events)
    mine, other = judging.my_sheets()[0], judging.my_sheets("judge-2")[0]
    judging.save("judge-2", other["id"])

    assert events.ask("sheets_by_id", JUDGE, ids=[mine["id"], other["id"]]) == [mine]
    assert events.ask("sheets_by_id", "passer-by", ids=[mine["id"], other["id"]]) == []
    assert events.ask("sheets_by_id", "", ids=[mine["id"], other["id"]]) == []


def test_judges_who_save_at_once_are_one_transaction_and_each_is_answered_alone(events: EventsHub) -> None:
    judging = Judging(events, entries=3)
    mine, theirs = (judging.my_sheets(judge) for judge in (JUDGE, "judge-2"))
    events.settle()

    def request(judge: str, sheet_id: str, idea: str, **more: Any) -> Request:
        written = {"sheet_id": sheet_id, "scores": scores(idea=idea, craft="20"), **more}
        return Request("save_sheet", written, Context(Viewer(judge), "en", f"course of {idea}"))

    with events.statements() as statements:
        one, other, again, *refused, last = together(
            events,
            [
                request(JUDGE, mine[0]["id"], "30"),
                request("judge-2", theirs[0]["id"], "31"),
                request(JUDGE, mine[0]["id"], "32"),
                request(JUDGE, theirs[1]["id"], "33"),
                request(JUDGE, new_id(), "34"),
                request(JUDGE, mine[1]["id"], "1000"),
                request(JUDGE, mine[1]["id"], "35", rubric_version="another"),
                request(JUDGE, mine[2]["id"], "36"),
            ],
        )

    assert [each["total"] for each in (one, other, again, last)] == ["50", "51", "52", "56"]
    assert [problems[0]["code"] for problems in refused] == [
        "NOT_ALLOWED",
        "NOT_FOUND",
        "POINTS_INVALID",
        "RUBRIC_CHANGED",
    ]
    sent = Counter(" ".join(statement.split()[:3]) for statement, _ in statements)
    assert (
        sent["INSERT INTO score_sheets"] == sent["INSERT INTO score_sheet_versions"] == sent["INSERT INTO outbox"] == 1
    )
    assert judging.my_sheets()[0]["total"] == "52"
    with events.runtime.database.transaction(writes=False) as session:
        said = select(OutboxRow.subject_id, OutboxRow.subject_version, OutboxRow.actor, OutboxRow.correlation_id)
        rows = session.execute(said.where(OutboxRow.type == "events.sheet_saved").order_by(OutboxRow.id)).all()
        versions = session.execute(select(SheetVersion.version).where(SheetVersion.sheet_id == mine[0]["id"])).all()
    assert rows == [
        (mine[0]["id"], 1, JUDGE, "course of 30"),
        (theirs[0]["id"], 1, "judge-2", "course of 31"),
        (mine[0]["id"], 2, JUDGE, "course of 32"),
        (mine[2]["id"], 1, JUDGE, "course of 36"),
    ]
    assert sorted(versions) == [(1,), (2,)]


def test_a_judge_has_the_sheets_of_all_panels_in_one_list(events: EventsHub) -> None:
    judging = Judging(events, entries=3)
    mine = judging.my_sheets()

    pages, after = [], None
    for _ in mine:
        page = events.ask("my_sheets", "judge-1", first=1, **({"after": after} if after else {}))
        pages += page["nodes"]
        after = page["cursors"][-1]
    assert pages == mine
    assert events.ask("my_sheets", "judge-1", counted=True)["total"] == 3
    assert events.ask("my_sheets", "somebody")["nodes"] == []
