"""Trying: who is asked to do what, with the smallest arguments that a form lets through, and what each right then says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import marshmallow
import pytest
from marshmallow import fields

from contracts.authority import SCOPE_OF_ROLE, Role, Scope
from contracts.forms import Input
from contracts.ids import is_id
from kit.calls.rpc import Rpc
from kit.data.db import Session
from kit.ids import new_id
from kit.process.runtime import entrypoints
from kit.rights.grants import Told, keep_grants
from kit.rights.right import PUBLIC, Right
from kit.rights.ways import Among, Anybody, Given, Holds, SomebodySignedIn
from tests.services.service_hub import Refused, ServiceHub

SOMEBODY, VISITOR = "somebody", ""
ELSEWHERE = "330000"
DENIALS = {"NOT_ALLOWED", "SIGN_IN_REQUIRED"}


@dataclass
class World:
    """A running service with one of everything: `keys` are what rights look at, `given` are arguments by their names.

    What one method needs otherwise stands under its name with brackets.
    """

    hub: ServiceHub
    keys: dict[str, str]
    given: dict[str, Any]
    others: tuple[str, ...] = ()
    """Who tries too, and holds no role that counts: a row names them."""

    def methods(self) -> Iterator[tuple[str, Rpc]]:
        """The commands, and the questions that are not for everybody."""
        for name, found in entrypoints(self.hub.service, Rpc):
            if name != "batch" and (not found.reads or found.right != PUBLIC):
                yield name, found

    def people(self) -> dict[str, tuple[Role, bool] | None]:
        """Everybody who tries, by name: what they hold, and whether it is where it counts."""
        held: dict[str, tuple[Role, bool] | None] = dict.fromkeys((VISITOR, SOMEBODY, *self.others))
        for role in SCOPE_OF_ROLE:
            if role != Role.JUDGE:
                held |= {f"{role}, here": (role, True), f"{role}, elsewhere": (role, False)}
        del held[f"{Role.HUB_OFFICE}, elsewhere"]
        return held

    def appoint_everybody(self) -> None:
        now = self.hub.clock.now()
        with self.hub.runtime.database.transaction() as session:
            for person, held in self.people().items():
                if held:
                    scope = self.scope(held[0], here=held[1])
                    told = {"grant_id": new_id(), "version": 1, "granted_at": now, "revoked_at": None}
                    keep_grants(session, [Told(person=person, role=held[0], scope=scope, **told)])

    def scope(self, role: Role, *, here: bool) -> Scope:
        strange = {"province": ELSEWHERE, "delegation": f"{new_id()}:{ELSEWHERE}"}
        kind = SCOPE_OF_ROLE[role]
        own = {
            "hub": "hub",
            "province": self.keys["province"],
            "organization": self.keys["organization_id"],
            "alliance": self.keys["alliance_id"],
            "event": self.keys["series_id"],
            "delegation": f"{self.keys['series_id']}:{self.keys['province']}",
        }
        return Scope(kind, own[kind] if here else strange.get(kind, new_id()))

    def arguments(self, name: str, form: type[Input]) -> dict[str, Any]:
        """What a form needs, and what the world names for it."""
        special = self.given.get(f"{name}()", {})
        known = {"subject_id": new_id(), "reference": f"{self.hub.service.name}.timer/{new_id()}"}
        return {**needed(form(), {**known, **self.given}), **special}

    def answer(self, method: str, person: str, arguments: dict[str, Any]) -> set[str]:
        """The codes that a call is refused with, none where it is done."""
        try:
            self.hub.ask(method, person, **arguments)
        except Refused as refused:
            return set(refused.codes)
        return set()


def of_nothing(given: Any) -> Any:
    """The same arguments with the id of something that does not exist in the place of every id."""
    if isinstance(given, dict):
        return {name: of_nothing(each) for name, each in given.items()}
    if isinstance(given, list):
        return [of_nothing(each) for each in given]
    return new_id() if isinstance(given, str) and is_id(given) else given


def says(right: Right, held: tuple[Role, bool] | None, *, signed_in: bool) -> bool | None:
    """What a right says to somebody who holds this and whom no row names; None where it depends on the case."""
    answers = [_way_says(way, held, signed_in) for way in right.ways]
    return True if True in answers else None if None in answers else False


def _way_says(way: Any, held: tuple[Role, bool] | None, signed_in: bool) -> bool | None:
    if isinstance(way, Given):
        return None if _way_says(way.way, held, signed_in) is not False else False
    if isinstance(way, Holds):
        return held is not None and held[0] == way.role and (held[1] or not way.keys)
    if isinstance(way, Among):
        return None if held is not None and held[0] == way.role else False
    if isinstance(way, SomebodySignedIn):
        return signed_in and (None if way.words else True)
    return isinstance(way, Anybody)


def needed(form: marshmallow.Schema, given: dict[str, Any]) -> dict[str, Any]:
    chosen = {name for group in getattr(form, "either", ()) for name in group[:1]}
    return {
        name: given[name] if name in given else _least(field)
        for name, field in form.fields.items()
        if field.required or name in chosen
    }


def _least(field: fields.Field[Any]) -> Any:
    """The least that a field of a form takes; ids of things must be given."""
    if isinstance(field, fields.List):
        return [_least(field.inner)]
    if isinstance(field, fields.Nested):
        return needed(field.schema, {})
    if isinstance(field, fields.Enum):
        return next(iter(field.enum)).value
    for kind, least in LEAST.items():
        if isinstance(field, kind):
            return least
    raise AssertionError(f"what would {field!r} take?")


LEAST: dict[Any, Any] = {
    fields.AwareDateTime: "2026-05-01T00:00:00Z",
    fields.Date: "2026-05-01",
    fields.Boolean: True,
    fields.Integer: 1,
    fields.Dict: {},
    fields.String: "1",
}


@contextmanager
def undone(monkeypatch: pytest.MonkeyPatch, people: set[str]) -> Iterator[None]:
    """What these people do inside is answered and then rolled back, so that each finds the same world."""
    commit = Session.commit

    def only_for_others(session: Session) -> None:
        if session.viewer.id in people:
            session.rollback()
        else:
            commit(session)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", only_for_others)
        yield
