"""The matrix of rights: every command, and every question that is not for everybody, tried for everybody.

What is tried is read from the methods themselves, and so is what each right says; only the worlds are made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kit.calls.rpc import Rpc
from tests.rights import worlds
from tests.rights.trying import DENIALS, VISITOR, World, of_nothing, says, undone

WORLDS: dict[str, Callable[[], World]] = {
    each.__name__: each
    for each in (
        worlds.alliances,
        worlds.projects,
        worlds.notify,
        worlds.events,
        worlds.fixtures,
        worlds.awards,
        worlds.uploads,
    )
}
OF_ITS_OWN = {"fixture_id": "fixtures", "award_id": "awards", "upload_id": "uploads"}


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest, home: Path) -> Iterator[World]:
    found = WORLDS[request.param]()
    found.appoint_everybody()
    yield found
    found.hub.stop()


def tried_in(world: World, name: str) -> list[tuple[str, Rpc]]:
    """The methods of a service, each in the world that has what it is about."""
    return [
        (method, found)
        for method, found in world.methods()
        if found.form and name == _world_of(found, world.hub.service.name)
    ]


def _world_of(method: Rpc, service: str) -> str:
    assert method.form
    needed = [OF_ITS_OWN[each] for each, field in method.form().fields.items() if field.required and each in OF_ITS_OWN]
    return needed[0] if needed else service


def test_who_has_no_right_is_refused_and_changes_nothing(world: World, request: pytest.FixtureRequest) -> None:
    """A visitor is asked to sign in, everybody else is told that they may not; whether there is such a thing, only who has
    the right somewhere is told.
    """
    wrong, tried = [], 0
    world.hub.rest()
    before = world.hub.contents()

    for method, found in tried_in(world, request.node.callspec.params["world"]):
        arguments = world.arguments(method, found.form)  # type: ignore[arg-type]
        for person, held in world.people().items():
            if says(found.right, held, signed_in=bool(person)) is False:
                elsewhere = held and held[0] in {role for way in found.right.ways for role in way.roles}
                for given in (arguments, *([] if elsewhere else [of_nothing(arguments)])):
                    answer = world.answer(method, person, given)
                    tried += 1
                    if answer != {"NOT_ALLOWED" if person else "SIGN_IN_REQUIRED"}:
                        wrong.append((method, person or "visitor", answer or "done"))

    assert wrong == []
    assert world.hub.contents() == before
    request.node.user_properties.append(("figures", f"{tried} calls refused"))


def test_who_has_the_right_is_never_told_that_they_have_not(
    world: World, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else stands in the way; long work is left out, whose job would have to be waited for."""
    wrong, tried = [], 0

    with undone(monkeypatch, set(world.people()) - {VISITOR}):
        for method, found in tried_in(world, request.node.callspec.params["world"]):
            if hasattr(getattr(world.hub.service, method), "work"):
                continue
            arguments = world.arguments(method, found.form)  # type: ignore[arg-type]
            for person, held in world.people().items():
                if says(found.right, held, signed_in=bool(person)):
                    answer = world.answer(method, person, arguments)
                    tried += 1
                    if answer & DENIALS:
                        wrong.append((method, person, answer))

    assert wrong == []
    request.node.user_properties.append(("figures", f"{tried} calls let through"))
