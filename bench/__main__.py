"""Bench: asks the questions of bench/ on private servers, prints one table with verdicts and writes it as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.table import print_table
from bench.turns import LEAST, TURNS
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

LATEST = Path(__file__).parent / "results" / "latest.json"
# Each is a module of bench/ whose `measure(broker, database)` returns rows of bench/turns.py, or further figures by name.
QUESTIONS = (
    "executor", "page", "rpc", "start", "embedded", "entries", "notice", "broadcast", "mail", "statements", "telemetry", "costs",
    "growth",
)  # fmt: skip

Measure = Callable[[RabbitMQ, PostgreSQL], list[dict[str, Any]]]


def main() -> None:
    """Ask the questions that were named, or all, in one run, so that their figures can be compared."""
    options = _arguments().parse_args()
    os.environ[TURNS] = str(options.turns)
    rows = {}
    for name, found in _asked(options.questions or QUESTIONS):
        rows[name] = found
        _write(rows, options.turns)  # what one question has taken minutes to find is not lost with the next
    print_table(rows)
    print(f"\nwritten to {LATEST}")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("questions", nargs="*", metavar="question", help=f"of {', '.join(QUESTIONS)}; all unless named")
    parser.add_argument("--turns", type=int, default=LEAST, help=f"how often each side is measured; default {LEAST}")
    return parser


def _asked(questions: Iterable[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    broker, database = RabbitMQ(), PostgreSQL(durable=True)
    broker.start()
    database.start()
    try:
        for name in questions:
            yield name, _measure_of(name)(broker, database)
    finally:
        database.remove()
        broker.remove()


def _measure_of(question: str) -> Measure:
    measure: Measure = import_module(f"bench.{question}").measure
    return measure


def _write(rows: dict[str, list[dict[str, Any]]], turns: int) -> None:
    """Keep what earlier runs found about questions that this one did not ask, each with its own time and turns."""
    before = json.loads(LATEST.read_text(encoding="utf-8")).get("questions", {}) if LATEST.exists() else {}
    run = {"at": datetime.now(UTC).isoformat(), "machine": platform.platform(), "cores": os.cpu_count(), "turns": turns}
    asked = {name: run | {"rows": found} for name, found in rows.items()}
    text = json.dumps({"questions": before | asked}, ensure_ascii=False, indent=2)
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
