"""Joins: what brings a code and its entry together is found wherever it is planted, and nothing else is."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.blindness.joins import Watch

CODES = tuple(f"A-{letter}{letter}{letter}22" for letter in "CDFGHJKM")
ENTRIES = ("e3", "e7", "e1", "e8", "e2", "e6", "e4", "e5")
ENTRY_OF = dict(zip(CODES, ENTRIES, strict=True))
MARKS = {entry: frozenset({entry}) for entry in ENTRIES} | {
    "黄山学院": frozenset({"e1", "e2"}),
    "选手甲": frozenset({"e1"}),
    "23417": frozenset({"e1"}),
    "2026-04-04T01:02:03": frozenset({"e2"}),
}
WATCH = Watch(ENTRY_OF, MARKS, ({entry: entry for entry in ENTRIES},))
CODE = CODES[0]


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "planted",
    [
        {"code": CODE, "entryId": "e1"},
        {"code": CODE, "entry": {"id": "x", "organization": {"name": "黄山学院"}}},
        {"rows": [{"place": 1, "sheet": {"code": CODE}, "by": {"name": "选手甲"}}]},
        {"code": CODE, "files": [{"size": 23417}]},
        {"code": CODE, "at": "2026-04-04T01:02:03.123456+00:00"},
        {"entry": "e1", "sheets": [{"code": CODE}, {"code": CODES[1]}]},
        {"codes": list(CODES[:3]), "entries": ["e1", "e2"]},
        {"id": encoded({"code": CODE}), "contestant": "选手甲"},
        {"url": f"/files/{encoded({'stage': 1})}.{encoded({'code': CODE, 'entry': 'e1'})}.c2ln"},
        {"url": "/export/%E9%80%89%E6%89%8B%E7%94%B2?code=" + CODE},
        {CODE: "e1"},
        {"rows": [[CODE, "e1"]]},
        {"rows": [f"{CODE}: e1"]},
        [{"code": code} for code in sorted(CODES, key=lambda code: ENTRY_OF[code])],
        [{"code": code} for code in sorted(CODES, key=lambda code: ENTRY_OF[code], reverse=True)],
        {"edges": [{"node": {"id": ENTRY_OF[code]}} for code in sorted(CODES)]},
        {"data": {"ranking": {"nodes": [{"code": CODE, "tie": "before e1"}]}}},
    ],
)
def test_a_planted_join_is_found(planted: Any) -> None:
    assert WATCH.findings(planted, "here") != []


@pytest.mark.parametrize(
    "harmless",
    [
        {"code": CODE, "stage": {"competition": {"name": "大赛"}}},
        {"codes": list(CODES), "entries": sorted(ENTRIES)},
        {"rows": [{"code": CODE}, {"entryId": "e1"}]},
        {"sheets": [{"code": code} for code in CODES], "count": 8},
        {"code": CODE, "participants": [{"id": entry} for entry in sorted(ENTRIES)]},
        [{"entry": entry} for entry in sorted(ENTRIES)],
        {"nodes": [{"code": code} for code in sorted(CODES)]},
        {"code": CODE, "size": 234170},
        {"code": CODE, "id": "ae1b"},
    ],
)
def test_what_joins_nothing_is_not_found(harmless: Any) -> None:
    assert WATCH.findings(harmless, "here") == []


def test_a_join_is_found_where_it_is_and_once() -> None:
    answer = {"data": {"nodes": [{"code": CODES[1]}, {"code": CODE, "entry": {"id": "e3"}}]}}

    [finding] = WATCH.findings(answer, "organizer ranking")

    assert (finding.path, finding.codes, finding.entries) == (
        "organizer ranking.data.nodes[1]",
        frozenset({CODE}),
        frozenset({"e3"}),
    )


def test_lines_are_looked_at_one_by_one() -> None:
    assert WATCH.line_findings(f"code {CODE}\nentry e1", "log") == []
    assert len(WATCH.line_findings(f"code {CODE} of entry e1\nentry e1", "log")) == 1
