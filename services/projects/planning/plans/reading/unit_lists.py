"""Unit lists: finds the responsible units (责任单位) that a paragraph names, in brackets or after a label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.projects.planning.plans.reading.source import halfwidth

UNIT_LABEL = r"(?:责任|主责|牵头|配合|参与|协同|协作|主办|协办|承办|落实|实施)(?:单位|部门|处室|科室|主体) ?:"
MAX_OPEN_LIST = 2_000
"""A list without brackets that is longer than this is prose."""

_BRACKETS = {"(": ")", "〔": "〕", "[": "]", "【": "】"}
_BRACKETED = re.compile(rf"[(〔\[【] ?{UNIT_LABEL}")
_UNBRACKETED = re.compile(rf"(?:(?<=[。;.])|(?<=\s)|^) ?{UNIT_LABEL}(?P<list>[^。]+)。?$")
_OPENS = re.compile(rf"[(〔\[【]? ?{UNIT_LABEL}")


@dataclass(frozen=True, slots=True)
class UnitList:
    """A unit list as printed, without its label and brackets; `closed` is false where the last bracket is missing."""

    raw: str
    closed: bool


def opens_unit_list(text: str) -> bool:
    """Whether the text begins with a unit list."""
    return _OPENS.match(halfwidth(text[:20])) is not None


def take_unit_list(text: str) -> tuple[str, UnitList | None]:
    """The text without its trailing unit list, and the list; lists inside the text stay there but are read as well."""
    spans = list(_bracketed_spans(halfwidth(text)))
    if not spans:
        return _take_unbracketed(text)
    raw = ";".join(text[span.label_end : span.end].strip() for span in spans)
    last = spans[-1]
    return _without(text, last.start, last.end + 1), UnitList(raw, last.closed)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    label_end: int
    end: int
    closed: bool


def _bracketed_spans(plain: str) -> Iterator[_Span]:
    position = 0
    while match := _BRACKETED.search(plain, position):
        end = _closing(plain, match.start())
        yield _Span(match.start(), match.end(), len(plain) if end is None else end, end is not None)
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


def _without(text: str, start: int, end: int) -> str:
    """The text without [start, end) when nothing but a closing mark follows, which then closes the sentence itself."""
    head, tail = text[:start].rstrip(), text[end:].strip()
    if halfwidth(tail) not in ("", "。", ";", "."):
        return text
    return head if head.endswith("。") else head + tail


def _take_unbracketed(text: str) -> tuple[str, UnitList | None]:
    offset = max(0, len(text) - MAX_OPEN_LIST)
    match = _UNBRACKETED.search(halfwidth(text[offset:]))
    if match is None:
        return text, None
    raw = text[offset + match.start("list") : offset + match.end("list")].strip()
    return text[: offset + match.start()].rstrip(), UnitList(raw, closed=True)
