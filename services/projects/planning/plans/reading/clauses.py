"""Clauses: what a paragraph says in brackets or behind labels about who does it and by when, parted by what is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.projects.planning.plans.reading.deadlines import deadline_alone
from services.projects.planning.plans.reading.labels import LABEL, OTHER, Label, Said, label_of, role_of
from services.projects.planning.plans.reading.source import halfwidth

MAX_OPEN_LIST = 2_000
"""Clauses without brackets that are longer than this are prose."""

_BRACKETS = {"(": ")", "〔": "〕", "[": "]", "【": "】"}
_BRACKETED = re.compile(rf"[(〔\[【] ?(?={LABEL.pattern})")
_OPEN = re.compile(rf"(?:(?<=[。;.])|(?<=\s)|^|(?=[〔\[【])) ?(?P<list>{LABEL.pattern}[^。]+)。?$")
_OPENS = re.compile(rf"[(〔\[【]? ?{LABEL.pattern}")
_EDGES = " 　;；,，、。."
_LAST = re.compile(r"\((?P<said>[^()]{3,200})\)[。;.]?$")
_DONE_BY = re.compile(
    r"(?P<units>[^。;:]{2,160}?)(?:等(?:有关|相关)?(?:单位|部门|处室|地区)?)?(?P<how>(?:共同|联合|分别|具体)?(?:"
    r"牵头(?:负责|落实|实施)?|[按依根][照据]?(?:各自)?(?:职[责能]|分工){1,2}(?:分工)?(?:负责|落实|抓好落实|推进)?"
    r"|负责(?:落实|实施)?|配合(?:落实|实施)?|参与|支持|主办|承办|协办|(?:结合实际)?(?:抓好)?(?:组织)?(?:落实|实施)))(?:[,;、]|$)"
)
_UNIT_ENDS = re.compile(r"[厅局处院馆心所会委办部室校府团司学盟行区县市省科企位门]$")
_UNTIL = re.compile(r"[^,;]+")
_NO_UNIT_DOES = re.compile("(?:鼓励|支持|引导|组织|推动|动员|要求|积极|切实|加强)")
_BY = re.compile("[^,;、]{0,12}由(?=..)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is said: words as printed, behind their label."""

    label: Label
    words: str


@dataclass(frozen=True, slots=True)
class Clauses:
    """What is said of an item; `raw` is as printed without the first label, `closed` whether the last bracket is there."""

    said: tuple[Clause, ...]
    raw: str
    closed: bool

    def of(self, says: Said) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.said if clause.label.says is says)


def opens_clauses(text: str) -> bool:
    """Whether the text begins with a label."""
    return _OPENS.match(halfwidth(text[:60])) is not None


def take_clauses(text: str) -> tuple[str, Clauses | None]:
    """The text without its trailing clauses, and the clauses; those inside the text stay there but are read as well."""
    plain = halfwidth(text)
    spans = list(_bracketed_spans(plain))
    if not spans:
        return _take_open(text) or _take_done_by(text) or (text, None)
    said = tuple(clause for span in spans for clause in _parted(text[span.start + 1 : span.end]))
    raw = ";".join(_unlabelled(text[span.start + 1 : span.end]) for span in spans)
    last = spans[-1]
    return _without(text, last.start, last.end + 1), Clauses(said, raw, last.closed)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    closed: bool


def _bracketed_spans(plain: str) -> Iterator[_Span]:
    position = 0
    while match := _BRACKETED.search(plain, position):
        end = _closing(plain, match.start())
        yield _Span(match.start(), len(plain) if end is None else end, end is not None)
        if end is None:
            return
        position = end


def _closing(plain: str, start: int) -> int | None:
    expected: list[str] = []
    for place in range(start, len(plain)):
        char = plain[place]
        if char in _BRACKETS:
            expected.append(_BRACKETS[char])
        elif char == expected[-1]:
            expected.pop()
            if not expected:
                return place
    return None


def _parted(said: str) -> Iterator[Clause]:
    """The clauses of what begins with a label, each with its words."""
    plain = halfwidth(said)
    labels = _labels(plain)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        words = said[label.end() : following.start() if following else len(said)].strip(_EDGES)
        if words:
            yield Clause(label_of(next(filter(None, label.groupdict().values()))), words)


def _labels(plain: str) -> Sequence[re.Match[str]]:
    known = list(LABEL.finditer(plain))
    taken = {place for label in known for place in range(*label.span())}
    others = (label for label in OTHER.finditer(plain) if taken.isdisjoint(range(*label.span())))
    return sorted([*known, *others], key=lambda label: label.start())


def _unlabelled(said: str) -> str:
    first = LABEL.match(halfwidth(said.lstrip()))
    return said.lstrip()[first.end() :].strip() if first else said.strip()


def _without(text: str, start: int, end: int) -> str:
    """The text without [start, end) when nothing but a closing mark follows, which then closes the sentence itself."""
    head, tail = text[:start].rstrip(), text[end:].strip()
    if halfwidth(tail) not in ("", "。", ";", "."):
        return text
    return head if head.endswith("。") else head + tail


def _take_open(text: str) -> tuple[str, Clauses] | None:
    """Clauses without brackets around them, at the end of the text."""
    offset = max(0, len(text) - MAX_OPEN_LIST)
    match = _OPEN.search(halfwidth(text[offset:]))
    if match is None:
        return None
    listed = text[offset + match.start("list") : offset + match.end("list")].strip()
    return text[: offset + match.start()].rstrip(), Clauses(tuple(_parted(listed)), _unlabelled(listed), closed=True)


def _take_done_by(text: str) -> tuple[str, Clauses] | None:
    """`(甲厅牵头,乙厅按职责分工负责)`: units with what they do instead of a label."""
    plain = halfwidth(text)
    last = _LAST.search(plain)
    if last is None:
        return None
    said = text[slice(*last.span("said"))]
    clauses = done_by(said)
    if not clauses:
        return None
    return _without(text, last.start(), last.end("said") + 1), Clauses(clauses, said, closed=True)


def done_by(said: str) -> tuple[Clause, ...]:
    """The clauses of words that say of each unit what it does, and by when; none where anything else is in them."""
    clauses: list[Clause] = []
    plain, place = halfwidth(said), 0
    while place < len(plain):
        part = _UNTIL.match(plain, place)
        if clauses and part and deadline_alone(part[0], None):
            clauses.append(Clause(Label("完成时限", Said.DEADLINE), said[slice(*part.span())].strip(_EDGES)))
            place = part.end() + 1
            continue
        match = _DONE_BY.match(plain, place)
        if match is None or _NO_UNIT_DOES.match(match["units"]) or not _UNIT_ENDS.search(match["units"]):
            return ()
        begins = _BY.match(plain, place, match.end("units"))
        label = Label(match["how"], Said.UNITS, role_of(match["how"]), is_verb=True)
        clauses.append(Clause(label, said[begins.end() if begins else place : match.end("units")].strip(_EDGES)))
        place = match.end()
    return tuple(clauses)
