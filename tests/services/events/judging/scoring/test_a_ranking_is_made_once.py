"""A ranking is made once for each state of its stage, and no page of it is older than its question."""

from __future__ import annotations

import threading

import pytest

from services.events.judging.scoring import queries
from services.events.judging.scoring.remembering import Memory
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.scoring.test_asking_for_a_ranking import ORGANIZER, locked


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was ranked, each time that it was."""
    calls: list[object] = []
    rank = queries.rank

    def counted(*what: object, **how: object) -> object:
        calls.append(how["expected"])
        return rank(*what, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "rank", counted)
    return calls


def test_its_pages_and_its_calibration_are_of_one_making(events: EventsHub, made: list[object]) -> None:
    judging = locked(events)

    first = events.ask("ranking", ORGANIZER, stage_id=judging.stage_id, first=1)
    events.ask("ranking", ORGANIZER, stage_id=judging.stage_id, after=first["cursors"][0])
    events.ask("calibration", ORGANIZER, stage_id=judging.stage_id)

    assert len(made) == 1


def test_who_drops_out_changes_it_at_once_when_codes_are_opened_and_not_before(
    events: EventsHub, made: list[object]
) -> None:
    judging = locked(events)

    def shown() -> int:
        return len(events.ask("ranking", ORGANIZER, stage_id=judging.stage_id)["nodes"])

    sealed = shown()
    judging.withdraw(judging.entry_ids[0])
    still_sealed = shown()
    judging.open_codes()
    opened = shown()
    judging.withdraw(judging.entry_ids[1])

    assert (sealed, still_sealed, opened, shown()) == (3, 3, 2, 1)
    assert len(made) == 3


def test_of_those_who_ask_at_once_one_makes_it() -> None:
    memory, working, may_end, made = Memory(), threading.Event(), threading.Event(), []

    def work() -> list[int]:
        made.append(1)
        working.set()
        assert may_end.wait(60)
        return [1]

    found: list[list[int]] = []
    askers = [threading.Thread(target=lambda: found.append(memory.of("a", work, list, 10))) for _ in range(3)]
    for asker in askers:
        asker.start()
    assert working.wait(60)
    may_end.set()
    for asker in askers:
        asker.join(60)

    assert (found, made) == ([[1]] * 3, [1])


def test_the_least_used_are_forgotten_first_and_the_last_one_never() -> None:
    memory, made = Memory(), []

    def ask(key: str, rows: int) -> None:
        memory.of(key, lambda: made.append(key) or [0] * rows, list, 10)  # type: ignore[func-returns-value]

    for key in ("a", "b", "a", "c", "b", "a"):
        ask(key, 4)
    ask("large", 100)
    ask("large", 100)

    assert made == ["a", "b", "c", "b", "a", "large"]
