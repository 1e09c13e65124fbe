"""Finishing: when the public notice is over the result is final, and those go on whom the rules take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.events.editions.editions.model import Stage
from services.events.judging.results.queries import final_result
from tests.services.events.events_hub import EventsHub, eventually
from tests.services.events.judging.results.judging import Judged, judged

NOTICE = timedelta(hours=120)


def take(number: int, **facts: Any) -> dict[str, Any]:
    """The section `advance` of rules that take so many."""
    cut = {"take": "count", "value": str(number), "per": "track", "rounding": "down", "at_least": 0, "ties": "all"}
    return {"cut": {**cut, **facts}}


def over(stage: Judged) -> None:
    """Let the notice run out, and wait until the result is final."""
    stage.events.clock.advance(NOTICE)
    eventually(lambda: stage.said("result_final"))


def test_a_result_is_final_when_its_notice_is_over_and_not_before(events: EventsHub) -> None:
    stage = judged(events)
    stage.announce()
    events.clock.advance(NOTICE - timedelta(seconds=1))
    assert stage.result()["status"] == "announced"

    over(stage)

    result = stage.result()
    assert (result["status"], result["final_at"]) == ("final", events.clock.now().isoformat())
    with events.runtime.database.transaction(writes=False) as session:
        version = final_result(session, stage.stage_id)
        assert version is not None
        assert next((row.place, row.entry_id) for row in version.rows) == (1, stage.entries["A"])
        assert version.digest == result["digest"]


def test_those_go_on_whom_the_rules_take_and_the_next_stage_begins_with_them(events: EventsHub) -> None:
    stage = judged(events, advance=take(2))
    stage.announce()
    before = len(events.said())

    over(stage)

    assert stage.participants(stage.stage_id) == {"A": "advanced", "B": "advanced", "C": "eliminated"}
    assert stage.participants(stage.next_stage_id) == {"A": "competing", "B": "competing"}
    assert stage.types(before)[:3] == ["result_final", "entries_advanced", "stage_opened"]
    advanced = stage.said("entries_advanced")[0]
    assert (advanced["advanced"], advanced["eliminated"], advanced["next_round"]["zh"]) == (2, 1, "总决赛")
    assert advanced["organization_ids"] == sorted(stage.organizations[letter] for letter in "AB")
    with events.runtime.database.transaction(writes=False) as session:
        statuses = {row.number: row.status for row in session.execute(select(Stage.number, Stage.status))}
    assert statuses == {1: "finished", 2: "running"}


def test_those_who_share_the_place_at_the_cut_go_on_together(events: EventsHub) -> None:
    stage = judged(events, {"A": (90, 90), "B": (80, 80), "C": (80, 80), "D": (70, 70)}, advance=take(2))
    stage.announce()

    over(stage)

    assert stage.participants(stage.next_stage_id) == dict.fromkeys("ABC", "competing")


def test_a_province_sends_no_more_than_it_may(events: EventsHub) -> None:
    stage = judged(events, {"A": (90, 90), "B": (60, 60), "C": (80, 80)}, advance={**take(2), "most_per_province": 1})
    stage.announce()

    over(stage)

    assert stage.participants(stage.next_stage_id) == dict.fromkeys("AB", "competing")


def test_where_nobody_is_taken_the_next_stage_is_empty(events: EventsHub) -> None:
    stage = judged(events, advance=take(0))
    stage.announce()

    over(stage)

    assert stage.participants(stage.next_stage_id) == {}
    assert set(stage.participants(stage.stage_id).values()) == {"eliminated"}
    assert stage.said("entries_advanced")[0]["organization_ids"] == []


def test_no_result_is_final_before_it_is_announced(events: EventsHub) -> None:
    stage = judged(events)
    stage.propose()

    with events.runtime.database.transaction(writes=False) as session:
        assert final_result(session, stage.stage_id) is None


def test_who_has_withdrawn_during_the_notice_does_not_go_on_and_the_next_one_does(events: EventsHub) -> None:
    stage = judged(events, advance=take(2))
    stage.announce()
    events.ask("withdraw_entry", entry_id=stage.entries["A"])

    over(stage)

    assert stage.participants(stage.stage_id) == {"A": "withdrawn", "B": "advanced", "C": "advanced"}
    assert stage.participants(stage.next_stage_id) == {"B": "competing", "C": "competing"}
