"""The outline: sets paragraphs under their sections and items by the rank of their marks, and gives each its key."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.projects.planning.plans.reading.clauses import take_clauses
from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode, fragment
from services.projects.planning.plans.reading.marks import Mark, Rank
from services.projects.planning.plans.reading.model import Section
from services.projects.planning.plans.reading.paragraphs import Paragraph
from services.projects.planning.plans.reading.source import is_bare

MAX_HEADING = 60

_FIRST_SENTENCE = re.compile(r"[^。:：]{1,60}[。:：]?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph in its place: not yet an item, as its units, targets and kind have not been read.

    `leads`: it has no number of its own and stands directly in a section or before the first one.
    """

    key: str
    section: str | None
    parent: str | None
    paragraph: Paragraph
    leads: bool = False


@dataclass(slots=True)
class Outline:
    """The sections and entries of a document, and what is odd about their numbers."""

    sections: list[Section] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Node:
    """An open section or item under which paragraphs of a lower rank go."""

    rank: Rank
    key: str
    section: str | None
    is_item: bool
    level: int


def outline_of(paragraphs: Sequence[Paragraph]) -> Outline:
    """The outline of a text. A paragraph that stands where exactly one number is missing takes that number's place."""
    builder = _Builder()
    gaps = _missing_numbers(paragraphs)
    wholes = _wholes(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if index in gaps:
            builder.add_unnumbered(paragraph, gaps[index])
        elif paragraph.mark is None:
            builder.add_plain(paragraph)
        else:
            builder.add_marked(paragraph, paragraph.mark, following, is_whole=index in wholes)
    return builder.finished()


def _missing_numbers(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The paragraphs without a mark that come first where one number is missing, with that number."""
    missing: dict[int, int] = {}
    last, unmarked = None, None
    for index, paragraph in enumerate(paragraphs):
        if paragraph.mark is None:
            unmarked = index if unmarked is None and not is_bare(paragraph.text) else unmarked
        elif paragraph.rank is Rank.ANNEX:
            break
        elif paragraph.rank is Rank.NUMBER and paragraph.mark.ordinal is not None:
            if unmarked is not None and last is not None and paragraph.mark.ordinal == last + 2:
                missing[unmarked] = last + 1
            last, unmarked = paragraph.mark.ordinal, None
    return missing


def _wholes(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbered paragraphs whose parts say only once, on lines of its own below the last of them, who does it."""
    wholes, above = set(), None
    for index, paragraph in enumerate(paragraphs):
        if paragraph.rank is None or paragraph.rank < Rank.CIRCLED:
            above = index if paragraph.rank is Rank.NUMBER and not paragraph.labelled else None
        elif above is not None and paragraph.labelled:
            following = paragraphs[index + 1].rank if index + 1 < len(paragraphs) else None
            if index - above > 1 and (following is None or following < Rank.CIRCLED):
                wholes.add(above)
            above = None
    return wholes


@dataclass(slots=True)
class _Builder:
    result: Outline = field(default_factory=Outline)
    stack: list[_Node] = field(default_factory=list)
    numbers: dict[Rank, int] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)

    def add_marked(
        self, paragraph: Paragraph, mark: Mark, following: Paragraph | None, *, is_whole: bool = False
    ) -> None:
        self._check_number(paragraph, mark)
        self._close(mark.rank)
        key = self._key(mark.ordinal)
        if mark.rank is Rank.ANNEX:
            self._open_section(paragraph, mark.rank, self._free("A" + str(mark.ordinal or "")))
            self._add_entry(paragraph, self._key(None))
        elif not is_whole and _is_heading(paragraph, mark, following):
            self._open_section(paragraph, mark.rank, key)
        elif _runs_in(mark, following):
            self._open_section(paragraph, mark.rank, key)
            self._add_entry(paragraph, self._key(None), leads=True)
        else:
            node = self._add_entry(paragraph, key)
            self.stack.append(_Node(mark.rank, node.key, node.section, is_item=True, level=self._level()))

    def add_unnumbered(self, paragraph: Paragraph, ordinal: int) -> None:
        # `11.121人才梯队`: a figure stands right behind the number
        if number := re.match(rf"{ordinal}[.．、]", paragraph.text):
            mark = Mark(Rank.NUMBER, str(ordinal), ordinal, number.end())
            self.add_marked(replace(paragraph, mark=mark), mark, None)
            return
        self._close(Rank.NUMBER)
        self.numbers[Rank.NUMBER] = ordinal
        entry = self._add_entry(paragraph, self._key(ordinal))
        self.stack.append(_Node(Rank.NUMBER, entry.key, entry.section, is_item=True, level=self._level()))
        self._doubt(DoubtCode.ITEM_WITHOUT_NUMBER, paragraph, item=entry.key)

    def add_plain(self, paragraph: Paragraph) -> None:
        if is_bare(paragraph.text) and take_clauses(paragraph.text)[1] is None:
            self._doubt(DoubtCode.LINE_LEFT_OUT, paragraph)
            return
        self._add_entry(paragraph, self._key(None), leads=True)

    def finished(self) -> Outline:
        filled = {entry.section for entry in self.result.entries} | {section.parent for section in self.result.sections}
        for section in self.result.sections:
            if section.key not in filled:
                doubt = Doubt(DoubtCode.EMPTY_SECTION, None, section.line, fragment(section.title))
                self.result.doubts.append(doubt)
        return self.result

    def _close(self, rank: Rank) -> None:
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()

    def _level(self) -> int:
        return self.stack[-1].level + 1 if self.stack else 1

    def _section(self) -> str | None:
        return self.stack[-1].section if self.stack else None

    def _key(self, ordinal: int | None) -> str:
        """The key of the next thing under the open node; without an ordinal it is counted with a `p`."""
        above = f"{self.stack[-1].key}." if self.stack else ""
        if ordinal is not None:
            return self._free(f"{above}{ordinal}")
        counted = f"{above}p"
        self.used[counted] += 1
        return f"{counted}{self.used[counted]}"

    def _free(self, key: str) -> str:
        """The key, or with `~2`, `~3` … behind it when the document prints the same number path again."""
        self.used[key] += 1
        return key if self.used[key] == 1 else f"{key}~{self.used[key]}"

    def _open_section(self, paragraph: Paragraph, rank: Rank, key: str) -> None:
        title = paragraph.text
        if not paragraph.one_sentence and (first := _FIRST_SENTENCE.match(title)):
            title = first[0]
        self.result.sections.append(Section(key, title, self._level(), self._section(), paragraph.first))
        self.stack.append(_Node(rank, key, key, is_item=False, level=self._level()))

    def _add_entry(self, paragraph: Paragraph, key: str, *, leads: bool = False) -> Entry:
        parent = self.stack[-1].key if self.stack and self.stack[-1].is_item else None
        entry = Entry(key, self._section(), parent, paragraph, leads and parent is None)
        self.result.entries.append(entry)
        return entry

    def _check_number(self, paragraph: Paragraph, mark: Mark) -> None:
        """Numbers count up by one or begin again at 1; those of `1.` may run on from section to section."""
        for rank in [rank for rank in self.numbers if rank > mark.rank and rank is not Rank.NUMBER]:
            del self.numbers[rank]
        if mark.ordinal is None or mark.rank is Rank.ANNEX:
            return
        last = self.numbers.get(mark.rank, 0)
        if mark.ordinal > last + 1:
            self._doubt(DoubtCode.NUMBER_SKIPPED, paragraph, words=mark.printed)
        elif mark.ordinal not in (1, last + 1):
            self._doubt(DoubtCode.NUMBER_REPEATED, paragraph, words=mark.printed)
        self.numbers[mark.rank] = mark.ordinal

    def _doubt(
        self, code: DoubtCode, paragraph: Paragraph, *, item: str | None = None, words: str | None = None
    ) -> None:
        self.result.doubts.append(Doubt(code, item, paragraph.first, fragment(words or paragraph.text)))


def _is_heading(paragraph: Paragraph, mark: Mark, following: Paragraph | None) -> bool:
    """Whether a marked paragraph is only a heading: short, one sentence, no units, and something stands below it."""
    if paragraph.is_row or len(paragraph.text) > MAX_HEADING or not paragraph.one_sentence:
        return False
    if take_clauses(paragraph.text)[1]:
        return False
    if mark.rank <= Rank.SUBHEADING and is_bare(paragraph.text):
        return True
    if following is None or mark.rank > Rank.SUBNUMBER:
        return False
    if following.mark is None:
        return mark.rank <= Rank.SUBHEADING
    return following.mark.rank > mark.rank


def _runs_in(mark: Mark, following: Paragraph | None) -> bool:
    """Whether a heading that runs on into its text (`三、重点任务。…`) has numbered paragraphs below it."""
    if mark.rank > Rank.SUBHEADING or following is None or following.mark is None:
        return False
    return mark.rank < following.mark.rank <= Rank.CIRCLED
