"""Edges: moments, days and documents are bounded in one place, and no list is rendered but row by row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("contracts", "gateway", "hub", "kit", "procedures", "services")


def lines_with(pattern: str, *, but: str = "", files: str = "*.py") -> list[str]:
    """Where the code says this, outside of one file."""
    sought = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for folder in CODE
        for file in sorted((ROOT / folder).rglob(files))
        if str(file.relative_to(ROOT)) != but
        for line in file.read_text(encoding="utf-8").splitlines()
        if sought.search(line)
    ]


@pytest.mark.parametrize("field", ["Date", "DateTime", "AwareDateTime", "NaiveDateTime", "Raw", "Mapping"])
def test_a_form_takes_its_days_moments_and_documents_from_the_form_language(field: str) -> None:
    assert lines_with(rf"\bfields\.{field}\(", but="contracts/forms.py") == []


def test_a_moment_becomes_china_time_where_the_end_of_time_is_thought_of() -> None:
    assert lines_with(r"astimezone\((?!UTC\))", but="kit/clock.py") == []


def test_services_render_their_lists_row_by_row() -> None:
    assert lines_with(r"\[\w*view\w*\(.* for |\"nodes\":", files="service.py") == []
