"""Re-judging: an upheld objection changes exactly what was previewed, and only with two signatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, eventually
from tests.services.events.judging.results.judging import JUDGES, SUPERVISOR, Judged, a_candidate, judged, rep


class Rejudged:
    """A re-judging of entry B for its upheld objection, by the first judge, and the panel that runs it."""

    def __init__(self, stage: Judged) -> None:
        self.stage = stage
        self.objection, self.panel = stage.upheld("B")
        self.id = str(self.open()["id"])

    def open(self, **given: Any) -> dict[str, Any]:
        said = {"entry_ids": [self.stage.entries["B"]], "people": [JUDGES[0]], **given}
        found: dict[str, Any] = self.do("open_rejudging", objection_id=self.objection["id"], **said)
        return found

    def do(self, method: str, viewer: str = "", **given: Any) -> dict[str, Any]:
        if method != "open_rejudging":
            given["rejudging_id"] = self.id
        found: dict[str, Any] = self.stage.ask(method, viewer or self.panel[0], **given)
        return found

    def judge(self, total: str = "99", letter: str = "B", of: str = JUDGES[0], viewer: str = JUDGES[0]) -> Any:
        sheet = {"scores": [{"criterion": "total", "points": total}], "remark": "重评"}
        return self.do("rejudge_sheet", viewer, sheet_id=self.stage.assignments[letter, of], **sheet)

    def exclude(self, letter: str = "B", of: str = JUDGES[1]) -> dict[str, Any]:
        return self.do("exclude_sheet", sheet_id=self.stage.assignments[letter, of], reason="评委须回避")

    def difference(self) -> list[tuple[str, int | None, int | None]]:
        letters = {entry: letter for letter, entry in self.stage.entries.items()}
        found = self.do("rejudging")["difference"]
        return [(letters[each["entry_id"]], each["place_before"], each["place_after"]) for each in found]

    def apply(self, digest: str | None = None) -> dict[str, Any]:
        digest = digest or self.do("rejudging")["difference_digest"]
        return self.do("apply_rejudging", difference_digest=digest)


@pytest.fixture
def rejudged(events: EventsHub) -> Rejudged:
    stage = judged(events)
    stage.announce()
    return Rejudged(stage)


def test_a_sheet_judged_again_is_previewed_and_changes_nothing_until_it_is_applied(rejudged: Rejudged) -> None:
    stage = rejudged.stage

    rejudged.judge("99")
    rejudged.exclude()

    shown = rejudged.do("rejudging")
    assert shown["difference"] == [
        {
            "entry_id": stage.entries["B"],
            "contestant": "选手B",
            "place_before": 2,
            "place_after": 1,
            "score_before": "80.00",
            "score_after": "99.00",
        },
        {
            "entry_id": stage.entries["A"],
            "contestant": "选手A",
            "place_before": 1,
            "place_after": 2,
            "score_before": "90.00",
            "score_after": "90.00",
        },
    ]
    assert stage.places(ORGANIZER) == [("A", 1), ("B", 2), ("C", 3)]
    assert stage.rows() == []


def test_what_is_applied_is_what_was_previewed_and_the_version_before_stays(rejudged: Rejudged) -> None:
    stage = rejudged.stage
    rejudged.judge("99")
    rejudged.exclude()
    previewed = rejudged.do("rejudging")
    before = len(stage.events.said())

    applied = rejudged.apply(previewed["difference_digest"])
    assert (applied["status"], applied["difference"]) == ("applied", previewed["difference"])
    assert stage.result()["status"] == "frozen"
    signed = stage.countersign()

    assert stage.places() == [("B", 1), ("A", 2), ("C", 3)]
    assert stage.places(ORGANIZER, version=1) == [("A", 1), ("B", 2), ("C", 3)]
    assert [(each["number"], each["status"]) for each in signed["versions"]] == [(1, "superseded"), (2, "announced")]
    document = stage.ask("result_document", "", result_id=signed["id"])["document"]
    assert document["supersedes"] == signed["versions"][0]["digest"]
    assert stage.types(before) == [
        "rejudging_applied",
        "result_proposed",
        "result_announced",
        "objection_remedied",
        "result_released",
    ]
    objection = stage.ask("objections_by_id", rep("B"), ids=[rejudged.objection["id"]])[0]
    assert objection["status"] == "remedied"
    renewed = stage.events.clock.now() + timedelta(hours=72)
    assert stage.result()["notice_ends_at"] == renewed.isoformat()


def test_the_new_version_is_final_after_its_own_notice_and_not_that_of_the_first(rejudged: Rejudged) -> None:
    stage = rejudged.stage
    stage.events.clock.advance(timedelta(hours=100))
    rejudged.judge("99")
    rejudged.apply()
    stage.countersign()

    stage.events.clock.advance(timedelta(hours=21))  # the notice of the first version would be over
    assert stage.result()["status"] == "announced"
    stage.events.clock.advance(timedelta(hours=51))

    eventually(lambda: stage.said("result_final"))
    assert stage.said("result_final")[0]["number"] == 2


def test_while_another_objection_is_open_the_new_version_is_announced_and_still_not_seen(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    rejudged = Rejudged(stage)
    other = stage.object("C")
    rejudged.judge("99")
    rejudged.apply()

    stage.countersign()

    assert stage.result()["status"] == "frozen"
    assert stage.rows() == []
    stage.ask("withdraw_objection", rep("C"), objection_id=other["id"])
    assert stage.places() == [("A", 1), ("B", 2), ("C", 3)]


def test_whoever_is_disqualified_has_no_place_and_the_others_move_up(rejudged: Rejudged) -> None:
    rejudged.do("disqualify_entry", entry_id=rejudged.stage.entries["B"], reason="不符合参赛资格")
    assert rejudged.difference() == [("C", 3, 2), ("B", 2, None)]

    rejudged.apply()
    rejudged.stage.countersign()

    assert rejudged.stage.places(ORGANIZER) == [("A", 1), ("C", 2), ("B", None)]
    assert [place for _, place in rejudged.stage.places()] == [1, 2]


def test_a_ruling_that_is_lifted_no_longer_counts_and_stays_written(rejudged: Rejudged) -> None:
    ruled = rejudged.do("disqualify_entry", entry_id=rejudged.stage.entries["B"], reason="不符合参赛资格")

    lifted = rejudged.do("lift_ruling", ruling_id=ruled["rulings"][0]["id"])

    assert lifted["difference"] == []
    assert lifted["rulings"][0]["lifted_at"] is not None
    with rejudged.stage.events.refuses("RULING_LIFTED", "rulingId"):
        rejudged.do("lift_ruling", ruling_id=ruled["rulings"][0]["id"])
    with rejudged.stage.events.refuses("NOT_FOUND", "rulingId"):
        rejudged.do("lift_ruling", ruling_id=new_id())


def test_a_later_sheet_counts_instead_of_an_earlier_one(rejudged: Rejudged) -> None:
    rejudged.judge("99")

    shown = rejudged.judge("70")

    assert [sheet["scores"] for sheet in shown["sheets"]] == [[{"criterion": "total", "points": "70"}]]
    assert rejudged.do("rejudging")["difference"][0]["score_after"] == "75.00"


def test_what_was_not_previewed_is_not_applied(rejudged: Rejudged) -> None:
    rejudged.judge("99")
    seen = rejudged.do("rejudging")["difference_digest"]
    rejudged.judge("98")

    with rejudged.stage.events.refuses("DIFFERENCE_CHANGED", "differenceDigest"):
        rejudged.apply(seen)


def test_what_changes_nothing_is_not_applied_but_cancelled(rejudged: Rejudged) -> None:
    rejudged.judge("80")
    with rejudged.stage.events.refuses("NOTHING_CHANGED", "rejudgingId"):
        rejudged.apply()

    with rejudged.stage.events.refuses("ANOTHER_ARBITRATOR_NEEDED", "rejudgingId"):
        rejudged.do("cancel_rejudging", reason="复评结果与原成绩一致")

    rejudged.do("cancel_rejudging", rejudged.panel[1], reason="复评结果与原成绩一致")

    stage = rejudged.stage
    assert stage.places() == [("A", 1), ("B", 2), ("C", 3)]
    objection = stage.ask("objections_by_id", rep("B"), ids=[rejudged.objection["id"]])[0]
    assert (objection["status"], objection["closing_reason"]) == ("unremedied", "复评结果与原成绩一致")
    assert [(each["remedied"], each["reason"]) for each in stage.said("objection_remedied")] == [
        (False, "复评结果与原成绩一致")
    ]


def test_a_proposal_that_is_taken_back_opens_its_rejudging_again(rejudged: Rejudged) -> None:
    rejudged.judge("99")
    rejudged.apply()

    rejudged.stage.ask("withdraw_proposal", SUPERVISOR, result_id=rejudged.stage.result()["id"])

    assert rejudged.do("rejudging")["status"] == "open"
    assert rejudged.stage.types()[-1] == "rejudging_reopened"
    rejudged.judge("98")
    rejudged.apply()
    assert [each["number"] for each in rejudged.stage.result(ORGANIZER)["versions"]] == [1, 2, 3]


@pytest.mark.parametrize(
    "step",
    [
        lambda on: on.judge(),
        lambda on: on.exclude(),
        lambda on: on.do("disqualify_entry", entry_id=on.stage.entries["B"], reason="…"),
        lambda on: on.apply("0" * 64),
        lambda on: on.do("cancel_rejudging", reason="…"),
    ],
)
def test_nothing_changes_in_a_rejudging_that_is_applied(rejudged: Rejudged, step: Callable[[Rejudged], Any]) -> None:
    rejudged.judge("99")
    rejudged.apply()

    with rejudged.stage.events.refuses("REJUDGING_STANDS", "rejudgingId", status="applied"):
        step(rejudged)


def test_the_panel_runs_a_rejudging_and_nobody_else(rejudged: Rejudged) -> None:
    events, entry = rejudged.stage.events, rejudged.stage.entries["B"]

    for viewer in (ORGANIZER, SUPERVISOR, JUDGES[0], rep("B"), "hub-office"):
        with events.refuses("NOT_SEATED"):
            rejudged.do("disqualify_entry", viewer, entry_id=entry, reason="…")
        with events.refuses("NOT_SEATED"):
            rejudged.do("cancel_rejudging", viewer, reason="…")
    with events.refuses("SIGN_IN_REQUIRED"):
        rejudged.stage.ask("cancel_rejudging", "", rejudging_id=rejudged.id, reason="…")
    with events.refuses("NOT_FOUND", "rejudgingId"):
        rejudged.stage.ask("cancel_rejudging", rejudged.panel[0], rejudging_id=new_id(), reason="…")


def test_an_appointed_judge_sees_codes_and_their_own_sheets_and_no_entry(rejudged: Rejudged) -> None:
    shown = rejudged.judge("99")

    assert sorted(shown) == ["created_at", "id", "sheets", "status", "tasks"]
    assert {task["code"] for task in shown["tasks"]} == {"A-B"}
    assert rejudged.stage.entries["B"] not in str(shown)
    for viewer in (JUDGES[1], rep("B"), "somebody"):
        with rejudged.stage.events.refuses("NOT_ALLOWED"):
            rejudged.do("rejudging", viewer)


def test_only_an_appointed_judge_judges_again_and_only_what_is_judged_again(rejudged: Rejudged) -> None:
    events = rejudged.stage.events
    with events.refuses("NOT_APPOINTED"):
        rejudged.judge(viewer=JUDGES[1])
    with events.refuses("NOT_IN_REJUDGING", "sheetId"):
        rejudged.judge(letter="A")
    with events.refuses("POINTS_INVALID", "scores.0.points", least="0", most="100", step="0.5"):
        rejudged.judge("100.5")
    rejudged.stage.assignments["B", JUDGES[0]] = new_id()
    with events.refuses("NOT_FOUND", "sheetId"):
        rejudged.judge()


def test_the_same_is_ruled_once(rejudged: Rejudged) -> None:
    rejudged.exclude()
    rejudged.do("disqualify_entry", entry_id=rejudged.stage.entries["B"], reason="…")

    with rejudged.stage.events.refuses("RULING_KNOWN"):
        rejudged.exclude()
    with rejudged.stage.events.refuses("RULING_KNOWN"):
        rejudged.do("disqualify_entry", entry_id=rejudged.stage.entries["B"], reason="…")
    with rejudged.stage.events.refuses("NOT_IN_REJUDGING", "entryId"):
        rejudged.do("disqualify_entry", entry_id=rejudged.stage.entries["A"], reason="…")


def test_an_objection_has_one_rejudging(rejudged: Rejudged) -> None:
    with rejudged.stage.events.refuses("REJUDGING_KNOWN", "objectionId"):
        rejudged.open()


def test_who_is_appointed_is_a_candidate_without_a_conflict(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection, panel = stage.upheld("B")
    with events.runtime.database.transaction() as session:
        a_candidate(session, stage, "colleague", stage.organizations["B"])
    opening = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]]}

    for person in ("nobody", "colleague"):
        with events.refuses("JUDGE_CONFLICTED", "people", person=person):
            stage.ask("open_rejudging", panel[0], people=[JUDGES[0], person], **opening)
    with events.refuses("NOT_FOUND", "entryIds"):
        stage.ask("open_rejudging", panel[0], people=[], **{**opening, "entry_ids": [new_id()]})
    with events.refuses("NOT_SEATED"):
        stage.ask("open_rejudging", ORGANIZER, people=[], **opening)


def test_what_is_not_upheld_is_not_judged_again(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection = stage.object("B")

    with events.refuses("OBJECTION_STANDS", "objectionId", status="filed"):
        stage.ask("open_rejudging", objection_id=objection["id"], entry_ids=[stage.entries["B"]], people=[])


def test_who_was_outvoted_has_no_say_in_the_remedy(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection, panel = stage.upheld("B", against=1)
    said = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]], "people": []}

    with events.refuses("NOT_SEATED"):
        stage.ask("open_rejudging", panel[0], **said)

    assert stage.ask("open_rejudging", panel[1], **said)["status"] == "open"


def test_nobody_of_the_panel_and_nobody_who_objected_judges_again(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection, panel = stage.upheld("B")
    said = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]]}

    for person in (panel[1], objection["person"]):
        with events.runtime.database.transaction() as session:
            a_candidate(session, stage, person)
        with events.refuses("JUDGE_CONFLICTED", "people", person=person):
            stage.ask("open_rejudging", panel[0], **said, people=[person])
