"""Ways: how somebody may have a right, asked for the keys of one row and as a condition on the columns of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from sqlalchemy import (
    ColumnElement,
    and_,
    false,
    or_,
    select,
    true,
)

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
