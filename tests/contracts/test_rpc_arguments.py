"""RPC arguments: they only grow, so that a gateway of the last release can call a service of this one.

`rpc_arguments.json` lists what the last release took. When a release is made, `REWRITE=1 pytest` on this file writes it anew.
"""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from hub.services import all_services
from kit.calls.rpc import Rpc
from kit.process.runtime import entrypoints

LISTING = Path(__file__).with_name("rpc_arguments.json")
NARROWED = {
    "alliances.grant_role.scope_type": "nothing else ever named a scope",
    "alliances.revoke_role.scope_type": "nothing else ever named a scope",
}
Said = dict[str, Any]


def now() -> Said:
    """What every method takes: by argument its kind, whether it is required, its bounds and what is within."""
    return {
        f"{service.name}.{method}": arguments(form)
        for service in all_services()
        for method, _ in entrypoints(service, Rpc)
        if (form := form_of(getattr(service, method)))
    }


def form_of(method: Any) -> Schema | None:
    """The form that `command` or `query` was given; `batch` and `history` are the kit's own."""
    form: Schema | None = inspect.getclosurevars(method).nonlocals.get("form")
    return form


def arguments(form: Schema) -> Said:
    return {name: {"required": field.required, **kind(field)} for name, field in sorted(form.fields.items())}


def kind(field: fields.Field[Any]) -> Said:
    name = "String" if isinstance(field, fields.String) else type(field).__name__  # a text is a string on the wire
    said: Said = {"kind": name, **bounds(field)}
    if isinstance(field, fields.List):
        return {**said, "of": kind(field.inner)}
    if isinstance(field, fields.Nested):
        return {**said, "within": arguments(field.schema)}
    if isinstance(field, fields.Enum):
        return {**said, "choices": sorted(str(each.value) for each in field.enum)}
    return said


def bounds(field: fields.Field[Any]) -> Said:
    for check in field.validators:
        if isinstance(check, validate.Range):
            return {"least": check.min, "most": check.max}
        known = inspect.getclosurevars(check).nonlocals if inspect.isfunction(check) else {}
        if {"least", "most"} <= known.keys():
            return {"least": known["least"], "most": known["most"]}
    return {}


def narrowed(before: Said, after: Said, path: str) -> Iterator[str]:
    """Where a set of arguments takes less than it did."""
    for name, said in before.items():
        if name not in after:
            yield f"{path}.{name} is gone"
        elif f"{path}.{name}" not in NARROWED:
            yield from narrowed_argument(said, after[name], f"{path}.{name}")
    yield from (
        f"{path}.{name} is new and required" for name in after.keys() - before.keys() if after[name]["required"]
    )


def narrowed_argument(before: Said, after: Said, path: str) -> Iterator[str]:
    if before["kind"] != after["kind"]:
        yield f"{path} is {after['kind']}, was {before['kind']}"
        return
    if after.get("required") and not before["required"]:
        yield f"{path} is required"
    if "most" in after and not (after["least"] <= before.get("least", 0) and before.get("most", inf) <= after["most"]):
        yield f"{path} has narrower bounds"
    yield from (
        f"{path} no longer takes {each}" for each in set(before.get("choices", ())) - set(after.get("choices", ()))
    )
    if "of" in before:
        yield from narrowed_argument(before["of"], after["of"], f"{path}[]")
    yield from narrowed(before.get("within", {}), after.get("within", {}), path) if "within" in before else ()


def test_what_a_method_takes_only_grows() -> None:
    if os.environ.get("REWRITE"):
        LISTING.write_text(json.dumps(now(), indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    before, after = json.loads(LISTING.read_text()), now()

    gone = [f"{method} is gone" for method in before.keys() - after.keys()]
    less = [each for method in before.keys() & after.keys() for each in narrowed(before[method], after[method], method)]

    assert gone + less == []


TEXT = {"required": False, "kind": "String", "least": 1, "most": 9}


@pytest.mark.parametrize(
    "after",
    [
        {},
        {"a": {**TEXT, "required": True}},
        {"a": {**TEXT, "most": 8}},
        {"a": {**TEXT, "least": 2}},
        {"a": {**TEXT, "kind": "Integer"}},
        {"a": TEXT, "b": {**TEXT, "required": True}},
    ],
)
def test_every_way_of_taking_less_is_seen(after: Said) -> None:
    assert list(narrowed({"a": TEXT}, after, "m"))


@pytest.mark.parametrize("after", [{"a": TEXT}, {"a": {**TEXT, "most": 10}}, {"a": TEXT, "b": TEXT}])
def test_taking_more_is_no_fault(after: Said) -> None:
    assert list(narrowed({"a": TEXT}, after, "m")) == []
