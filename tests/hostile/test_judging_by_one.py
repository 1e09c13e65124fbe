"""Judging by one: an organiser alone, with every command that they have, changes neither panel nor draw nor award."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub, Refused
from tests.services.events.judging.judges.judging import Running
from tests.services.events.recognition.awards.awarding import Awarded, placed

TIMES = 5


@pytest.fixture
def events(home: Path) -> Iterator[EventsHub]:
    hub = EventsHub()
    yield hub
    hub.stop()


def tried(what: Callable[[], Any]) -> list[str]:
    """What the hub says to it."""
    try:
        what()
    except Refused as refused:
        return refused.codes
    return ["done"]


def shopping(running: Running, stage_id: str, viewer: str) -> set[str]:
    """Everything that somebody could try who wants other judges; what the hub said to it."""
    ask, said = running.events.ask, set[str]()
    [draw] = ask("draws", "", stage_id=stage_id)["nodes"]
    for seat in running.panel(stage_id):
        for _ in range(TIMES):
            said |= set(tried(lambda seat=seat: ask("replace_judge", viewer, seat_id=seat["id"], reason="急病")))
    said |= set(tried(lambda: ask("cancel_draw", viewer, draw_id=draw["id"], reason="名单有误")))
    for candidate in ask("judge_candidates", viewer, competition_id=running.competition_id, first=100)["nodes"]:
        said |= set(tried(lambda each=candidate: ask("withdraw_candidate", viewer, candidate_id=each["id"])))
    for motion in ask("motions", viewer, competition_id=running.competition_id, first=100)["nodes"]:
        sign = {"motion_id": motion["id"], "digest": motion["digest"]}
        said |= set(tried(lambda sign=sign: ask("countersign_motion", viewer, **sign)))
    return said


@pytest.mark.parametrize("viewer", [ORGANIZER, OFFICE])
def test_who_has_seen_the_panel_does_not_get_another_one_alone(events: EventsHub, viewer: str) -> None:
    running = Running(events)
    for n in range(12):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    panel, [draw] = running.panel(stage_id), events.ask("draws", "", stage_id=stage_id)["nodes"]

    said = shopping(running, stage_id, viewer)

    assert said == {"done", "MOTION_PENDING", "SEAT_HELD", "ROSTER_FROZEN", "NOT_ALLOWED"}
    assert running.panel(stage_id) == panel
    assert events.ask("draws", "", stage_id=stage_id)["nodes"] == [draw]


def test_who_does_not_like_a_winner_takes_no_award_alone(events: EventsHub) -> None:
    stage: Awarded = placed(events)
    stage.grant()
    before = stage.awards()
    given = {"award_id": before[0]["id"], "ground": "misconduct", "reason": "经查实存在违规行为"}

    motion_id = stage.ask("withdraw_award", **given)["motion_id"]
    [motion] = stage.ask("motions_by_id", ids=[motion_id])
    said = tried(lambda: stage.ask("countersign_motion", motion_id=motion_id, digest=motion["digest"]))

    assert said == ["NOT_ALLOWED"]
    assert stage.awards() == before


def test_who_knows_the_winners_does_not_amend_what_they_win(events: EventsHub) -> None:
    stage: Awarded = placed(events)
    [document] = [each["document"] for each in stage.ask("rule_sets", competition_ids=[stage.competition_id])]
    fewer = {**document["awards"], "prizes": document["awards"]["prizes"][1:], "advisers": None}

    amended = {**document, "awards": fewer}
    stage.ask("amend_rules", competition_id=stage.competition_id, rules=amended, reason="更正")
    stage.grant()

    assert "first" in {each["prize"]["code"] for each in stage.awards()}
