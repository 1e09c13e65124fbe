"""Difference: what is another place or score in one ranking than in another; a pure function of the two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from kit.documents import digest as documents
from services.events.judging.results.rows import Row, number_of, text_of
from services.events.judging.results.rows import written as row_written


class Ranked(Protocol):
    """What is compared of a row."""

    @property
    def entry_id(self) -> str: ...
    @property
    def place(self) -> int | None: ...
    @property
    def score(self) -> Decimal | None: ...


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of one entry; a place is empty for who has none."""

    entry_id: str
    place_before: int | None
    place_after: int | None
    score_before: Decimal | None
    score_after: Decimal | None


def difference(before: Iterable[Ranked], after: Iterable[Ranked]) -> list[Change]:
    """Every entry whose place or score is not the same, by its new place, those without one last."""
    old, new = {row.entry_id: row for row in before}, {row.entry_id: row for row in after}
    changes = [_change(entry_id, old.get(entry_id), new.get(entry_id)) for entry_id in dict.fromkeys([*new, *old])]
    return [change for change in changes if _before(change) != _after(change)]


def digest(changes: Iterable[Change], *, rejudging_id: str, based_on: str, rows: Iterable[Row]) -> str:
    """The SHA-256 of a difference: with the result that it changes (by digest) and every row that would come of it."""
    after = [row_written(row) for row in rows]
    document = {"rejudging": rejudging_id, "based_on": based_on, "changes": written(changes), "after": after}
    return documents.digest(document)


def written(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The difference as JSON: for each entry its places and scores, before and after."""
    return [
        {
            "entry": change.entry_id,
            "places": [change.place_before, change.place_after],
            "scores": [text_of(change.score_before), text_of(change.score_after)],
        }
        for change in changes
    ]


def read_changes(said: Iterable[dict[str, Any]]) -> list[Change]:
    """The difference that was written so."""
    return [
        Change(
            entry_id=each["entry"],
            place_before=each["places"][0],
            place_after=each["places"][1],
            score_before=number_of(each["scores"][0]),
            score_after=number_of(each["scores"][1]),
        )
        for each in said
    ]


def _change(entry_id: str, old: Ranked | None, new: Ranked | None) -> Change:
    return Change(
        entry_id=entry_id,
        place_before=old.place if old else None,
        place_after=new.place if new else None,
        score_before=old.score if old else None,
        score_after=new.score if new else None,
    )


def _before(change: Change) -> tuple[int | None, Decimal | None]:
    return change.place_before, change.score_before


def _after(change: Change) -> tuple[int | None, Decimal | None]:
    return change.place_after, change.score_after
