"""Bench: asks the questions of bench/ on private servers, prints one table with verdicts and writes it as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.asking import ask
from bench.sizes import SIZES, choose, chosen
from bench.table import print_table
from bench.turns import LEAST, TURNS

RESULTS = Path(__file__).parent / "results"
LATEST, SHORT = RESULTS / "latest.json", RESULTS / "short.tmp"
# Each is a module of bench/ whose `measure` returns rows of bench/turns.py, or further figures by name.
QUESTIONS = (
    "executor", "page", "rpc", "runners", "embedded", "entries", "notice", "broadcast", "mail", "growth", "start",
    "statements", "telemetry", "costs", "searches", "registry", "console",
)  # fmt: skip

Asked = dict[str, dict[str, Any]]


def main() -> int:
    """Ask the questions that were named, or all, in one run; what one has found is not lost with the next."""
    options = _arguments().parse_args()
    os.environ[TURNS] = str(2 if options.quick else options.turns)
    choose(dict(options.size), quick=options.quick)
    file = LATEST if not chosen() and options.turns >= LEAST else SHORT
    asked: Asked = {}
    for name in options.questions or QUESTIONS:
        asked[name] = _run() | ask(name)
        print(f"{name}: {'failed' if 'failed' in asked[name] else 'done'}, {asked[name]['seconds']} s", file=sys.stderr)
        _write(asked, file)
    print_table(asked)
    print(f"\nwritten to {file}")
    return int(any("failed" in found for found in asked.values()))


def _arguments() -> argparse.ArgumentParser:
    sizes = "; ".join(f"{name} {each.usual} ({each.what})" for name, each in SIZES.items())
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("questions", nargs="*", metavar="question", help=f"of {', '.join(QUESTIONS)}; all unless named")
    parser.add_argument("--turns", type=int, default=LEAST, help=f"how often each side is measured; default {LEAST}")
    parser.add_argument(
        "--quick", action="store_true", help="two turns and small sizes: does it run, not how fast is it"
    )
    parser.add_argument(
        "--size", action="append", default=[], type=_size, metavar="NAME=NUMBER", help=f"in a turn: {sizes}"
    )
    return parser


def _size(said: str) -> tuple[str, int]:
    name, _, number = said.partition("=")
    if name not in SIZES:
        raise argparse.ArgumentTypeError(f"there is no size {name}")
    return name, int(number)


def _run() -> dict[str, Any]:
    """How this question is asked: when, where, and how large."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "turns": int(os.environ[TURNS]),
        "sizes": chosen(),
    }


def _write(asked: Asked, file: Path) -> None:
    """Keep what earlier runs found about questions that this one did not ask, each with its own time, turns and load."""
    before = json.loads(file.read_text(encoding="utf-8")).get("questions", {}) if file.exists() else {}
    text = json.dumps({"questions": before | asked}, ensure_ascii=False, indent=2)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
