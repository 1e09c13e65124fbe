"""Telling: whom a message about an edition names, the organisations that have entered, some at a time."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.events.admission.entries import TOLD_AT_ONCE
from kit.data.db import Session
from services.events.admission.entries.queries import entered_organizations


def entered(session: Session, edition_id: str) -> Iterator[list[str]]:
    """The ids of the organisations that have entered, so many as one message names at a time; once where none has."""
    told = entered_organizations(session, edition_id)
    for first in range(0, max(len(told), 1), TOLD_AT_ONCE):
        yield told[first : first + TOLD_AT_ONCE]
