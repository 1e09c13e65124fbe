"""Marks: the numbers and dashes that open a paragraph, ranked as GB/T 9704 ranks them (一、 (一) 1. (1) and below)."""

import re
from dataclasses import dataclass
from enum import IntEnum

from services.projects.planning.plans.reading.numerals import chinese_value, circled_value
from services.projects.planning.plans.reading.source import halfwidth


class Rank(IntEnum):
    """The rank of a mark; a lower number stands higher in the document."""

    ANNEX = 0
    CHAPTER = 1
    PART = 2
    HEADING = 3
    SUBHEADING = 4
    NUMBER = 5
    SUBNUMBER = 6
    CIRCLED = 7
    ONE_IS = 8
    BULLET = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as printed; `ordinal` is None for marks that do not count, `length` is how much of the paragraph it takes.

    `outer` marks are labels and no part of the sentence; inner ones (`一是`, `(一)`) are read as part of it.
    """

    rank: Rank
    printed: str | None
    ordinal: int | None
    length: int

    @property
    def outer(self) -> bool:
        return self.rank in (Rank.NUMBER, Rank.SUBNUMBER, Rank.CIRCLED, Rank.BULLET)

    @property
    def numbered(self) -> bool:
        return self.ordinal is not None and self.rank is not Rank.ANNEX


_CHINESE = "[一二三四五六七八九十百]{1,5}"
_SHAPES: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.ANNEX, re.compile(r"(?P<printed>附[件录表]) ?(?P<arabic>\d{1,2})?(?: ?[:.]|$|(?<=\d)\s?)")),
    (Rank.CHAPTER, re.compile(rf"(?P<printed>第(?P<chinese>{_CHINESE})[章篇编]) ?")),
    (Rank.PART, re.compile(rf"(?P<printed>第(?P<chinese>{_CHINESE})节) ?")),
    (Rank.NUMBER, re.compile(rf"(?P<printed>第(?P<chinese>{_CHINESE})条) ?")),
    (Rank.HEADING, re.compile(rf"(?P<printed>(?P<chinese>{_CHINESE})) ?[、.]")),
    (Rank.SUBHEADING, re.compile(rf"(?P<printed>\( ?(?P<chinese>{_CHINESE}) ?\))")),
    (Rank.SUBHEADING, re.compile(r"(?P<printed>(?P<circled>[㈠-㈩]))")),
    (Rank.SUBNUMBER, re.compile(r"(?P<printed>\d{1,2}(?:\.\d{1,2}){0,2}\.(?P<arabic>\d{1,2})) +(?=\D)")),
    (Rank.NUMBER, re.compile(r"(?P<printed>(?P<arabic>\d{1,3})) ?[.、](?:(?!\d)|(?=20\d{2} ?年)) ?")),
    (Rank.SUBNUMBER, re.compile(r"(?P<printed>\( ?(?P<arabic>\d{1,3}) ?\)) ?")),
    (Rank.SUBNUMBER, re.compile(r"(?P<printed>(?P<arabic>\d{1,3})\)) ?")),
    (Rank.CIRCLED, re.compile(r"(?P<printed>(?P<circled>[①-⑳㉑-㉟㊱-㊿])) ?")),
    (Rank.ONE_IS, re.compile(rf"(?P<printed>(?P<chinese>{_CHINESE})是)")),
    (Rank.ONE_IS, re.compile(rf"(?P<printed>第(?P<chinese>{_CHINESE})),")),
    (Rank.BULLET, re.compile(r"(?:[—―]{1,3}|[•·●■◆▪]|[-*] ) ?")),
)
_LONGEST = 24


def read_mark(text: str) -> Mark | None:
    """The mark that opens the paragraph; a mark with nothing behind it is none, except that of an annex."""
    start = halfwidth(text[:_LONGEST])
    for rank, shape in _SHAPES:
        match = shape.match(start)
        if match and (match.end() < len(text) or rank is Rank.ANNEX):
            found = match.groupdict()
            printed = text[slice(*match.span("printed"))] if "printed" in found else None
            return Mark(rank, printed, _ordinal(found), match.end())
    return None


def _ordinal(found: dict[str, str | None]) -> int | None:
    if chinese := found.get("chinese"):
        return chinese_value(chinese)
    if circled := found.get("circled"):
        return circled_value(circled)
    arabic = found.get("arabic")
    return int(arabic) if arabic else None
