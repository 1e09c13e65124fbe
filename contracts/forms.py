"""Schemas: the forms of input, built on marshmallow; every fault has a code of its own and names its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import marshmallow
from marshmallow import fields, validate

from contracts.base import Refusal
from contracts.ids import is_id
from contracts.refusals import Invalid, InvalidInput, NotOneOf, OutOfRange, Required, TooLong, TooShort, UnknownField

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
    """The form of one command's or query's arguments; fields that it does not name are refused."""

    class Meta:
        unknown = marshmallow.RAISE

    error_messages = {"unknown": UnknownField.code, "type": Invalid.code}  # noqa: RUF012 - as marshmallow wants it


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
        yield _fault(str(messages[0]), ".".join(path) or None)


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


def text(*, min: int = 1, max: int = 200, required: bool = True, pattern: str | None = None) -> fields.String:  # noqa: A002
    """One or more lines of text, not only blank, without NUL and lone surrogates (PostgreSQL cannot hold them)."""
    storable = r"(?=[^\x00\ud800-\udfff]*\Z)"
    checks: list[Any] = [
        _length(min, max),
        validate.Regexp(storable + r"\s*\S" if min else storable, error=Invalid.code),
    ]
    if pattern:
        checks.append(validate.Regexp(pattern, error=Invalid.code))
    return fields.String(required=required, allow_none=not required, validate=checks, error_messages=_CODES)


def identifier(*, required: bool = True) -> fields.String:
    """The id of something in the hub."""
    return fields.String(required=required, allow_none=not required, validate=_check(is_id), error_messages=_CODES)


def person(*, required: bool = True) -> fields.String:
    """The id of a person: the subject of their token."""
    return text(max=255, required=required, pattern=r"[!-~]+\Z")


def choice(enum: type[StrEnum], *, required: bool = True) -> fields.Enum[StrEnum]:
    """One of an enumeration's values."""
    choices = ", ".join(item.value for item in enum)
    return fields.Enum(
        enum,
        by_value=True,
        required=required,
        allow_none=not required,
        error_messages={**_CODES, "unknown": f"{NotOneOf.code} choices={choices}"},
    )


def whole(*, min: int, max: int, required: bool = True) -> fields.Integer:  # noqa: A002
    """A whole number between two bounds, both included."""
    return fields.Integer(
        strict=True,
        required=required,
        allow_none=not required,
        validate=validate.Range(min, max, error=f"{OutOfRange.code} min={min}&max={max}"),
        error_messages=_CODES,
    )


def flag(*, required: bool = True) -> fields.Boolean:
    return fields.Boolean(
        required=required, allow_none=not required, truthy={True}, falsy={False}, error_messages=_CODES
    )


def day(*, required: bool = True) -> fields.Date:
    """A calendar day, ISO 8601."""
    return fields.Date(required=required, allow_none=not required, error_messages=_CODES)


def instant(*, required: bool = True) -> fields.AwareDateTime:
    """A moment with its time zone, RFC 3339."""
    return fields.AwareDateTime(
        required=required, allow_none=not required, validate=_check(_has_utc), error_messages=_CODES
    )


def listing(item: fields.Field[Any], *, min: int = 0, max: int = 100, required: bool = True) -> fields.List[Any]:  # noqa: A002
    """A bounded list."""
    return fields.List(
        item, required=required, allow_none=not required, validate=_length(min, max), error_messages=_CODES
    )


def mapping(*, required: bool = True) -> fields.Dict:
    """Names with any values; what they must be is another form's business."""
    return fields.Dict(keys=fields.String(), required=required, allow_none=not required, error_messages=_CODES)


def nested(form: type[Input], *, required: bool = True) -> fields.Nested:
    """A form within a form."""
    return fields.Nested(form, required=required, allow_none=not required, error_messages=_CODES)


def _length(least: int, most: int) -> Any:
    def check(value: Any) -> None:
        if len(value) < least:
            raise marshmallow.ValidationError(f"{TooShort.code} min={least}")
        if len(value) > most:
            raise marshmallow.ValidationError(f"{TooLong.code} max={most}")

    return check


def _has_utc(moment: datetime) -> bool:
    """Whether the moment lies within the years 1 to 9999 in UTC too."""
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True


def _check(holds: Any) -> Any:
    def check(value: Any) -> None:
        if not holds(value):
            raise marshmallow.ValidationError(Invalid.code)

    return check


class Page(Input):
    """Which part of a list: the first so many behind a cursor."""

    first = whole(min=1, max=100, required=False)
    after = text(max=500, required=False)
