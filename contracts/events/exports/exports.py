"""What events gives out as tables, and what it refuses."""

from __future__ import annotations

from enum import StrEnum

from contracts.base import Refusal


class ExportKind(StrEnum):
    """What a table is of."""

    ENTRIES = "entries"  # 报名
    SCORES = "scores"  # 评分
    RESULTS = "results"  # 成绩
    FIXTURES = "fixtures"  # 赛程


class NothingToExport(Refusal):
    """Nothing of this kind is public, and none of it concerns the viewer."""

    code = "NOTHING_TO_EXPORT"
    zh = "没有可以导出的内容。"
    en = "There is nothing of this that you could export."
