"""Rows: one entry's line in a result, and how it stands in a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contracts.base import Named


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry's line; the rows of a result are in the order of its ranking, those without a place last.

    `raw` is the mean of the sheets and `adjusted` the same after calibration; both are empty where nothing was judged
    on sheets. `tie` names the link of the tie-break chain that decided, `remark` why there is no place.
    """

    entry_id: str
    place: int | None
    code: str | None
    score: Decimal | None
    raw: Decimal | None
    adjusted: Decimal | None
    tie: str
    remark: str
    organization: Named
    province: str
    contestant: str

    @property
    def organization_id(self) -> str:
        return self.organization.id


def written(row: Row) -> dict[str, Any]:
    """The row as JSON: decimals as text, so that no machine rounds them."""
    named = row.organization
    return {
        "entry": row.entry_id,
        "place": row.place,
        "code": row.code,
        "score": text_of(row.score),
        "raw": text_of(row.raw),
        "adjusted": text_of(row.adjusted),
        "tie": row.tie,
        "remark": row.remark,
        "organization": {"id": named.id, "zh": named.zh, "en": named.en},
        "province": row.province,
        "contestant": row.contestant,
    }


def read_row(said: Mapping[str, Any]) -> Row:
    """The row that was written so; raises KeyError, TypeError or decimal.InvalidOperation for anything else."""
    named = said["organization"]
    return Row(
        entry_id=said["entry"],
        place=said["place"],
        code=said["code"],
        score=number_of(said["score"]),
        raw=number_of(said["raw"]),
        adjusted=number_of(said["adjusted"]),
        tie=said["tie"],
        remark=said["remark"],
        organization=Named(id=named["id"], zh=named["zh"], en=named["en"]),
        province=said["province"],
        contestant=said["contestant"],
    )


def text_of(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def number_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
