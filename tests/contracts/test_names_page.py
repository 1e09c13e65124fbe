"""docs/names.md: each row of its tables is what the hub does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contracts.base import Refusal
from contracts.names import name_key, normal

PAGE = (Path(__file__).parents[2] / "docs/names.md").read_text(encoding="utf-8")
ESCAPED = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\n")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under these headings, with what is written as an escape."""
    table = PAGE.partition(f"| {heading} |\n")[2].partition("\n\n")[0].splitlines()[1:]
    return [[_read(cell.strip().strip("`")) for cell in line.strip("|").split(" | ")] for line in table]


def _read(cell: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1] or found[2] or "a", 16)), cell)


@pytest.mark.parametrize("row", rows("given | kept | why"), ids=lambda row: row[2])
def test_what_is_put_right(row: list[str]) -> None:
    assert normal(row[0]) == row[1]


@pytest.mark.parametrize("row", rows("given | code | character | place"), ids=lambda row: row[2])
def test_what_is_refused(row: list[str]) -> None:
    with pytest.raises(Refusal) as refused:
        normal(row[0])

    assert [refused.value.code, *(str(refused.value.params[name]) for name in ("character", "place"))] == row[1:]


@pytest.mark.parametrize("row", rows("one | other | why"), ids=lambda row: row[2])
def test_what_is_the_same(row: list[str]) -> None:
    assert row[0] != row[1] and name_key(row[0]) == name_key(row[1])


def test_every_table_was_read() -> None:
    assert [len(rows(heading)) for heading in ("given | kept | why", "given | code | character | place")] == [7, 6]
    assert len(rows("one | other | why")) == 5
