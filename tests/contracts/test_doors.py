"""Doors: every text of every form is taken in its normal form, and what is not has a reason that stands here."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import marshmallow
import pytest
from marshmallow import fields

import contracts
from contracts import forms
from contracts.forms import Input
from contracts.names import normal
from contracts.text_field import Text
from tests.names.table import BLANK, PUT_RIGHT, REAL, REFUSED

ROOT = Path(next(iter(contracts.__path__)))
VERBATIM = {
    "after": "a cursor",
    "before": "a cursor",
    "code": "letters and digits, by a pattern",
    "commitment": "a digest",
    "csv": "a file, of which each cell is taken in its normal form",
    "file": "the bytes of a file, likewise",
    "group": "letters, by a pattern",
    "key": "a code, which an entry form has or has not",
    "kind": "a code, which a charter has or has not",
    "member_class": "a code, which a charter has or has not",
    "nonce": "a digest",
    "rubric_version": "a digest",
    "secret": "what was committed to, or a part of an address",
    "sha256": "a digest",
    "text": "a document, which is read by its layout",
    "ticket": "what the hub has signed",
    "token": "a part of an address",
}
"""The names of text fields that nothing is changed in, and why; ids, persons, regions and decimals are kinds of their own."""


def _forms() -> Iterator[type[Input]]:
    """Every form under contracts, and those that all services share."""
    modules = [
        importlib.import_module(".".join(("contracts", *file.relative_to(ROOT).with_suffix("").parts)))
        for file in sorted(ROOT.rglob("*_forms.py"))
    ]
    for module in (forms, *modules):
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, Input) and found.__module__ == module.__name__:
                yield found


def _texts(form: type[Input]) -> Iterator[tuple[str, fields.Field[Any]]]:
    """The text fields of a form and of the forms within it, lists by what they hold."""
    for name, field in form().fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from ((f"{name}.{step}", each) for step, each in _texts(type(inner.schema)))
        elif isinstance(inner, fields.String):
            yield name, inner


FIELDS = {f"{form.__name__}.{path}": field for form in _forms() for path, field in _texts(form)}
TEXTS = {name: field for name, field in FIELDS.items() if isinstance(field, Text)}


def _taken(field: fields.Field[Any], given: str) -> str:
    """What a field makes of a name: the text, or the code of what is wrong with it."""
    try:
        return str(field.deserialize(given))
    except marshmallow.ValidationError as error:
        return str(error.messages[0]).split(" ", maxsplit=1)[0]


def _has_its_own_kind(field: fields.Field[Any]) -> bool:
    """An id of any kind: by what it says of itself, it takes none of these names."""
    return all(_taken(field, name) in {"INVALID", "TOO_LONG", "TOO_SHORT"} for name in [*REAL.values(), *PUT_RIGHT])


def test_the_walk_finds_the_doors_that_there_are() -> None:
    assert {
        "RegisterOrganization.name_zh",
        "RegisterOrganization.aliases",
        "SubmitEntries.entries.members.name",
    } <= set(TEXTS)
    assert len(TEXTS) > 60


def test_every_text_is_taken_in_its_normal_form_but_for_those_that_have_a_reason() -> None:
    raw = {
        name.rpartition(".")[2] for name, field in FIELDS.items() if name not in TEXTS and not _has_its_own_kind(field)
    }

    assert raw - set(VERBATIM) == set()


@pytest.mark.parametrize("name", TEXTS)
def test_a_door_keeps_real_names_puts_right_what_nobody_sees_and_refuses_what_nobody_can_read(name: str) -> None:
    field = TEXTS[name]

    for given in REAL.values():
        assert _taken(field, given) in {given, "TOO_LONG", "INVALID"}, given
    for given, kept in PUT_RIGHT.items():
        assert _taken(field, given) in {kept, normal(given, lines=field.lines), "TOO_LONG", "INVALID"}, given
    for given, (code, _, _) in REFUSED.items():
        expected = "RADICAL" if code == "RADICAL_FOR_LETTER" and field.lines else code
        assert expected == "RADICAL" or _taken(field, given) == expected, given
    for given in BLANK:
        assert _taken(field, given) == ("" if field.blank else "INVALID")
