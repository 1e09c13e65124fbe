"""Forms: the arguments of a call, said once: the service reads a form, the graph makes its inputs from it.

Every text is taken in its normal form (contracts.names), so that no form has to think of it; what must stay as it is given
is `verbatim`. Every field word takes `says`: one plain English sentence about the field, which the graph shows together
with the field's bounds. What the graph shows has one; a house test looks. Every fault has a code of its own and names its
field.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

import marshmallow
from marshmallow import fields, validate

from contracts.base import Refusal
from contracts.documents import fault, storable
from contracts.ids import RESERVED, is_id
from contracts.refusals import Invalid, InvalidInput, NotOneOf, OutOfRange, Required, TooLong, TooShort, UnknownField
from contracts.text_field import Text, as_fault
from contracts.times import FIRST_DAY, LAST_DAY, within

LONGEST_PATH = 200
_CODES: dict[str, Any] = {
    "required": Required.code,
    "null": Required.code,
    "validator_failed": Invalid.code,
    "invalid": Invalid.code,
    "invalid_utf8": Invalid.code,
    "format": Invalid.code,
    "too_large": Invalid.code,
    "special": Invalid.code,
    "type": Invalid.code,
    "invalid_datetime": Invalid.code,
    "naive": Invalid.code,
    "invalid_awareness": Invalid.code,
    "unknown": NotOneOf.code,
}


class Input(marshmallow.Schema):
    """The form of one command's or query's arguments; fields that it does not name are refused.

    A form that the graph shows has the name of its method, as AdmitMember of `admit_member`, stands in
    `contracts/<service>/`, and says in its docstring what the call does.
    """

    class Meta:
        unknown = marshmallow.RAISE

    error_messages = {"unknown": UnknownField.code, "type": Invalid.code}  # noqa: RUF012 - as marshmallow wants it
    either: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of optional fields of which exactly one is given; a fault is shown at the first of them."""
    unshown: ClassVar[tuple[str, ...]] = ()
    """Fields that are no arguments in the graph: it gives them itself."""

    @marshmallow.validates_schema
    def _exactly_one(self, data: dict[str, Any], **_: Any) -> None:
        for names in self.either:
            given = [name for name in names if data.get(name) is not None]
            if len(given) != 1:
                raise marshmallow.ValidationError(Invalid.code if given else Required.code, names[0])


def read(form: Input, arguments: dict[str, Any]) -> dict[str, Any]:
    """The checked arguments, in Python's types; raises InvalidInput with one problem a field."""
    try:
        return dict(form.load(arguments))
    except marshmallow.ValidationError as error:
        raise InvalidInput(*_faults(error.messages)) from None


def faults(form: Input, arguments: dict[str, Any]) -> list[Refusal]:
    """Everything that is wrong with a document by a form, nothing where it fits."""
    return list(_faults(form.validate(arguments)))


def _faults(messages: Any, path: tuple[str, ...] = ()) -> Iterator[Refusal]:
    if isinstance(messages, dict):
        for name, inner in messages.items():
            step = () if name == marshmallow.exceptions.SCHEMA else (_camel(str(name)),)
            yield from _faults(inner, (*path, *step))
    else:
        yield _fault(str(messages[0]), _said(path))


def _said(path: tuple[str, ...]) -> str | None:
    """Where a fault is; a name that nobody could keep or read is left out, for the refusal itself may be kept."""
    said = ".".join(path)[:LONGEST_PATH]
    return said if said and storable(said) else None


def _fault(message: str, field: str | None) -> Refusal:
    """`TOO_LONG max=200` → TooLong(field, max=200)."""
    code, *params = message.split(" ", 1)
    found = Refusal.known().get(code, Invalid)
    values = dict(param.split("=", 1) for param in params[0].split("&")) if params else {}
    return found(field, **values)


