"""Appointing: to whom somebody owes a role, and which roles must never be without a holder."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.authority import SCOPE_OF_ROLE, Role, Scope

Givers = dict[str, set[str]]
"""By person those who gave them a role."""

NEVER_VACANT = frozenset({Role.HUB_OFFICE, Role.SECRETARIAT, Role.ORGANIZER})
"""Without a holder nobody could act for the hub, an alliance or a series. An organisation has the office of its province."""


def above(people: Iterable[str], givers: Givers) -> set[str]:
    """Those to whom these people owe their role: who gave it to them, who gave it to those, and so on.

    Without the whole line, whom one may not remove somebody else could remove, whom one has appointed for that.
    """
    found: set[str] = set()
    waiting = list(people)
    while waiting:
        new = givers.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def keys_of(role: Role, scope: Scope) -> dict[str, str | bool | None]:
    """What rights on a role look at: the scope, where it is of the kind that the role is held on, and which role it is."""
    on = scope.id if scope.type == SCOPE_OF_ROLE[role] else None
    return {"scope_id": on, "province": scope.id.rpartition(":")[2], **{str(each): each == role for each in Role}}
