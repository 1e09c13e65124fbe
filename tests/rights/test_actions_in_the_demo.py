"""Actions in the demo: every persona asks of everything in it what they can do, and what is shown is so.

Of what is shown alike to one persona about things of one kind, at one status where they have the right, one is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contracts.regions import province_of
from hub.demo.load import load_demo
from hub.embedded import EmbeddedHub
from hub.personas import personas
from hub.services import all_services
from kit.clock import SystemClock
from kit.data.db import Context
from kit.process.runtime import Runtime
from kit.rights.grants import Grant
from kit.viewer import Viewer
from kit.wire.request import Request
from services.alliances.registry.organizations.model import Organization
from tests.databases.ground import hub_of
from tests.rights.kinds import KINDS, Kind
from tests.rights.test_actions import STATES
from tests.rights.trying import DENIALS, VISITOR, needed, undone
from tests.rights.worlds import DIGEST
from tests.services.uploading import a_pdf, told

MOST_ASKED = 100
SPECIAL: dict[str, dict[str, Any]] = {
    "begin_attachment": {"name_zh": "规程", "name_en": "Rules", **told(a_pdf()), "reason": "补充"},
    "import_members": {"csv": "", "file": None},
}


@dataclass(frozen=True)
class Shown:
    """An action that is shown to somebody about a thing."""

    kind: Kind
    person: str
    thing_id: str
    status: str
    name: str
    codes: frozenset[str]

    @property
    def alike(self) -> tuple[Any, ...]:
        return (self.person, self.name, self.codes, "" if self.codes & DENIALS else self.status)


@dataclass
class Demo:
    """The demo on a running hub."""

    hub: EmbeddedHub
    own: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By person an organisation for which they may act, or else any, with its province."""

    def runtime(self, method: str) -> Runtime:
        return next(each for each in self.hub.runtimes.values() if method in each.methods)

    def ask(self, method: str, person: str, **arguments: Any) -> dict[str, Any]:
        """The answer of a service, with its `result` or its `error`."""
        payload = self.runtime(method).answer(Request(method, arguments, Context(Viewer(person))))
        assert payload
        return payload

    def refused(self, method: str, person: str, **arguments: Any) -> set[str]:
        error = self.ask(method, person, **arguments)["error"]
        assert error is None or error["kind"] == "refusal", (method, error)
        return {problem["code"] for problem in error["problems"]} if error else set()

    def things(self, kind: Kind) -> dict[str, str]:
        """All things of a kind with their status, as far as it is kept with them."""
        row = kind.row or kind.about
        with self.runtime(kind.question).database.transaction(writes=False) as session:
            return {each.id: str(getattr(each, "status", "")) for each in session.scalars(select(row))}

    def shown(self, kind: Kind, person: str) -> Iterator[Shown]:
        things = self.things(kind)
        ids = sorted(things)
        for start in range(0, len(ids), MOST_ASKED):
            which = {f"{kind.called}s": ids[start : start + MOST_ASKED]}
            for each in self.ask(kind.question, person, **which)["result"]:
                thing_id, codes = each[kind.called], frozenset(problem["code"] for problem in each["problems"])
                yield Shown(kind, person, thing_id, things[thing_id], each["name"], codes)

    def find_organizations(self) -> None:
        with self.hub.runtimes["alliances"].database.transaction(writes=False) as session:
            known = {each.id: province_of(each.region) for each in session.scalars(select(Organization)) if each.region}
            grants = session.scalars(select(Grant)).all()
        held: dict[str, set[str]] = {}
        for grant in grants:
            held.setdefault(grant.person, set()).add(grant.scope_id.rpartition(":")[2])
        for person, scopes in held.items():
            own = [each for each in sorted(known.items()) if scopes.intersection(each)]
            self.own[person] = (own or sorted(known.items()))[0]

    def arguments(self, method: str, shown: Shown) -> dict[str, Any]:
        own, province = self.own.get(shown.person) or min(self.own.values())
        given = {"organization_id": own, "lead_organization_id": own, "digest": DIGEST}
        given |= {"participant_ids": [own], "entry_ids": [own], "host_region": province, "region": province}
        form = self.runtime(method).methods[method].form
        assert form
        return needed(form(), given | {shown.kind.called: shown.thing_id}) | SPECIAL.get(method, {})


@pytest.fixture
def demo(home: Path) -> Iterator[Demo]:
    found = Demo(hub_of(all_services(), SystemClock()))
    found.hub.start()
    try:
        load_demo(found.hub)
        found.hub.settle(60)
        found.find_organizations()
        yield found
    finally:
        found.hub.stop()


def test_every_persona_is_shown_of_everything_what_they_can_do(
    demo: Demo, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [persona["id"] for persona in personas().values()]
    of_each = [shown for person in (VISITOR, *people) for kind in KINDS for shown in demo.shown(kind, person)]
    to_try = {shown.alike: shown for shown in of_each}.values()

    with undone(monkeypatch, set(people)):
        wrong = [(shown.alike, answer) for shown in to_try if (answer := _unlike(demo, shown)) is not None]

    assert wrong == []
    asked = {shown.name for shown in of_each}
    request.node.user_properties.append(
        ("figures", f"{len(of_each)} actions of {len(asked)} commands shown, {len(to_try)} tried")
    )


def _unlike(demo: Demo, shown: Shown) -> set[str] | None:
    """With what it is refused, where that is not what was shown."""
    answer = demo.refused(shown.name, shown.person, **demo.arguments(shown.name, shown))
    fits = answer == shown.codes if shown.codes else not answer & (DENIALS | STATES)
    return None if fits else answer
