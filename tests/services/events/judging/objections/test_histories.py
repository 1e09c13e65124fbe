"""Histories around objections: who objected and whose vote was the last is told to nobody who may not know it."""

from __future__ import annotations

from typing import Any

from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.results.judging import SUPERVISOR, judged, rep


def steps(events: EventsHub, method: str, viewer: str, **ids: Any) -> list[tuple[str, Any]]:
    return [(each["type"].partition(".")[2], each["actor"]) for each in events.ask(method, viewer, **ids, first=20)]


def test_an_objection_and_its_result_tell_what_was_done_and_of_the_panel_as_one(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection = stage.object("B")
    objection = stage.ask("seat_arbitrators", objection_id=objection["id"])
    stage.ask("withdraw_objection", rep("B"), objection_id=objection["id"])
    of_objection = {"objection_ids": [objection["id"]]}
    of_result = {"result_ids": [objection["result_id"]]}

    told = steps(events, "history_of_objections", rep("B"), **of_objection)
    assert told[0] == ("objection_filed", rep("B"))
    assert told[-1] == ("objection_withdrawn", rep("B"))
    for viewer in (SUPERVISOR, "somebody"):
        assert steps(events, "history_of_objections", viewer, **of_objection) == []
    result = steps(events, "history_of_results", SUPERVISOR, **of_result)
    assert result[:2] == [("result_proposed", ORGANIZER), ("result_announced", SUPERVISOR)]
    assert result[2:4] == [("result_frozen", None), ("result_released", None)]
    assert steps(events, "history_of_results", rep("B"), **of_result) == []


def test_a_decision_is_the_whole_panels(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection, panel = stage.upheld("B")

    for viewer in (rep("B"), ORGANIZER, panel[0]):
        told = dict(steps(events, "history_of_objections", viewer, objection_ids=[objection["id"]]))
        assert told["objection_decided"] is None
        assert told["arbitrators_seated"] == ORGANIZER


def test_a_rejudging_that_is_cancelled_names_nobody_of_the_panel(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    objection, panel = stage.upheld("B")
    about = {"objection_id": objection["id"], "entry_ids": [stage.entries["B"]], "people": []}
    rejudging = stage.ask("open_rejudging", panel[0], **about)
    stage.ask("cancel_rejudging", panel[1], rejudging_id=rejudging["id"], reason="复核无误")

    for viewer in (rep("B"), ORGANIZER, panel[0]):
        told = steps(events, "history_of_objections", viewer, objection_ids=[objection["id"]])
        assert told[-1] == ("objection_remedied", None)
