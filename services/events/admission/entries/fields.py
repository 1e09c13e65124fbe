"""Fields: what an entry form asks beside its people, and every way in which answers do not fit, each named by its key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.base import Refusal
from contracts.events.admission.fields import FieldKind, FieldUnknown
from contracts.refusals import GivenTwice, Invalid, NotOneOf, OutOfRange, Required, TooLong

Field = Mapping[str, Any]
"""A field as it is kept: `contracts.events.admission.fields_forms.NewEntryField`, without what was not said."""
Answers = Sequence[tuple[str, str]]
"""By key, in the order in which they were given."""

USUAL_LENGTH = 200
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
_PHONE = re.compile(r"[0-9+() /-]{5,40}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
YES_NO = ("yes", "no")


def kept(field: Mapping[str, Any]) -> dict[str, Any]:
    """The field as it is kept."""
    return {name: value for name, value in field.items() if value is not None}


def as_given(answers: Sequence[Mapping[str, str]] | None) -> Answers:
    """The answers of a form."""
    return tuple((each["key"], each["value"]) for each in answers or ())


def answer_faults(fields: Sequence[Field], answers: Answers) -> Iterator[Refusal]:
    """What is unknown, given twice, missing or does not fit; the field of each fault is `answers.<key>`."""
    known, given = {field["key"]: field for field in fields}, set[str]()
    for key, value in answers:
        where = f"answers.{key}"
        if key not in known:
            yield FieldUnknown(where, key=key)
        elif key in given:
            yield GivenTwice(where, value=key)
        else:
            yield from _CHECKS[FieldKind(known[key]["kind"])](known[key], value, where)
        given.add(key)
    for key, field in known.items():
        if field.get("required") and key not in given:
            yield Required(f"answers.{key}")


def _text(field: Field, value: str, where: str) -> Iterator[Refusal]:
    longest = field.get("longest", USUAL_LENGTH)
    if len(value) > longest:
        yield TooLong(where, max=longest)


def _number(field: Field, value: str, where: str) -> Iterator[Refusal]:
    if not _NUMBER.fullmatch(value):
        yield Invalid(where)
        return
    least, most = field.get("least"), field.get("most")
    if (least is not None and Decimal(value) < least) or (most is not None and Decimal(value) > most):
        yield OutOfRange(where, min="" if least is None else least, max="" if most is None else most)


def _date(_field: Field, value: str, where: str) -> Iterator[Refusal]:
    try:
        fits = date.fromisoformat(value).isoformat() == value
    except ValueError:
        fits = False
    if not fits:
        yield Invalid(where)


def _chosen(field: Field, value: str, where: str) -> Iterator[Refusal]:
    choices = field.get("choices", YES_NO)
    if value not in choices:
        yield NotOneOf(where, choices=", ".join(choices))


def _like(pattern: re.Pattern[str]) -> Callable[[Field, str, str], Iterator[Refusal]]:
    def check(_field: Field, value: str, where: str) -> Iterator[Refusal]:
        if not pattern.fullmatch(value):
            yield Invalid(where)

    return check


_CHECKS: Mapping[FieldKind, Callable[[Field, str, str], Iterator[Refusal]]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _chosen,
    FieldKind.YES_NO: _chosen,
    FieldKind.PHONE: _like(_PHONE),
    FieldKind.EMAIL: _like(_EMAIL),
}
