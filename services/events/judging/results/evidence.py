"""Evidence: what a ranking comes from, as it stands in the whole document, and the same ranking made from it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias, cast

from services.events.judging.results.rows import number_of, text_of
from services.events.judging.scoring.ranking import CountedSheet, Placing, rank
from services.events.judging.scoring.rules import ScoringForm, ScoringRules

Document = dict[str, Any]


class Remark(StrEnum):
    """Why an entry has no place."""

    UNPLACED = "unplaced"  # sheets are missing
    DISQUALIFIED = "disqualified"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What becomes of one key of the evidence: a blind code where sheets are ranked, an entry's id in standings."""

    key: str
    place: int | None
    score: Decimal | None
    raw: Decimal | None = None
    adjusted: Decimal | None = None
    tie: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """Judges' sheets, how many of them each code should have, and the seed of lots."""

    sheets: tuple[CountedSheet, ...]
    expected: Mapping[str, int]
    seed: str
    disqualified: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Standings:
    """The order to which fixtures came, best first."""

    lines: tuple[Line, ...]
    disqualified: frozenset[str] = frozenset()


Evidence: TypeAlias = Sheets | Standings


def ranked(evidence: Evidence, scoring: Document) -> list[Line]:
    """The ranking, those without a place last; `scoring` is the section of the rule set. A pure function."""
    if isinstance(evidence, Sheets):
        found = _by_sheets(evidence, cast(ScoringRules, ScoringForm().load(scoring)))
    else:
        found = _by_standings(evidence)
    out = sorted(evidence.disqualified)
    return [*found, *(Line(key=key, place=None, score=None, remark=Remark.DISQUALIFIED) for key in out)]


def written_evidence(evidence: Evidence) -> Document:
    """The evidence as JSON, in one order only."""
    said: Document = {"disqualified": sorted(evidence.disqualified)}
    if isinstance(evidence, Standings):
        return {**said, "source": "standings", "lines": [_written_line(line) for line in evidence.lines]}
    ordered = sorted(evidence.sheets, key=lambda sheet: (sheet.code, sheet.seat_id))
    return {
        **said,
        "source": "sheets",
        "expected": dict(evidence.expected),
        "seed": evidence.seed,
        "sheets": [
            {"code": sheet.code, "seat": sheet.seat_id, "points": {key: text_of(v) for key, v in sheet.points.items()}}
            for sheet in ordered
        ],
    }


def read_evidence(said: Document) -> Evidence:
    """The evidence that was written so; raises KeyError, TypeError or decimal.InvalidOperation for anything else."""
    out = frozenset(said["disqualified"])
    if said["source"] == "standings":
        return Standings(lines=tuple(_read_line(line) for line in said["lines"]), disqualified=out)
    sheets = tuple(
        CountedSheet(sheet["seat"], sheet["code"], {key: Decimal(value) for key, value in sheet["points"].items()})
        for sheet in said["sheets"]
    )
    return Sheets(sheets=sheets, expected=said["expected"], seed=said["seed"], disqualified=out)


def _by_sheets(evidence: Sheets, rules: ScoringRules) -> list[Line]:
    expected = {code: number for code, number in evidence.expected.items() if code not in evidence.disqualified}
    return [_line(placing) for placing in rank(rules, evidence.sheets, expected=expected, seed=evidence.seed).rows]


def _line(placing: Placing) -> Line:
    tie = placing.tie
    return Line(
        key=placing.code,
        place=placing.place,
        score=placing.score,
        raw=placing.raw,
        adjusted=placing.adjusted,
        tie=(tie.above or tie.below or "") if tie else "",
        remark="" if placing.place else Remark.UNPLACED,
    )


def _by_standings(evidence: Standings) -> list[Line]:
    """Those who are left, moved up over those who are not."""
    left = [line for line in evidence.lines if line.key not in evidence.disqualified]
    places = [line.place for line in left if line.place is not None]
    return [
        Line(
            key=line.key,
            place=None if line.place is None else 1 + sum(place < line.place for place in places),
            score=line.score,
            tie=line.tie,
            remark=line.remark,
        )
        for line in left
    ]


def _written_line(line: Line) -> Document:
    return {"key": line.key, "place": line.place, "score": text_of(line.score), "tie": line.tie, "remark": line.remark}


def _read_line(said: Document) -> Line:
    return Line(
        key=said["key"],
        place=said["place"],
        score=number_of(said["score"]),
        tie=said["tie"],
        remark=said["remark"],
    )
