"""Blindness: before codes are opened nothing that a judge or an organiser can reach joins a code with its entry."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kit.telemetry.logs import configure
from kit.telemetry.logs import log as logs
from services.events.editions.editions.model import Stage
from services.events.judging.judges.model import Assignment
from services.events.judging.scoring import service
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.reading_sheets import Terms
from services.events.judging.scoring.schemas import my_sheet_view
from tests.blindness.judged import JudgedStage, WholeHub
from tests.blindness.reaching import Reach, reaching
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.judging.scoring.judging import SUPERVISOR

DEPTH = 4
ANSWERED = {"blindWorks", "entries", "judgingProgress", "mySheets", "node", "panel", "seal", "sheets", "works"}
"""Fields without an answer to which this would show nothing."""


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the hub logs, as it does in production."""
    written, root = io.StringIO(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "stdout", written)
    configure("INFO")
    logging.getLogger("httpx").setLevel("WARNING")  # the client of this test, no part of the hub
    monkeypatch.undo()
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: io.StringIO) -> Iterator[JudgedStage]:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    hub = WholeHub()
    yield JudgedStage(hub)
    hub.stop()


@pytest.mark.timeout(1200)
async def test_nothing_that_can_be_reached_before_opening_joins_a_code_with_an_entry(
    stage: JudgedStage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    stage.judge()
    async with reaching(stage, monkeypatch) as reach:
        await reach_all(reach, stage, "while judges write")
        stage.lock()
        stage.hub.ask("open_codes", ORGANIZER, stage_id=stage.stage_id)
        reach.begin_again()
        await reach_all(reach, stage, "when sheets are locked")
        reach.read(log.getvalue())
    assert reach.findings == []


async def reach_all(reach: Reach, stage: JudgedStage, moment: str) -> None:
    """Everything that an organiser, a supervisor and a judge can get out of the hub at this moment."""
    for viewer in (ORGANIZER, SUPERVISOR, stage.judges[0]):
        await reach.walk(viewer, DEPTH)
        await reach.visit(viewer)
    recalled, heard = reach.recall(stage.hub), reach.hear(stage.hub)
    print(report(reach, moment, recalled, heard))
    assert reach.findings == []
    assert {field for field, count in reach.answered.items() if count} >= ANSWERED, reach.failed
    assert reach.fetched[200] > 0


def report(reach: Reach, moment: str, recalled: int, heard: int) -> str:
    documents = sum(reach.asked.values())
    silent = sorted(set(reach.asked) - {field for field, count in reach.answered.items() if count})
    return (
        f"\nblindness {moment}: {len(reach.asked)} fields asked with {documents} documents, "
        f"{reach.fetched.total()} addresses visited ({reach.fetched[200]} with content), {recalled} answers to commands, "
        f"{heard} messages read, {len(reach.findings)} joins; no answer from {', '.join(silent) or 'none'}"
    )


@pytest.mark.timeout(900)
async def test_the_walk_finds_a_leak_that_is_planted_in_an_answer_a_message_and_the_log(
    stage: JudgedStage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    entry_of = stage.watch.entry_of

    def leaking(assignment: Assignment, sheet: Sheet | None, terms: Terms) -> dict[str, Any]:
        contestant = stage.contestant_of[entry_of[assignment.code]]
        logs("leak").info("a judge looked", code=assignment.code, contestant=contestant)
        return {**my_sheet_view(assignment, sheet, terms), "remark": f"{contestant}的作品"}

    about = Stage.about.fget  # type: ignore[attr-defined]

    def telling(stage_: Stage) -> dict[str, Any]:
        code, entry_id = next(iter(entry_of.items()))
        return {**about(stage_), "stage_id": f"{code} {entry_id}"}

    monkeypatch.setattr(service, "my_sheet_view", leaking)
    monkeypatch.setattr(Stage, "about", property(telling))
    stage.judge()

    async with reaching(stage, monkeypatch) as reach:
        await reach.walk(stage.judges[0], DEPTH, only="mySheets")
        reach.hear(stage.hub)
        reach.read(log.getvalue())

    places = {finding.path.split(" ")[0].rstrip(":") for finding in reach.findings}
    assert places == {stage.judges[0], "message", "log"}
