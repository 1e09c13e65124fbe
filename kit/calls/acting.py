"""Acting: what whoever asks may do about a thing as it stands, and why not what they may not, as the commands themselves say it.

A command that is about one thing says so beside its right: `@command(…, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ADMITS))`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


def actions(
    session: Session, commands: Mapping[str, tuple[Right, Acts]], things: Sequence[Any]
) -> list[dict[str, Any]]:
    """What each of these things of one class can have done to it: {<subject>_id, name, problems}, the latter empty if it can."""
    checks = [
        (name, of_each(session, right), acts, acts.check(session, things)) for name, (right, acts) in commands.items()
    ]
    return [
        {f"{thing.subject}_id": thing.id, "name": name, "problems": list(_problems(admits, acts, stands, thing))}
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