def _camel(name: str) -> str:
    """The name as GraphQL spells it."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def text(
    *,
    says: str = "",
    min: int = 1,  # noqa: A002
    max: int = 200,  # noqa: A002
    required: bool = True,
    lines: bool = False,
    pattern: str = "",
) -> fields.String:
    """A name or other text of one line, or one of several `lines`; not blank unless `min` is 0; a `pattern` narrows it."""
    checks = [_length(min, max), *([validate.Regexp(pattern, error=Invalid.code)] if pattern else [])]
    options = _options(required, says, f"At most {max:,} characters.")
    return Text(lines=lines, blank=not min, validate=checks, **options)


def verbatim(
    *,
    says: str = "",
    min: int = 1,  # noqa: A002
    max: int = 200,  # noqa: A002
    required: bool = True,
    pattern: str = "",
) -> fields.String:
    """A text of which nothing may be changed: a key, a secret, a file; a `pattern` says all that may stand in it."""
    storable = r"(?=[^\x00\ud800-\udfff]*\Z)"
    checks = [_length(min, max), validate.Regexp(storable + (pattern or (r"\s*\S" if min else "")), error=Invalid.code)]
    bounds = "" if pattern else f"At most {max:,} characters."
    return fields.String(validate=checks, **_options(required, says, bounds))


def searched() -> fields.String:
    """What a list is searched for by the names of its things (procedures.search)."""
    said = (
        "Only those with a name in which this occurs: any part of a Chinese name, its pinyin or their initials from a "
        "syllable on, any other name from a word on. Names that begin so come first; a single character finds only them. "
        "A page that ends early has a next one."
    )
    return text(says=said, max=100, required=False)


def identifier(node: str | None = None, *, says: str = "", required: bool = True) -> fields.String:
    """The id of something in the hub; `node` is its type in the graph, which takes the global id in its place."""
    bounds = f"Node: {node}." if node else ""
    return fields.String(validate=_check(is_id), **_options(required, says, bounds, node=node))


def region(*, says: str = "", required: bool = True) -> fields.String:
    """The code of an administrative region (GB/T 2260)."""
    return verbatim(says=f"{says} GB/T 2260 code, six digits.", pattern=r"[0-9]{6}\Z", required=required)


def digest(*, says: str = "", required: bool = True) -> fields.String:
    """A SHA-256 in hexadecimal digits."""
    return verbatim(says=f"{says} 64 hexadecimal digits.", pattern=r"[0-9a-f]{64}\Z", required=required)


def decimal(*, says: str = "", required: bool = True) -> fields.String:
    """A decimal number as text, such as "8.5": points and scores are never binary numbers."""
    checks = [_length(1, 20), validate.Regexp(r"-?[0-9]{1,9}(\.[0-9]{1,6})?\Z", error=Invalid.code)]
    return fields.String(validate=checks, **_options(required, says, decimal=True))


def person(*, says: str = "", required: bool = True) -> fields.String:
    """The id of a person: the subject of their token."""
    return verbatim(
        says=f"{says} The subject of their token.", max=255, required=required, pattern=rf"(?!(?i:{RESERVED}))[!-~]+\Z"
    )


def choice(enum: type[StrEnum], *, says: str = "", required: bool = True) -> fields.Enum[StrEnum]:
    """One of an enumeration's values."""
    choices = ", ".join(item.value for item in enum)
    options = _options(required, says)
    options["error_messages"] = {**_CODES, "unknown": f"{NotOneOf.code} choices={choices}"}
    return fields.Enum(enum, by_value=True, **options)


def whole(*, says: str = "", min: int, max: int, required: bool = True) -> fields.Integer:  # noqa: A002
    """A whole number between two bounds, both included."""
    within = validate.Range(min, max, error=f"{OutOfRange.code} min={min}&max={max}")
    return fields.Integer(strict=True, validate=within, **_options(required, says, f"From {min:,} to {max:,}."))


def flag(*, says: str = "", required: bool = True) -> fields.Boolean:
    return fields.Boolean(truthy={True}, falsy={False}, **_options(required, says))


def day(*, says: str = "", required: bool = True) -> fields.Date:
    """A calendar day, ISO 8601, in the years of contracts.times."""
    return fields.Date(validate=_timely, **_options(required, says))


def instant(*, says: str = "", required: bool = True) -> fields.AwareDateTime:
    """A moment with its time zone, RFC 3339, in the years of contracts.times."""
    return fields.AwareDateTime(validate=_timely, **_options(required, says))


def listing(
    item: fields.Field[Any],
    *,
    says: str = "",
    min: int = 0,  # noqa: A002
    max: int = 100,  # noqa: A002
    required: bool = True,
) -> fields.List[Any]:
    """A bounded list."""
    bounds = f"At most {max:,}." if not min else f"From {min} to {max:,} of them."
    bounds = " ".join(filter(None, (bounds, item.metadata.get("bounds") if item.metadata.get("node") else "")))
    return fields.List(item, validate=_length(min, max), **_options(required, says, bounds))


def mapping(*, says: str = "", required: bool = True) -> fields.Dict:
    """A JSON object that can be kept (contracts.documents); what must stand in it is another form's business."""
    return fields.Dict(keys=fields.String(), validate=_keepable, **_options(required, says))


def nested(form: type[Input], *, says: str = "", required: bool = True) -> fields.Nested:
    """A form within a form."""
    return fields.Nested(form, **_options(required, says))


def _options(required: bool, says: str, bounds: str = "", **known: Any) -> dict[str, Any]:
    """What every field takes; its metadata hold what the graph shows."""
    return {
        "required": required,
        "allow_none": not required,
        "error_messages": _CODES,
        "metadata": {"says": says, "bounds": bounds, **known},
    }


def _length(least: int, most: int) -> Any:
    def check(value: Any) -> None:
        if len(value) < least:
            raise marshmallow.ValidationError(f"{TooShort.code} min={least}")
        if len(value) > most:
            raise marshmallow.ValidationError(f"{TooLong.code} max={most}")

    return check


def _timely(time: date) -> None:
    if not within(time):
        raise marshmallow.ValidationError(f"{OutOfRange.code} min={FIRST_DAY}&max={LAST_DAY}")


def _keepable(document: dict[str, Any]) -> None:
    if found := fault(document):
        raise marshmallow.ValidationError(as_fault(found))


def _check(holds: Any) -> Any:
    def check(value: Any) -> None:
        if not holds(value):
            raise marshmallow.ValidationError(Invalid.code)

    return check


MOST_ASKED = 500
"""How many things one call of the kind of `membership_statuses_on` asks about."""


class Page(Input):
    """Which part of a list: the first so many behind a cursor."""

    first = whole(min=1, max=100, required=False, says="How many to return; 20 by default.")
    after = verbatim(max=500, required=False, says="Start the page after this cursor.")


class ByIds(Input):
    """Things by their ids, many in one call; those that are not there, or not for the viewer, are left out."""

    ids = listing(identifier(), min=1, max=100)


class Nothing(Input):
    """A call that takes no arguments."""
