"""Actions: what is shown as allowed is never refused for right or state, what is not is refused with the reason shown.

Each action of each thing that says what can be done about it is tried by everybody, at every status of the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.registry.organizations import OrganizationStatus
from contracts.authority import Role
from contracts.ids import is_id
from kit.calls.rpc import Rpc
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.organizations.model import Organization
from tests.rights import worlds
from tests.rights.trying import DENIALS, VISITOR, World, undone

STATUSES = {Membership: tuple(MembershipStatus), Organization: tuple(OrganizationStatus)}
STATES = {"MEMBERSHIP_STANDS", "ORGANIZATION_INACTIVE", "ORGANIZATION_ACTIVE", "ORGANIZATION_MERGED"}
"""What commands say of how a thing stands; what is entered, and limits such as a cap, may be refused all the same."""


@pytest.fixture
def world(home: Path) -> Iterator[World]:
    found = worlds.alliances()
    found.appoint_everybody()
    yield found
    found.hub.stop()


@pytest.mark.parametrize("kind", STATUSES, ids=lambda kind: kind.subject)
def test_what_is_allowed_is_done_and_what_is_not_is_refused_as_shown(
    kind: Any, world: World, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing, wrong, tried = world.given[f"{kind.subject}_id"], [], 0
    assert is_id(thing)
    commands = {name: each for name, each in world.methods() if each.acts and each.acts.about is kind}

    with undone(monkeypatch, set(world.people()) - {VISITOR}):
        for status in STATUSES[kind]:
            _put(world, kind, thing, status)
            for person in _people(world, commands.values()):
                for action in _shown(world, kind, thing, person):
                    tried += 1
                    said = {problem["code"] for problem in action["problems"]}
                    answer = _tried(world, commands[action["name"]], action["name"], person, thing)
                    fits = answer == said if said else not answer & (DENIALS | STATES)
                    if not fits:
                        wrong.append((status, action["name"], person or "visitor", said, answer))

    assert wrong == []
    request.node.user_properties.append(("figures", f"{tried} actions tried"))


def _people(world: World, commands: Iterable[Rpc]) -> Iterator[str]:
    """Visitors, somebody, and all who hold a role here that counts for one of these commands, one of them elsewhere too."""
    counting = {role for each in commands for way in each.right.ways for role in way.roles}
    for person, held in world.people().items():
        if held is None or (held[0] in counting and (held[1] or held[0] == Role.SECRETARIAT)):
            yield person


def _shown(world: World, kind: Any, thing: str, person: str) -> list[dict[str, Any]]:
    """The actions, where the person may know of the thing."""
    found: list[dict[str, Any]] = world.hub.ask(
        f"actions_on_{kind.subject}s", person, **{f"{kind.subject}_ids": [thing]}
    )
    return found


def _put(world: World, kind: Any, thing: str, status: str) -> None:
    with world.hub.runtime.database.transaction() as session:
        session.get_one(kind, thing).status = status


def _tried(world: World, command: Rpc, method: str, person: str, thing: str) -> set[str]:
    assert command.form and command.acts
    given = world.arguments(method, command.form)
    return world.answer(method, person, {**given, f"{command.acts.about.subject}_id": thing})


def test_each_thing_that_shows_actions_has_some(world: World) -> None:
    said = {each.acts.about for _, each in world.methods() if each.acts}

    assert said == set(STATUSES)
