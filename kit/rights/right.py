"""Right: who may, as one value that checks one row, filters many in SQL, and can be read by people.

A right is a union of ways to have it. Each way looks at the row's *keys*, which have the same names everywhere:
`STANDS_FOR = on(Role.REPRESENTATIVE, "organization_id") | on(Role.DELEGATION_LEADER, "series_id", "province")`
checks one row where the keys are given values, and filters many where they are given columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Function,
    Integer,
    SQLColumnExpression,
    String,
    false,
    func,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from contracts.authority import Role
from kit.data.db import Session
from kit.rights.ways import OFFICE, Among, Anybody, Asker, Given, Holds, Is, SomebodySignedIn, Way, any_of


@dataclass(frozen=True)
class Right:
    """Who may; the order of the ways is that in which they are tried and told."""

    ways: tuple[Way, ...] = ()

    def __or__(self, other: Right) -> Right:
        return Right(tuple(dict.fromkeys((*self.ways, *other.ways))))

    def __le__(self, other: Right) -> bool:
        """Whether every way to have this right is one to have the other."""
        return set(self.ways) <= set(other.ways)

    @property
    def looks_at_no_row(self) -> bool:
        """Whether it is answered before anything is looked up."""
        return all(isinstance(way, SomebodySignedIn | Anybody) for way in self.ways)

    @property
    def is_for_visitors(self) -> bool:
        """Whether somebody who has not signed in can have it, on some row or on all."""
        return any(isinstance(way, Anybody) for way in self._inner)

    @property
    def _inner(self) -> list[Way]:
        """The ways whatever they are given for."""
        return [way.way if isinstance(way, Given) else way for way in self.ways]

    def is_held_somewhere(self, session: Session) -> bool:
        """Whether the viewer holds one of its roles, on whatever scope, or may have it by being somebody at all."""
        asker = self._asker(session, session.viewer.id)
        by_role = any(asker.scopes.get(role) for way in self.ways for role in way.roles)
        return by_role or (bool(asker.person) and any(isinstance(way, SomebodySignedIn) for way in self._inner))

    def exactly(self) -> Right:
        """The right without the hub office: what is confidential between provinces, sealed, or personal."""
        return Right(tuple(way for way in self.ways if way != OFFICE))

    def given(self, key: str, zh: str, en: str) -> Right:
        """The right for those rows only of which this key is true; what the hub office may stays as it is."""
        return Right(tuple(way if way == OFFICE else Given(way, key, (zh, en)) for way in self.ways))

    def test(self, session: Session) -> Callable[..., bool]:
        """Tells of any number of rows, by their keys, whether the viewer has the right: one statement for all."""
        asker = self._asker(session, session.viewer.id)
        return lambda **keys: any(way.admits(asker, keys) for way in self.ways)

    def rows(self, session: Session, *, by: str | None = None, **columns: Any) -> ColumnElement[bool]:
        """For which rows the viewer (or another person, `by`) has the right, as a condition on these columns."""
        asker = self._asker(session, session.viewer.id if by is None else by)
        return any_of(way.rows(asker, columns) for way in self.ways)

    def ids(self, session: Session, id_: InstrumentedAttribute[str], **columns: Any) -> ColumnElement[bool]:
        """`rows` for a long list of which the viewer has few: each way finds its own by its own index.

        The ways look at columns of the table of `id_` alone; what is the same for all rows is given as a value.
        """
        asker = self._asker(session, session.viewer.id)
        found = [way.rows(asker, columns) for way in self.ways]
        either = any_of(found)
        if either is true() or either is false():
            return either
        return id_.in_(union_all(*(select(id_).where(each) for each in found if each is not false())))

    def _asker(self, session: Session, person: str) -> Asker:
        return Asker(session, person, looks_at_roles=any(way.roles for way in self.ways))


def on(role: Role, *keys: str) -> Right:
    """Who holds a role on the scope that these keys name, and the hub office; without keys on any scope."""
    return Right((Holds(role, keys), OFFICE))


def person(key: str, zh: str, en: str) -> Right:
    """The person whom a row names under this key, and nobody else."""
    return Right((Is(key, (zh, en)),))


def among(clause: Callable[..., ColumnElement[bool]], *keys: str, zh: str, en: str, role: Role | None = None) -> Right:
    """Whom other rows name: `clause(person, *keys)` is an EXISTS; with a `role` it is `clause(scope_ids, *keys)`."""
    return Right((Among(clause, keys, (zh, en), role),))


def province_code(region: SQLColumnExpression[Any]) -> ColumnElement[str]:
    """The code of the province of a column of GB/T 2260 codes: its first two digits and zeros."""
    return beginning(region, 2).concat(literal_column("'0000'", String))


def beginning(text: SQLColumnExpression[Any], characters: int) -> Function[str]:
    """The first characters of a column, as an index has them: no figure in it is a parameter."""
    return func.substr(text, literal_column("1", Integer), literal_column(str(characters), Integer), type_=String)


def signed_in(zh: str, en: str) -> Right:
    """Somebody signed in, of whom the rules of the model let these through and refuse all others."""
    return Right((SomebodySignedIn((zh, en)),))


HUB_OFFICE = Right((OFFICE,))
SIGNED_IN = Right((SomebodySignedIn(),))
PUBLIC = Right((Anybody(),))
