"""Fragments: the pieces of a name that people type to find it, each from some place in the name on.

A Chinese name is found from any of its characters on, by its pinyin and by the initials of its pinyin from any syllable on;
any other name from any of its words on. Who types the beginning of a piece has found the name, so a search is one range of
an index. Nothing but letters and digits counts: 长三角（上海） and "chang san-jiao shanghai" mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import unicodedata2 as unicode  # as contracts.names does

from contracts.names import name_key
from procedures.search.readings import readings

LONGEST = 60
"""Letters of a fragment: by what comes behind them nothing is told apart."""
COMBINATIONS = 8
"""How many ways of reading a name are looked for from one syllable on. Characters with several readings vary, from there
on, as long as they make no more; the others take their usual one."""
SPELLING = 2
"""The version of what this module makes of a name. Raise it when that changes: all names are then spelled out anew."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_CHINESE = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PART = re.compile(f"{_CHINESE.pattern}|(?:(?!{_CHINESE.pattern}).)+")


def sought(text: str) -> str:
    """What of a text is looked for: its letters and digits, without case, width and accents, at most so many."""
    return "".join(words(text))[:LONGEST]


def words(text: str) -> list[str]:
    """The words of a text, in the form in which names are compared, and without accents."""
    plain = unicode.normalize("NFC", _ACCENTS.sub("", unicode.normalize("NFKD", name_key(text))))
    return "".join(letter if _counts(letter) else " " for letter in plain).split()


def parts(word: str) -> list[str]:
    """Each Chinese character of a word by itself, and what stands between them."""
    return _PART.findall(word)


def _counts(letter: str) -> bool:
    """Whether it is a letter, a digit, or a mark that belongs to one, as the vowels of Tibetan."""
    return unicode.category(letter)[0] in "LNM"


def fragments(names: Iterable[str]) -> dict[str, bool]:
    """All fragments of these names, and whether each begins inside a name only."""
    found: dict[str, bool] = {}
    for fragment, inside in (each for name in names for each in _of(words(name))):
        found[fragment] = found.get(fragment, True) and inside
    return found


def _of(name: Sequence[str]) -> Iterator[tuple[str, bool]]:
    whole = "".join(name)
    if not _CHINESE.search(whole):
        yield from _suffixes(name)
        return
    pieces = [part for word in name for part in parts(word)]
    yield from _suffixes(whole)
    yield from _spellings([readings(part) or (part,) for part in pieces])
    yield from _spellings([_initials(part) or (part,) for part in pieces])


def _initials(part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each[:1] for each in readings(part)))


def _suffixes(pieces: Sequence[str], first: int = 0) -> Iterator[tuple[str, bool]]:
    """From each piece on, of those from `first` on; inside a name no single letter is a beginning."""
    whole, at = "".join(pieces[first:]), 0
    for start, piece in enumerate(pieces[first:], first):
        if not start or len(whole) - at > 1:
            yield whole[at : at + LONGEST], start > 0
        at += len(piece)


def _spellings(pieces: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, bool]]:
    """The same in each way in which it can be spelled; behind the last piece that can be read otherwise there is one."""
    varying = 1 + max((place for place, ways in enumerate(pieces) if len(ways) > 1), default=-1)
    for start in range(varying):
        for spelled in product(*_within_bounds(pieces[start : start + LONGEST])):
            fragment = "".join(spelled)[:LONGEST]
            if not start or len(fragment) > 1:
                yield fragment, start > 0
    yield from _suffixes([ways[0] for ways in pieces], varying)


def _within_bounds(pieces: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """What varies as long as the combinations are few enough, and the usual spelling of the rest."""
    ways = 1
    for piece in pieces:
        taken = piece if ways * len(piece) <= COMBINATIONS else piece[:1]
        ways *= len(taken)
        yield taken
