"""Printing (打印): which names of entries no font of certificates has all letters of, so that it is said before they win."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kit.data.db import Session
from kit.fonts.letters import lacking
from kit.fonts.settings import FontSettings
from services.events.admission.entries import queries


def unprinted(names: Iterable[str], fonts: FontSettings) -> Iterator[tuple[str, list[str]]]:
    """Each of these names that cannot be printed whole, with the code points of the letters concerned, as U+2EBF0."""
    for name in dict.fromkeys(names):
        if letters := lacking([name], fonts):
            yield name, letters


def unprinted_of(session: Session, ids: list[str], fonts: FontSettings) -> Iterator[tuple[str, str, list[str]]]:
    """The names of contestants and members that cannot be printed, behind the id of their entry, as the viewer may see them."""
    names = {entry.id: [entry.contestant] for entry in queries.entries_by_id(session, ids)}
    for member in queries.members(session, entry_ids=ids):
        names[member.entry_id].append(member.name)
    for entry_id, found in names.items():
        yield from ((entry_id, name, letters) for name, letters in unprinted(found, fonts))
