"""Logs: one JSON object a line, ours and every library's, with the correlation id of the work in hand."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest
import structlog

from kit.telemetry.logs import configure, during, log


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    """What is printed after `configure`; everything is as before after the test."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    output = io.StringIO()
    with redirect_stdout(output):
        configure("INFO")
    yield output
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)
    for name in ("nameko", "amqp"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def lines(printed: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.getvalue().split("\n") if line]


def test_a_line_is_one_json_object(printed: io.StringIO) -> None:
    log("tests").info("一句话", subject_id="x", several="two\nlines\u2028and\x00more")

    (line,) = lines(printed)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "一句话",
        "subject_id": "x",
        "several": "two\nlines\u2028and\x00more",
        "level": "info",
        "logger": "tests",
    }
    assert "一句话" in printed.getvalue()


def test_the_correlation_id_of_the_work_in_hand_stands_in_every_line(printed: io.StringIO) -> None:
    with during(correlation_id="c-7"):
        log("tests").warning("ours")
        logging.getLogger("some.library").warning("theirs %s", 7)
    log("tests").warning("outside")

    ours, theirs, outside = lines(printed)
    assert (ours["correlation_id"], theirs["correlation_id"]) == ("c-7", "c-7")
    assert (theirs["event"], theirs["logger"], theirs["level"]) == ("theirs 7", "some.library", "warning")
    assert "correlation_id" not in outside


def test_an_exception_is_one_line_too(printed: io.StringIO) -> None:
    try:
        raise ValueError("broken\nin two")
    except ValueError as error:
        log("tests").error("a call failed", exc_info=error)

    (line,) = lines(printed)
    assert "ValueError: broken\nin two" in line["exception"]
    assert "Traceback" in line["exception"]


def test_what_json_cannot_say_is_said_all_the_same(printed: io.StringIO) -> None:
    log("tests").info("odd", value={1, 2}, error=ValueError("x"))

    (line,) = lines(printed)
    assert line["error"] == "ValueError('x')"


def test_what_is_below_the_level_is_not_printed(printed: io.StringIO) -> None:
    log("tests").debug("ours")
    logging.getLogger("some.library").debug("theirs")
    logging.getLogger("nameko.containers").info("chatter")
    logging.getLogger("amqp").info("chatter")

    assert lines(printed) == []


def test_configured_twice_a_line_is_printed_once(printed: io.StringIO) -> None:
    with redirect_stdout(printed):
        configure("INFO")

    log("tests").info("once")

    assert len(lines(printed)) == 1
