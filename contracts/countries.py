"""Countries and territories outside China by ISO 3166-1 alpha-2 code: where a partner from overseas has its seat.

The rows are in `countries.csv` beside this file: every code of ISO 3166-1, with the names of Unicode CLDR 48, but those of
China itself (CN, HK, MO, TW): a body there has a region by GB/T 2260.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory: `code` has two capital letters."""

    code: str
    name_zh: str
    name_en: str


def country(code: str) -> Country | None:
    """The country of that code, None where there is none outside China."""
    return _countries().get(code)


@cache
def _countries() -> Mapping[str, Country]:
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({row["code"]: Country(**row) for row in csv.DictReader(rows)})
