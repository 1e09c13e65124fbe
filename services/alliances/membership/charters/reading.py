"""Reading: what the charter in force on a day says, the defaults of the hub where the alliance has adopted none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

import yaml
from sqlalchemy import select, tuple_

from kit.clock import in_china
from kit.data.db import Session
from kit.documents.rulebook import Document, Rulebook, Rules, Section
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.rules import ClassesForm, ClassRules

Place = tuple[str, date]
"""An alliance and a day."""


@cache
def rulebook() -> Rulebook:
    """How charters are read: with the defaults of whoever says nothing else, and classes that may differ."""
    defaults = yaml.safe_load(Path(__file__).with_name("charter.yaml").read_text(encoding="utf-8"))
    return Rulebook(cast(Document, defaults), "by_class")


@dataclass(frozen=True)
class InForce:
    """The charter that is in force, None where the defaults are."""

    charter: Charter | None

    @property
    def document(self) -> Document:
        return self.charter.document if self.charter else rulebook().defaults

    @property
    def classes(self) -> ClassRules:
        return self.section(ClassesForm)

    def section(self, form: type[Section[Rules]], member_class: str = "") -> Rules:
        """What it says in one section, to members of a class where the class has rules of its own."""
        return rulebook().section(self.document, member_class, form)


def today(session: Session) -> date:
    """The day in China."""
    return in_china(session.now).date()


def in_force(session: Session, alliance_id: str, day: date | None = None) -> InForce:
    """The charter of an alliance that is in force on a day, today by default."""
    place = alliance_id, day or today(session)
    return all_in_force(session, {place})[place]


def all_in_force(session: Session, places: Collection[Place]) -> dict[Place, InForce]:
    """The charters of alliances that are in force on days: of all versions that have come by then, the newest."""
    since: dict[str, list[tuple[int, date]]] = defaultdict(list)
    every = select(Charter.alliance_id, Charter.number, Charter.since).where(
        Charter.alliance_id.in_(sorted({alliance_id for alliance_id, _ in places}))
    )
    for alliance_id, number, day in session.execute(every):
        since[alliance_id].append((number, day))
    numbers = {(id_, day): max((n for n, begun in since[id_] if begun <= day), default=0) for id_, day in places}
    found = _versions(session, {(id_, number) for (id_, _), number in numbers.items() if number})
    return {place: InForce(found.get((place[0], number))) for place, number in numbers.items()}


def _versions(session: Session, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Charter]:
    if not keys:
        return {}
    query = select(Charter).where(tuple_(Charter.alliance_id, Charter.number).in_(sorted(keys)))
    return {(charter.alliance_id, charter.number): charter for charter in session.scalars(query)}


def charter_of(session: Session, alliance_id: str, number: int) -> InForce:
    """The version of this number; 0 are the defaults."""
    return charters_of(session, {(alliance_id, number)})[alliance_id, number]


def charters_of(session: Session, numbered: set[tuple[str, int]]) -> dict[tuple[str, int], InForce]:
    """The versions of these numbers, each by its alliance and number; 0 are the defaults."""
    found = _versions(session, {key for key in numbered if key[1]})
    return {key: InForce(found.get(key)) for key in numbered}
