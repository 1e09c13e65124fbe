"""Joins: where something that somebody sees brings a blind code and the entry behind it, or part of the entries, together.

What is seen is JSON. A code and a mark of an entry are joined where one object has both, itself or in objects that it
holds; where a list that it holds narrows the entries or the codes down; or where a list of codes stands in an order of the
entries. A list of all codes beside a list of all entries joins nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

SHORTEST_ORDER = 7
"""So many in one order are no accident: 1 in 5,040."""
_ENCODED = re.compile(r"[A-Za-z0-9_+/-]{12,}={0,2}")


@dataclass(frozen=True)
class Finding:
    """Where a code and marks of entries came together, and which."""

    path: str
    codes: frozenset[str]
    entries: frozenset[str]


@dataclass(frozen=True)
class Seen:
    """The codes and the entries that part of an answer speaks of."""

    codes: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()

    def __or__(self, other: Seen) -> Seen:
        if other is NOTHING or self is NOTHING:
            return self if other is NOTHING else other
        return Seen(self.codes | other.codes, self.entries | other.entries)


NOTHING = Seen()


@dataclass(frozen=True)
class Reading:
    """What a value says itself or in objects that it holds, what each list says that they hold, and what is joined in it."""

    own: Seen
    lists: list[Seen] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def all(self) -> Seen:
        found = self.own
        for each in self.lists:
            found |= each
        return found


SILENT = Reading(NOTHING)


@dataclass
class Watch:
    """What is secret: the entry behind each code, and what each entry can be known by (texts, and numbers like a size)."""

    entry_of: Mapping[str, str]
    marks: Mapping[str, frozenset[str]]
    orders: tuple[Mapping[str, Any], ...] = ()
    _patterns: tuple[re.Pattern[str], re.Pattern[str]] = field(init=False)
    _known: dict[str, Seen] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        texts = sorted(self.marks, key=len, reverse=True)
        mark = "|".join(rf"(?<![0-9A-Za-z]){re.escape(each)}(?![0-9A-Za-z])" for each in texts)
        self._patterns = (re.compile("|".join(map(re.escape, self.entry_of))), re.compile(mark))

    def findings(self, value: Any, path: str = "") -> list[Finding]:
        """Every join in what somebody sees, the innermost object or list of each."""
        return self._read(value, path).findings

    def line_findings(self, text: str, path: str) -> list[Finding]:
        """The joins in a text, line by line."""
        found = []
        for line in text.splitlines():
            seen = self.seen(line)
            if seen.codes and self._some(seen.entries):
                found.append(Finding(f"{path}: {line[:200]}", seen.codes, seen.entries))
        return found

    @property
    def entries(self) -> frozenset[str]:
        return frozenset(self.entry_of.values())

    def seen(self, value: Any) -> Seen:
        """What a scalar speaks of, also where it is encoded."""
        said = str(value)
        if said not in self._known:
            found = NOTHING
            for text in _readings(said):
                entries = [self.marks[mark] for mark in self._patterns[1].findall(text)] if self.marks else []
                if (codes := self._patterns[0].findall(text)) or entries:
                    found |= Seen(frozenset(codes), frozenset().union(*entries))
            self._known[said] = found
        return self._known[said]

    def _read(self, value: Any, path: str) -> Reading:
        """A value from within: each object and list once, whatever holds it."""
        if isinstance(value, dict):
            return self._read_object(value, path)
        if isinstance(value, list):
            return self._read_list(value, path)
        own = self.seen(value)
        return SILENT if own is NOTHING else Reading(own)

    def _read_object(self, value: dict[str, Any], path: str) -> Reading:
        own, lists, findings = NOTHING, [], []
        for key, each in value.items():
            inner = self._read(each, f"{path}.{key}")
            own = own | inner.own | self.seen(key)
            lists += inner.lists
            findings += inner.findings
        if own is NOTHING and not lists:
            return SILENT
        return Reading(own, lists, findings or self._in_object(own, lists, path))

    def _read_list(self, value: list[Any], path: str) -> Reading:
        rows = [self._read(each, f"{path}[{place}]") for place, each in enumerate(value)]
        all_, plain = NOTHING, NOTHING
        for each, row in zip(value, rows, strict=True):
            all_ |= row.all
            plain |= NOTHING if isinstance(each, dict | list) else row.own
        if all_ is NOTHING:
            return SILENT
        findings = [finding for row in rows for finding in row.findings]
        findings += self._in_object(plain, [], path)
        findings += self._in_order([row.all for row in rows], path)
        return Reading(NOTHING, [all_], findings)

    def _in_object(self, own: Seen, lists: list[Seen], path: str) -> list[Finding]:
        """A code from one part of an object and an entry from another; the rows of one list are parts of their own."""
        parts = [Seen(own.codes, self._some(own.entries)), *(self._narrowed(listed) for listed in lists)]
        for place, one in enumerate(parts):
            for other in parts if place == 0 else parts[:place] + parts[place + 1 :]:
                if one.codes and other.entries:
                    return [Finding(path, one.codes, other.entries)]
        return []

    def _in_order(self, rows: list[Seen], path: str) -> Iterator[Finding]:
        """Codes in an order of their entries, or entries in the order of their codes."""
        codes = [next(iter(row.codes)) for row in rows if len(row.codes) == 1]
        if len(codes) == len(rows) >= SHORTEST_ORDER and len(set(codes)) == len(codes):
            behind = [self.entry_of[code] for code in codes]
            if any(_is_sorted([order[entry] for entry in behind]) for order in self.orders):
                yield Finding(f"{path} in order", frozenset(codes), frozenset(behind))
        entries = [next(iter(row.entries)) for row in rows if len(row.entries) == 1]
        if len(entries) == len(rows) >= SHORTEST_ORDER and len(set(entries)) == len(entries):
            code_of = {entry: code for code, entry in self.entry_of.items()}
            if _is_sorted([code_of[entry] for entry in entries]):
                yield Finding(f"{path} in order", frozenset(self.entry_of), frozenset(entries))

    def _narrowed(self, listed: Seen) -> Seen:
        """What a list says by not speaking of all."""
        return Seen(
            listed.codes if listed.codes != frozenset(self.entry_of) else frozenset(), self._some(listed.entries)
        )

    def _some(self, entries: frozenset[str]) -> frozenset[str]:
        """The entries, if they are not simply all."""
        return entries if entries != self.entries else frozenset()


def _readings(text: str) -> Iterator[str]:
    """The text, and whatever can be decoded in it: percent signs, base64, one within the other."""
    waiting, known = [text], {text}
    while waiting:
        reading = waiting.pop()
        yield reading
        found = [unquote(reading)] if "%" in reading else []
        found += [decoded for word in _ENCODED.findall(reading) for decoded in _decoded(word)]
        new = [each for each in found if each not in known]
        known.update(new)
        waiting += new


def _decoded(word: str) -> Iterator[str]:
    decoders: tuple[Callable[[str], bytes], ...] = (base64.b64decode, base64.urlsafe_b64decode)
    for part in {word, *word.split(".")}:
        for decode in decoders:
            try:
                yield decode(part + "=" * (-len(part) % 4)).decode("utf-8")
            except (binascii.Error, ValueError):
                continue


def _is_sorted(values: list[Any]) -> bool:
    return len(set(values)) == len(values) and (values == sorted(values) or values == sorted(values, reverse=True))
