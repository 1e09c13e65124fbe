"""Clock: the machine's, one that a test moves, one that a file moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from kit.clock import FileClock, MovableClock, SystemClock, clock_of

A_WHILE = timedelta(minutes=1)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_machines_clock_tells_the_time_in_utc() -> None:
    before = datetime.now(UTC)

    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)


def test_a_movable_clock_starts_where_it_is_told_and_goes_on() -> None:
    clock = MovableClock(NEW_YEAR)

    first = clock.now()

    assert NEW_YEAR <= first < NEW_YEAR + A_WHILE
    assert clock.now() >= first


def test_advance_moves_the_clock_and_wakes_whoever_sleeps_by_it() -> None:
    clock, woken = MovableClock(NEW_YEAR), []
    clock.on_move(lambda: woken.append(("first", clock.now())))
    clock.on_move(lambda: woken.append(("second", clock.now())))

    clock.advance(timedelta(days=30))

    assert [name for name, _ in woken] == ["first", "second"]
    assert all(when >= NEW_YEAR + timedelta(days=30) for _, when in woken)


def test_a_file_moves_the_clock_of_every_process_that_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("0")
    here, there = FileClock(file), FileClock(file)

    file.write_text("86400.5")

    for clock in (here, there):
        ahead = clock.now() - datetime.now(UTC)
        assert timedelta(seconds=86400.5) - A_WHILE < ahead <= timedelta(seconds=86400.5)


def test_whoever_sleeps_by_a_file_is_woken_soon_after_it_was_moved(tmp_path: Path) -> None:
    file, woken = tmp_path / "clock", Event()
    file.write_text("0")
    clock = FileClock(file)
    clock.on_move(woken.set)

    file.write_text("60")

    assert woken.wait(60)


@pytest.mark.parametrize("content", ["", "0", "-1"])
def test_an_empty_file_moves_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "clock").write_text(content)

    assert abs(FileClock(tmp_path / "clock").now() - datetime.now(UTC)) < A_WHILE


def test_a_process_takes_the_machines_clock_unless_a_file_is_named(tmp_path: Path) -> None:
    assert isinstance(clock_of(None), SystemClock)
    assert isinstance(clock_of(tmp_path / "clock"), FileClock)


def test_nobody_is_woken_by_clocks_that_others_move(tmp_path: Path) -> None:
    woken: list[str] = []

    (tmp_path / "clock").write_text("0")
    for clock in (SystemClock(), FileClock(tmp_path / "clock")):
        clock.on_move(lambda: woken.append("woken"))

    assert woken == []
