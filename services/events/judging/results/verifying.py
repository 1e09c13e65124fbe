"""Verifying: what a saved document of a result comes to when it is worked out anew, without the hub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kit.documents.digest import digest
from services.events.judging.results.document import FORMAT, Document, canonical, places_stand, public_document
from services.events.judging.results.gathering import basis_in
from services.events.judging.results.rows import read_row

PUBLIC, WHOLE = "result", "whole result"
BESIDE = "extensions"
"""What an answer of the hub says of itself, such as what it cost."""
_UNREADABLE = (ValueError, TypeError, KeyError, LookupError, ArithmeticError, AttributeError)


class NotAResult(Exception):  # noqa: N818 - it says what was given, as a refusal does
    """What was given is no document of a result."""


@dataclass(frozen=True)
class Finding:
    """One thing that was worked out: its name in Chinese and English, what it came to, and whether it is as stated."""

    zh: str
    en: str
    value: str
    holds: bool


def findings(saved: Any) -> list[Finding]:
    """Everything that can be worked out from a saved document, or from an answer of the hub that has one within.

    Raises NotAResult for anything else.
    """
    document, stated = _found(saved)
    try:
        canonical(document)
        return list(_worked_out(document, stated))
    except _UNREADABLE as error:
        raise NotAResult from error


def _worked_out(document: Document, stated: str | None) -> Iterator[Finding]:
    own = digest(document)
    yield Finding("校验值", "digest", own, stated in {None, own})
    places = [row["place"] for row in document["rows"]]
    if document["kind"] == PUBLIC:
        ranked = [place for place in places if place is not None]
        yield Finding("名次", "places", str(len(places)), ranked == sorted(ranked))
        return
    yield Finding("名次", "places", str(len(places)), places_stand(places))
    yield Finding("由评分重新计算", "ranked anew", str(len(places)), _ranks_the_same(document))
    yield Finding("公布文件的校验值", "digest of the public document", digest(public_document(document)), True)


def _ranks_the_same(whole: Document) -> bool:
    """Whether the evidence leads to these rows, in this order and with these figures."""
    basis = basis_in(whole)
    again = [
        (basis.entry_of[line.key], line.place, line.score, line.raw, line.adjusted, line.tie, line.remark)
        for line in basis.lines
    ]
    rows = (read_row(said) for said in whole["rows"])
    return again == [(row.entry_id, row.place, row.score, row.raw, row.adjusted, row.tie, row.remark) for row in rows]


def _found(saved: Any) -> tuple[Document, str | None]:
    """The document, with the digest that stands beside it, in whatever answer it came."""
    while isinstance(saved, dict):
        if saved.get("kind") in (PUBLIC, WHOLE) and saved.get("format") == FORMAT:
            return saved, None
        if isinstance(saved.get("document"), dict):
            document, _ = _found(saved["document"])
            stated = saved.get("digest")
            return document, stated if isinstance(stated, str) else None
        within = [value for name, value in saved.items() if name != BESIDE]
        if len(within) != 1:
            break
        saved = within[0]
    raise NotAResult
