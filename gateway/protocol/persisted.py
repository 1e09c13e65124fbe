"""Persisted: documents that clients name by their hash once one of them was sent whole (Apollo's automatic persisted queries)."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gateway.protocol.faults import Fault

VERSION = 1


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    holder: str


class Persisted:
    """At most `entries` documents, of `characters` together; each is held by whoever sent it first.

    Where there is one too many, whoever holds most loses what was used least recently of theirs: a stranger who sends many
    pushes out their own, and nobody who holds less than their part of all loses anything. With no entries nothing is kept,
    and clients are told to send documents whole.
    """

    def __init__(self, entries: int, characters: int) -> None:
        self._entries, self._characters = entries, characters
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._length = 0
        self._held: Counter[str] = Counter()
        self._place = characters // max(entries, 1)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def characters(self) -> int:
        """Of all documents that are kept."""
        return self._length

    def find(self, digest: str) -> str | None:
        """The document of this hash, where it is known."""
        if digest not in self._kept:
            return None
        self._kept.move_to_end(digest)
        return self._kept[digest].text

    def check(self, digest: str, text: str) -> None:
        """Raises a Fault where there is no document, or another than the hash says."""
        if not text and self._entries:
            raise Fault("PERSISTED_QUERY_NOT_FOUND", status=404)
        if not text:
            raise Fault("PERSISTED_QUERY_NOT_SUPPORTED")
        kept = self._kept.get(digest)
        if (kept is None or kept.text != text) and digest != digest_of(text):
            raise Fault("PERSISTED_QUERY_MISMATCH")

    def keep(self, digest: str, text: str, holder: str) -> None:
        """Remember a document that was checked, and that is fit to be executed."""
        if digest in self._kept:
            return
        self._kept[digest] = _Kept(text, holder)
        self._length += len(text)
        self._held[holder] += self._weight(text)
        while len(self._kept) > self._entries or self.characters > self._characters:
            self._forget(max(self._held, key=self._held.__getitem__))

    def _forget(self, holder: str) -> None:
        oldest = next(digest for digest, kept in self._kept.items() if kept.holder == holder)
        text = self._kept.pop(oldest).text
        self._length -= len(text)
        self._held[holder] -= self._weight(text)
        if not self._held[holder]:
            del self._held[holder]

    def _weight(self, text: str) -> int:
        """Many short documents weigh as much as a long one: each takes a place as well as its characters."""
        return len(text) + self._place


def digest_of(text: str) -> str:
    """The hash by which a document is named: 64 hexadecimal digits, of its UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_in(extensions: dict[str, Any] | None) -> str | None:
    """The hash that a request names its document by; raises Fault where it is not said as the protocol has it."""
    named = (extensions or {}).get("persistedQuery")
    if named is None:
        return None
    if not isinstance(named, dict):
        raise Fault("BAD_PARAMETER", parameter="extensions.persistedQuery", expected="object")
    if named.get("version") != VERSION:
        raise Fault("PERSISTED_QUERY_NOT_SUPPORTED")
    digest = named.get("sha256Hash")
    if not isinstance(digest, str):
        raise Fault("BAD_PARAMETER", parameter="extensions.persistedQuery.sha256Hash", expected="string")
    return digest
