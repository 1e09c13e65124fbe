"""Paragraphs: joins the lines that the source breaks in the middle of a sentence, a word or a unit list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.projects.planning.plans.reading.clauses import opens_clauses
from services.projects.planning.plans.reading.marks import Mark, Rank, read_mark
from services.projects.planning.plans.reading.source import BARE_LENGTH, Line, ends_sentence, halfwidth

MAX_OPEN_LINES = 8
"""A bracket that is still open after so many lines was forgotten, not broken."""

_OPENING, _CLOSING = re.compile(r"[(〔【[]"), re.compile(r"[)〕】\]]")
_ENDS_INSIDE = (",", "、")
_SENTENCE_INSIDE = re.compile(r"[。;!?](?!$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole paragraph with its mark still in front.

    `joins` are the lines that were taken for broken-off rests; `labelled`: lines of its own say who does it.
    """

    mark: Mark | None
    text: str
    first: int
    last: int
    joins: tuple[Line, ...] = ()
    labelled: bool = False
    is_row: bool = False

    @property
    def rank(self) -> Rank | None:
        return self.mark.rank if self.mark else None

    @property
    def one_sentence(self) -> bool:
        return _SENTENCE_INSIDE.search(halfwidth(self.text)) is None


@dataclass(slots=True)
class _Open:
    """A paragraph while lines may still be added to it."""

    mark: Mark | None
    lines: list[Line]
    joins: list[Line]
    depth: int
    labelled: bool = False

    def unfinished(self) -> bool:
        if self.lines[0].is_row:
            return False
        last = self.lines[-1].text
        ending = halfwidth(last[-1])
        if ending in _ENDS_INSIDE or (self.depth > 0 and len(self.lines) < MAX_OPEN_LINES):
            return True
        if ends_sentence(last):
            return False
        if self.mark is not None and self.mark.rank is Rank.ANNEX:
            return self.mark.length >= len(last)
        if len(self.lines) > 1 or _SENTENCE_INSIDE.search(halfwidth(last)):
            return True
        is_heading = self.mark is not None and self.mark.rank <= Rank.SUBHEADING
        return len(last) >= BARE_LENGTH and not is_heading

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.depth = max(0, self.depth + _depth(line.text))

    def closed(self) -> Paragraph:
        text = "".join(line.text for line in self.lines)
        return Paragraph(
            self.mark,
            text,
            self.lines[0].number,
            self.lines[-1].number,
            tuple(self.joins),
            self.labelled,
            self.lines[0].is_row,
        )


def paragraphs_of(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """The paragraphs that the lines make; a line that begins with a label belongs to the paragraph before it."""
    current: _Open | None = None
    for line in lines:
        mark = read_mark(line.text)
        if current is not None and mark is None and (opens_clauses(line.text) or current.unfinished()):
            if opens_clauses(line.text):
                current.labelled = True
            else:
                current.joins.append(line)
            current.add(line)
            continue
        if current is not None:
            yield current.closed()
        current = _Open(mark, [line], [], max(0, _depth(line.text)))
    if current is not None:
        yield current.closed()


def _depth(text: str) -> int:
    plain = halfwidth(text)
    return len(_OPENING.findall(plain)) - len(_CLOSING.findall(plain))
