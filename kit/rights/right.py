"""Right: who may, as one value that checks one row, filters many in SQL, and can be read by people.

A right is a union of ways to have it. Each way looks at the row's *keys*, which have the same names everywhere:
`STANDS_FOR = on(Role.REPRESENTATIVE, "organization_id") | on(Role.DELEGATION_LEADER, "series_id", "province")`
checks one row where the keys are given values, and filters many where they are given columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from sqlalchemy import (
    ColumnElement,
    Function,
    Integer,
    SQLColumnExpression,
    String,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from contracts.authority import Role
from kit.data.db import Session
from kit.rights.grants import scopes_held

Keys = Mapping[str, Any]
"""What a row says of itself by name: values of one row (None where it has none), or columns of many."""

ANY = object()
"""The value of a key that is not known yet: a role is asked for on whatever scope the others leave possible."""

Words = tuple[str, str]
"""The same in Chinese and in English."""


class Asker:
    """Somebody who asks, with the scopes of their roles where a right looks at roles."""

    def __init__(self, session: Session, person: str, *, looks_at_roles: bool) -> None:
        self.session = session
        self.person = person
        self.scopes = scopes_held(session, person) if looks_at_roles else {}


class Way(Protocol):
    """One way to have a right; `roles` are those that it looks at."""

    @property
    def roles(self) -> tuple[Role, ...]: ...

    def admits(self, asker: Asker, keys: Keys) -> bool:
        """Whether the asker has it for the row with these values."""

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        """For which of the rows with these columns the asker has it."""


@dataclass(frozen=True)
class Holds:
    """A role on the scope whose id these keys make, joined by colons; without keys on any scope."""

    role: Role
    keys: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        return (self.role,)

    def admits(self, asker: Asker, keys: Keys) -> bool:
        parts = [keys[key] for key in self.keys]
        scopes = asker.scopes.get(self.role, ())
        if ANY in parts:
            return any(_could_be(parts, scope.split(":")) for scope in scopes)
        return None not in parts and ":".join(parts) in scopes if parts else bool(scopes)

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        scopes = sorted(asker.scopes.get(self.role, ()))
        if not self.keys or not scopes:
            return true() if scopes else false()
        columns = [keys[key] for key in self.keys]
        if len(columns) == 1:
            return _one_of(columns[0], scopes)
        return any_of(_all_of(columns, scope.split(":")) for scope in scopes)


def _could_be(known: list[Any], parts: list[str]) -> bool:
    """Whether what is known of a scope fits to one that is held."""
    return all(each in {ANY, part} for each, part in zip(known, parts, strict=True))


def _all_of(columns: list[Any], parts: list[str]) -> ColumnElement[bool]:
    conditions = [_one_of(column, [part]) for column, part in zip(columns, parts, strict=True)]
    return false() if any(each is false() for each in conditions) else and_(*conditions)


def any_of(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    """That one of the conditions holds; `true()` or `false()` itself where no row need be looked at."""
    possible = [each for each in conditions if each is not false()]
    if any(each is true() for each in possible):
        return true()
    return or_(*possible) if possible else false()


def _one_of(column: Any, scopes: list[str]) -> ColumnElement[bool]:
    """That a column is one of these; a key that is the same for all rows may be given as a value."""
    if column is None or isinstance(column, str):
        return true() if column in scopes else false()
    found: ColumnElement[bool] = column == scopes[0] if len(scopes) == 1 else column.in_(scopes)
    return found


@dataclass(frozen=True)
class Is:
    """To be the person whom the row names under this key."""

    key: str
    words: Words
    roles: ClassVar[tuple[Role, ...]] = ()

    def admits(self, asker: Asker, keys: Keys) -> bool:
        return bool(asker.person) and keys[self.key] == asker.person

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        named: ColumnElement[bool] = keys[self.key] == asker.person
        return named if asker.person else false()


@dataclass(frozen=True)
class Among:
    """To be named by other rows: `clause` gives an EXISTS from the person, or the ids of the scopes of a `role`, and the keys."""

    clause: Callable[..., ColumnElement[bool]]
    keys: tuple[str, ...]
    words: Words
    role: Role | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        return (self.role,) if self.role else ()

    def admits(self, asker: Asker, keys: Keys) -> bool:
        named = self.rows(asker, keys)
        return named is not false() and bool(asker.session.scalar(select(named)))

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        who = sorted(asker.scopes.get(self.role, ())) if self.role else asker.person
        return self.clause(who, *(keys[key] for key in self.keys)) if who else false()


@dataclass(frozen=True)
class SomebodySignedIn:
    """To be somebody in particular; the `words` say whom the rules of the model then let through."""

    words: Words | None = None
    roles: ClassVar[tuple[Role, ...]] = ()

    def admits(self, asker: Asker, keys: Keys) -> bool:
        return bool(asker.person)

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        return true() if asker.person else false()


@dataclass(frozen=True)
class Anybody:
    """To ask at all."""

    roles: ClassVar[tuple[Role, ...]] = ()

    def admits(self, asker: Asker, keys: Keys) -> bool:
        return True

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        return true()


@dataclass(frozen=True)
class Given:
    """A way that counts for those rows only of which this key is true."""

    way: Way
    key: str
    words: Words

    @property
    def roles(self) -> tuple[Role, ...]:
        return self.way.roles

    def admits(self, asker: Asker, keys: Keys) -> bool:
        return bool(keys[self.key]) and self.way.admits(asker, keys)

    def rows(self, asker: Asker, keys: Keys) -> ColumnElement[bool]:
        inner = self.way.rows(asker, keys)
        return false() if inner is false() else and_(keys[self.key], inner)


OFFICE = Holds(Role.HUB_OFFICE)


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
