"""Actions: what is shown as allowed is never refused for right or state, what is not is refused with the reason shown.

Each action of each thing that says what can be done about it is tried by everybody, at every status of the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.authority import Role
from gateway.graph.names import snake
from gateway.schema import graphql_schema
from hub.services import all_services
from kit.calls.rpc import Rpc
from kit.process.runtime import entrypoints
from tests.rights.kinds import KINDS, Kind
from tests.rights.not_shown import NOT_SHOWN
from tests.rights.trying import DENIALS, VISITOR, World, undone

STATES = {
    "ENTRIES_NOT_OPEN",
    "IS_CANCELLED",
    "ALREADY_SUBMITTED",
    "ALREADY_VOTED",
    "JUDGING_NOT_OPEN",
    "NOT_SEATED",
    "NOT_SUBMITTED",
    "OBJECTION_STANDS",
    "PANEL_NOT_LATE",
    "PROPOSAL_PENDING",
    "REJUDGING_KNOWN",
    "SEAT_STANDS",
    "SHEET_INCOMPLETE",
    "SHEET_LOCKED",
    "ALREADY_SAID",
    "ANSWERED_ALREADY",
    "ENTRY_ENDED",
    "MEMBERSHIP_STANDS",
    "MILESTONE_NOT_REACHED",
    "MILESTONE_REACHED_ALREADY",
    "NOTHING_PROPOSED",
    "NOT_A_DRAFT",
    "NOT_ANSWERED",
    "NOT_PUBLISHED",
    "NOT_SAID_YET",
    "NOT_SCHEDULED",
    "NOT_SHOWN",
    "NO_OFFER",
    "OFFER_OVER",
    "ORGANIZATION_ACTIVE",
    "ORGANIZATION_INACTIVE",
    "ORGANIZATION_MERGED",
    "PROJECT_CLOSED",
    "PROJECT_NOT_CLOSED",
    "QUESTION_OVER",
    "QUESTION_WAITS",
}
"""What commands say of how a thing stands; what is entered, and limits such as a cap, may be refused all the same."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.called)
def test_what_is_allowed_is_done_and_what_is_not_is_refused_as_shown(
    kind: Kind, home: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, wrong, tried = kind.world(), [], 0
    world.appoint_everybody()
    commands = {name: each for name, each in world.methods() if each.acts and each.acts.about is kind.about}

    with undone(monkeypatch, set(world.people()) - {VISITOR}):
        for status in kind.statuses:
            _put(world, kind, status)
            for person in _people(world, commands.values()):
                for action in _shown(world, kind, person):
                    if _is_for_what_is_theirs(world, commands[action["name"]], person):
                        continue
                    tried += 1
                    said = {problem["code"] for problem in action["problems"]}
                    answer = _tried(world, kind, commands[action["name"]], action["name"], person)
                    fits = answer == said if said else not answer & (DENIALS | STATES)
                    if not fits:
                        wrong.append((status, action["name"], person or "visitor", said, answer))
    world.hub.stop()

    assert wrong == []
    assert tried > len(commands)
    request.node.user_properties.append(("figures", f"{tried} actions tried"))


def _people(world: World, commands: Iterable[Rpc]) -> Iterator[str]:
    """Visitors, somebody, and all who hold a role here that counts for one of these commands, one of them elsewhere too."""
    counting = {role for each in commands for way in each.right.ways for role in way.roles}
    for person, held in world.people().items():
        if held is None or (held[0] in counting and (held[1] or held[0] == Role.PROVINCE_OFFICE)):
            yield person


def _is_for_what_is_theirs(world: World, command: Rpc, person: str) -> bool:
    """Whether they may do it with what they have elsewhere, and everybody here tries with one and the same."""
    held, form = world.people()[person], command.form
    entered = {"organization_id", "lead_organization_id"}.intersection(form().fields if form else ())
    return bool(entered and held and not held[1])


def _shown(world: World, kind: Kind, person: str) -> list[dict[str, Any]]:
    """The actions, where the person may know of the thing."""
    ids = {f"{kind.called}s": [world.given[kind.called]]}
    found: list[dict[str, Any]] = world.hub.ask(kind.question, person, **ids)
    return found


def _put(world: World, kind: Kind, status: str) -> None:
    with world.hub.runtime.database.transaction() as session:
        thing = session.get_one(kind.row or kind.about, world.given[kind.called])
        with session.no_autoflush:
            thing.status = status
            kind.beside(session, thing)


def _tried(world: World, kind: Kind, command: Rpc, method: str, person: str) -> set[str]:
    assert command.form
    given = world.arguments(method, command.form)
    return world.answer(method, person, {**given, kind.called: world.given[kind.called]})


def test_each_thing_that_shows_actions_is_tried() -> None:
    acting = [each.acts for service in all_services() for _, each in entrypoints(service, Rpc) if each.acts]

    assert {acts.about for acts in acting} == {kind.about for kind in KINDS}


def test_each_command_is_shown_by_the_thing_that_it_is_about_or_stands_with_its_reason() -> None:
    mutation = graphql_schema().mutation_type
    assert mutation
    mutations = {snake(name) for name in mutation.fields}
    shown = {name for service in all_services() for name, each in entrypoints(service, Rpc) if each.acts}
    reasoned = [name for names in NOT_SHOWN.values() for name in names]

    assert sorted(mutations - shown) == sorted(reasoned)
    assert shown <= mutations


def test_the_graph_shows_the_actions_of_each_kind_of_thing() -> None:
    types = graphql_schema().type_map.values()

    assert len([each for each in types if "actions" in getattr(each, "fields", ())]) == len(KINDS)
