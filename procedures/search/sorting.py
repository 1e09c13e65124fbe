"""Sorting: where a name stands among others, alike in every database: Chinese by its pinyin, numbers by their size.

The key is plain ASCII in lower case, compared byte by byte, so no collation of a database or a machine has a say. Each character
stands by its usual reading; `read_together.csv` lists words in which it is read otherwise, most of them places.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from procedures.search.fragments import parts, words
from procedures.search.readings import readings

LONGEST = 120
"""Letters of a key: names that are alike so far stand by their age."""
_DIGITS = 6
_NUMBER = re.compile("[0-9]+")


def sort_key(name: str) -> str:
    """The key of a name: Chinese as it is read, each word of any other script as it is written."""
    return " ".join(each for word in words(name) for each in _read(word))[:LONGEST]


def _read(word: str) -> Iterator[str]:
    pattern, known = _together()
    for piece in pattern.split(word):
        yield from [known[piece]] if piece in known else map(_sorted, parts(piece))


@cache
def _together() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The words that are read as a whole: what tells them from the rest, and how they are read."""
    with Path(__file__).with_name("read_together.csv").open(encoding="utf-8", newline="") as file:
        known = {row["word"]: row["readings"] for row in csv.DictReader(file)}
    return re.compile(f"({'|'.join(sorted(known, key=len, reverse=True))})"), known


def _sorted(part: str) -> str:
    """A character or a word; what has no reading and is no Latin letter or digit stands behind all that is."""
    read = next(iter(readings(part)), None) if len(part) == 1 else None
    numbered = _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), read or part)
    return "".join(letter if letter.isascii() else f"~{ord(letter):06x}" for letter in numbered)
