"""Lists: every question of a service that is answered by a page or by ids, with arguments for the rows that were filled.

They are found by their forms, so a new list is asked by itself; an argument of a new name needs its line in `VALUES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

from marshmallow import ValidationError, fields

from contracts.forms import ByIds, Input
from kit.calls.rpc import Rpc
from kit.calls.service import Service
from kit.process.runtime import entrypoints
from tests.growth.filling import id_of

PAGE = 20
SEVERAL = 50
"""How many things are asked for at once, where a question takes many."""
MORE = 1000
"""Behind which row further pages of ids begin."""

TABLES: Mapping[str, str] = {
    "competition": "editions",
    "sheet": "score_sheets",
    "seat": "judge_seats",
    "quota": "quota_tree",
    "series": "series",
    "parent": "quota_tree",
    "section": "plan_sections",
    "item": "work_items",
    "subject": "memberships",
    "to": "organizations",
    "person_export": "person_parts",
    "gathered_by": "notices",
}
"""The tables of what questions name otherwise, else it is their plural."""

VALUES: Mapping[str, list[Any]] = {
    "first": [PAGE],
    "last": [PAGE],
    "province": ["340000"],
    "on": ["2026-06-30"],
    "on_day": ["2026-06-30"],
    "member_class": ["member_class1"],
    "region": ["341004", "341000", "340000"],
    "name": ["name1", "name77"],
    "search": ["fragment", "fragment77", "f"],
    "containing": ["text77"],
    "unit": ["教育局", "name77"],
    "group": ["A"],
    "subject_type": ["membership"],
    "since": ["2026-01-01T00:00:00Z"],
    "until": ["2026-12-31T00:00:00Z"],
    "prizes": [[3]],
    "version": [1],
    "secret": ["secret1"],
    "numbers": [[f"number{number}" for number in range(1, SEVERAL)]],
    "asked": [[{"membership_id": id_of("memberships", 1), "day": "2026-01-02"}]],
}


@dataclass(frozen=True)
class Question:
    """One way to ask for a list."""

    method: str
    arguments: Mapping[str, Any]

    @property
    def counts(self) -> bool:
        """Whether it only asks how long the list is."""
        return "counted" in self.arguments

    def __str__(self) -> str:
        said = [
            f"order_by {value}" if key == "order_by" else key for key, value in self.arguments.items() if key != "first"
        ]
        return f"{self.method}({', '.join(said)})"


def questions(service: type[Service]) -> Iterator[Question]:
    """Each list alone, and with each of its other arguments in turn, every choice of it too."""
    for method, entrypoint in entrypoints(service, Rpc):
        form = entrypoint.form() if entrypoint.reads and entrypoint.form else None
        if form and is_list(method, form):
            yield from _of(method, form)


def is_list(method: str, form: Input) -> bool:
    """Whether it answers with a page, or with things by their ids."""
    many = any(isinstance(field, fields.List) and name.endswith("ids") for name, field in form.fields.items())
    return many or "first" in form.fields or isinstance(form, ByIds) or method.endswith("_by_number")


def _of(method: str, form: Input) -> Iterator[Question]:
    for chosen in product(*form.either):
        yield from _with(method, form, chosen)


def _with(method: str, form: Input, chosen: tuple[str, ...]) -> Iterator[Question]:
    """The questions in which these are given, of the arguments of which exactly one must be."""
    needed = {name: field for name, field in form.fields.items() if field.required or name in chosen}
    always = {name: _values(method, name, field)[0] for name, field in needed.items()}
    always |= {"first": PAGE} if "first" in form.fields else {}
    yield Question(method, always)
    barred = {"after", "before", *always, *chain(*form.either)}
    for name, field in form.fields.items():
        if name not in barred:
            beside = {key: value for key, value in always.items() if name != "last" or key != "first"}
            yield from (Question(method, beside | {name: value}) for value in _values(method, name, field))


def _values(method: str, name: str, field: fields.Field[Any]) -> list[Any]:
    if name in VALUES:
        return VALUES[name]
    if isinstance(field, fields.Enum):
        return [choice.value for choice in field.enum if _is_taken(field, choice.value)]
    if isinstance(field, fields.Boolean):
        return [True]
    if name == "ids":
        return [_ids(_table(method.removesuffix("_by_id").removesuffix("s")))]
    if name.endswith("_ids"):
        return [_ids(_table(name.removesuffix("_ids")))]
    if name.endswith("_id") or name in TABLES:
        return [id_of(_table(name.removesuffix("_id")), 1)]
    raise AssertionError(f"the question {method} has an argument {name!r}, of which tests.growth.lists knows no value")


def _is_taken(field: fields.Field[Any], value: Any) -> bool:
    """Whether the form takes this choice, of those that there are."""
    try:
        field.deserialize(value)
    except ValidationError:
        return False
    return True


def _ids(table: str) -> list[str]:
    return [id_of(table, number) for number in range(1, SEVERAL + 1)]


def _table(thing: str) -> str:
    plural = {"y": "ies", "h": "hes"}
    return (
        TABLES.get(thing)
        or TABLES.get(f"{thing}s")
        or (thing[:-1] + plural[thing[-1]] if thing[-1] in plural and not thing.endswith(("ay",)) else f"{thing}s")
    )
