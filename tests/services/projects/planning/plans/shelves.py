"""Shelves: official papers with what a careful reader wrote down of them: three written for these tests, three founding ones.

The founding papers are no part of the project: they lie beside it where the hub is being founded, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.projects.planning.plans.reading import DoubtCode
from tests.reporting.founding import FOUNDING_PAPERS

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Shelf:
    """Three plans, of which the first is the work points of a province, and two papers that are none."""

    folder: Path
    careful: Path
    items: int
    units: int
    targets: int
    fronts: list[tuple[str | None, str | None, int | None, str | None]]
    doubts: list[tuple[DoubtCode, str, int]]
    surplus: list[tuple[str, tuple[int, int]]]
    plan: str
    no_plans: tuple[str, str]

    def paper(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def documents(self) -> Iterator[dict[str, Any]]:
        """What the careful reader wrote down, document by document."""
        yield from yaml.safe_load(self.careful.read_text("utf-8"))["documents"]


WRITTEN = Shelf(
    folder=HERE / "papers",
    careful=HERE / "papers/careful.yaml",
    items=62,
    units=71,
    targets=21,
    fronts=[
        ("安徽省教育厅推动区域教育协作 2026 年度工作要点", "安徽省教育厅", 2026, None),
        (None, None, None, None),
        ("丽水市建设山区教育协作示范区行动方案", "丽水市人民政府办公室", 2025, "丽政办发〔2025〕18号"),
    ],
    doubts=[
        (DoubtCode.PARAGRAPH_JOINED, "1.p1", 19),
        (DoubtCode.NO_RESPONSIBLE_UNIT, "3.2.5", 39),
        (DoubtCode.ITEM_WITHOUT_NUMBER, "3.2.6", 41),
        (DoubtCode.PARAGRAPH_JOINED, "3.2.6", 43),
        (DoubtCode.COMPARATOR_INFERRED, "3.3.8", 49),
        (DoubtCode.UNITS_WITHOUT_SEPARATOR, "3.3.9", 51),
        (DoubtCode.CONTRACTED_UNITS, "3.6.15", 69),
        (DoubtCode.SENTENCE_UNFINISHED, "3.6.15.p2", 73),
        (DoubtCode.PARAGRAPH_JOINED, "3.6.16.p1", 81),
    ],
    surplus=[],
    plan="work_points.txt",
    no_plans=("news_column.txt", "news_report.txt"),
)
FOUNDING = Shelf(
    folder=FOUNDING_PAPERS / "seeds",
    careful=FOUNDING_PAPERS / "domain/workpoints.yaml",
    items=119,
    units=146,
    targets=35,
    fronts=[
        ("安徽省教育厅推动长三角教育一体化发展 2025 年度工作要点", "安徽省教育厅", 2025, None),
        (None, None, None, None),
        ("衢州市打造四省边际教育现代化先行区建设行动方案", "衢州市人民政府办公室", 2024, "衢政办发〔2024〕32号"),
    ],
    doubts=[
        (DoubtCode.PARAGRAPH_JOINED, "1.p1", 19),
        (DoubtCode.NO_RESPONSIBLE_UNIT, "3.2.6", 41),
        (DoubtCode.ITEM_WITHOUT_NUMBER, "3.3.7", 45),
        (DoubtCode.PARAGRAPH_JOINED, "3.3.7", 47),
        (DoubtCode.PARAGRAPH_JOINED, "3.3.9", 53),
        (DoubtCode.UNITS_WITHOUT_SEPARATOR, "3.4.11", 59),
        (DoubtCode.CONTRACTED_UNITS, "3.8.25", 95),
        (DoubtCode.SENTENCE_UNFINISHED, "3.8.25.p2", 99),
        (DoubtCode.PARAGRAPH_JOINED, "3.8.26.p1", 107),
    ],
    surplus=[("preamble", (24, 24))],
    plan="000_c79254e2c6817dbb.txt",
    no_plans=("002_73931f335e44636c.txt", "003_cde55443ffa5dbac.txt"),
)
BOTH = [pytest.param(WRITTEN, id="written"), pytest.param(FOUNDING, id="founding", marks=pytest.mark.founding)]


def hits(wanted: list[Any], found: list[Any]) -> int:
    """How many of the wanted are among the found, each found one counted once."""
    left = list(found)
    return sum(1 for one in wanted if one in left and (left.remove(one) or True))
