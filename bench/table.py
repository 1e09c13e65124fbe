"""Table: the answers as one table with verdicts, below it what else was measured, and what failed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

HEAD = ("question", "ours", "peer or floor", "ratio", "reach wanted", "verdict")
VERDICTS = {True: "reached", False: "not reached", None: ""}

Rows = Mapping[str, list[dict[str, Any]]]


def print_table(asked: Mapping[str, Mapping[str, Any]]) -> None:
    """Rows of bench/turns.py in the table, all others by question below it, then the questions that failed."""
    rows = {question: found.get("rows", []) for question, found in asked.items()}
    table = [HEAD, *(_cells(row) for found in rows.values() for row in found if _is_judged(row))]
    widths = [max(_width(cell) for cell in column) for column in zip(*table, strict=True)]
    for line in table:
        print(
            " | ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
    for text in (*_others(rows), *_failed(asked)):
        print(text)


def _is_judged(row: Mapping[str, Any]) -> bool:
    return "reached" in row and "ours" in row


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    unit = row["unit"]
    theirs = f"{row['peer']}: {_figure(row['theirs'])} {unit}" if row["peer"] else ""
    ratio = f"{_figure(row['ratio'])} ×" if row["ratio"] else ""
    return (
        row["question"],
        f"{_figure(row['ours'])} {unit}",
        theirs,
        ratio,
        row["reach"] or "",
        VERDICTS[row["reached"]],
    )


def _figure(figure: Mapping[str, float]) -> str:
    """Median and quartiles, as `0.91 (0.88–0.97)`."""
    return f"{_short(figure['median'])} ({_short(figure['low'])}–{_short(figure['high'])})"


def _others(rows: Rows) -> Iterator[str]:
    for question, found in rows.items():
        others = [row for row in found if not _is_judged(row)]
        if others:
            yield f"\n{question}"
        for row in others:
            yield "  " + "  ".join(f"{key}={_short(value)}" for key, value in row.items())


def _failed(asked: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for question, found in asked.items():
        if "failed" in found:
            yield f"\n{question}: failed\n{found['failed']}"


def _short(value: Any) -> str:
    """Three figures that say something."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
