"""Readings: how a Chinese character is read aloud, in pinyin without tones: 衢 is qu, 长 is chang or zhang.

pypinyin knows the readings of some 42,000 characters, in an order of its own and with those that nobody has used for
centuries (大 as tai, 限 as wen). So of each character its first is taken, and `heteronyms.csv` lists what people do read in
several ways, or otherwise: what pypinyin's own dictionary of phrases shows more than once, without what only literature
has, with surnames (单 shan, 查 zha) and names of places (六安 lu, 东阿 e, 番禺 pan).
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

_HETERONYMS = Path(__file__).with_name("heteronyms.csv")
_REMEMBERED = 8000
"""Characters: those of the standard list of 2013 (通用规范汉字表)."""


@lru_cache(maxsize=_REMEMBERED)
def readings(character: str) -> tuple[str, ...]:
    """The readings of a character, the usual one first; none where it is no Chinese character, or nobody knows how to read it.

    What is written with ü stands with v, as keyboards have it, and with u.
    """
    heard = _heteronyms().get(character) or _pypinyin()(character)[:1]
    return tuple(dict.fromkeys(spelling for each in heard for spelling in (each, each.replace("v", "u"))))


@cache
def _heteronyms() -> Mapping[str, list[str]]:
    with _HETERONYMS.open(encoding="utf-8", newline="") as file:
        return {row["character"]: row["readings"].split() for row in csv.DictReader(file)}


@cache
def _pypinyin() -> Callable[[str], list[str]]:
    """Loaded when the first name is read, without its phrases: they take 45 MB, and segment 南京市长江路 as 市长, 江路."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - see above

    def read(character: str) -> list[str]:
        found: list[list[str]] = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        return found[0] if found else []

    return read
