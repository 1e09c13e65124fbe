"""Acting: what whoever asks may do about a thing as it stands, and why not what they may not, as the commands themselves say it.

A command that leads one thing on, or corrects it, says so beside its right:
`@command(…, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ADMITS))`. What its right looks at and what is entered only
with the command, as the organisation that applies, is ANY of them among the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.base import Refusal
from kit.data.db import Session
from kit.rights.asking import of_each
from kit.rights.right import Right

Stands = Callable[[Any], None]
"""Refuses a thing with which a command cannot be carried out as it stands."""


def own_keys(thing: Any) -> Mapping[str, Any]:
    """What rights on a thing look at, where it says so itself."""
    keys: Mapping[str, Any] = thing.keys
    return keys


def in_any_state(_thing: Any) -> None:
    """Nothing in the way."""


def by_now(check: Callable[[Any, datetime], None]) -> Callable[[Session, Sequence[Any]], Stands]:
    """A check that looks at the time too, for `knowing`."""
    return lambda session, _things: lambda thing: check(thing, session.now)


@dataclass(frozen=True)
class Acts:
    """That a command is about one thing of a class; `keys` are what its right looks at.

    `stands` is the check that the command makes too; `knowing` makes it, with one look for many things, where what they
    hold does not tell.
    """

    about: type[Any]
    stands: Stands = in_any_state
    keys: Callable[[Any], Mapping[str, Any]] = own_keys
    knowing: Callable[[Session, Sequence[Any]], Stands] | None = None

    def check(self, session: Session, things: Sequence[Any]) -> Stands:
        """`stands`, for these things."""
        return self.knowing(session, things) if self.knowing else self.stands


Commands = Mapping[str, tuple[Right, Acts]]


def actions(session: Session, commands: Commands, things: Sequence[Any], whose: str) -> list[dict[str, Any]]:
    """What can be done about each of these things of one class: {<whose>, name, problems}, the latter empty where it can.

    `whose` names the id of the thing, as `membership_id`.
    """
    checks = [
        (name, of_each(session, right), acts, acts.check(session, things)) for name, (right, acts) in commands.items()
    ]
    return [
        {whose: thing.id, "name": name, "problems": list(_problems(admits, acts, stands, thing))}
        for thing in things
        for name, admits, acts, stands in checks
    ]


def _problems(admits: Callable[..., None], acts: Acts, stands: Stands, thing: Any) -> Iterator[dict[str, Any]]:
    """Why not: for want of the right, or else because of how the thing stands."""
    try:
        admits(**acts.keys(thing))
        stands(thing)
    except Refusal as refusal:
        yield from refusal.problems()
