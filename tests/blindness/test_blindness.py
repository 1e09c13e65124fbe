"""Blindness: before codes are opened nothing that a judge or an organiser can reach joins a code with its entry."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.logs import configure
from tests.blindness.judged import JudgedStage, WholeHub
from tests.blindness.reaching import Reach, reaching
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.scoring.judging import SUPERVISOR

DEPTH = 4


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


@pytest.mark.timeout(600)
@pytest.mark.parametrize("moment", ["while judges write", "when sheets are locked"])
async def test_nothing_that_can_be_reached_before_opening_joins_a_code_with_an_entry(
    stage: JudgedStage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, moment: str
) -> None:
    stage.judge()
    if moment == "when sheets are locked":
        stage.lock()
        stage.hub.ask("open_codes", ORGANIZER, stage_id=stage.stage_id)

    async with reaching(stage, monkeypatch) as reach:
        for viewer in (ORGANIZER, SUPERVISOR, stage.judges[0]):
            await reach.walk(viewer, DEPTH)
        heard = reach.hear(stage.hub)
        read = reach.read(log.getvalue())

    print(report(reach, moment, heard, read))
    assert reach.findings == []


def report(reach: Reach, moment: str, heard: int, read: int) -> str:
    documents = sum(reach.asked.values())
    silent = sorted(set(reach.asked) - {field for field, count in reach.answered.items() if count})
    return (
        f"\nblindness {moment}: {len(reach.asked)} fields asked with {documents} documents, {heard} messages and "
        f"{read} log lines read, {len(reach.findings)} joins; no answer from {', '.join(silent) or 'none'}"
    )
