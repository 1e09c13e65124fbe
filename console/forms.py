"""Forms: what a browser sends when a button is pressed, read within bounds; files go elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.requests import Request

from console.answers import Problem, Stop, Trouble

LARGEST = 262_144  # bytes
LONGEST = 30.0  # seconds in which all of it has come
MOST_FIELDS = 1_000
KIND = "application/x-www-form-urlencoded"


async def read_form(request: Request, largest: int = LARGEST) -> FormData:
    """The fields and what stands in them; raises Stop for a form larger or slower than any of ours, or of another kind."""
    body = await _body(request, largest)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != KIND:
        raise Stop(Trouble("FORM_UNREADABLE", ""))
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:  # not UTF-8, or more fields than any form of ours has
        raise Stop(Trouble("FORM_UNREADABLE", "")) from None
    return FormData([*fields])


async def _body(request: Request, largest: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(LONGEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > largest:
                    raise Stop(Trouble("FORM_TOO_LARGE", ""))
    except TimeoutError:
        raise Stop(Trouble("FORM_UNREADABLE", "")) from None
    return bytes(body)


class Faults:
    """What was refused, by the field of the form that it is about; the rest is said above the form.

    `fields` leads from the path in the input to the name of the field, where the two differ.
    """

    def __init__(self, problems: Sequence[Problem] = (), fields: Mapping[str, str] | None = None) -> None:
        named = [(_named(each.field, fields or {}), each.message) for each in problems]
        self._by_field: dict[str, list[str]] = {}
        for name, message in named:
            self._by_field.setdefault(name, []).append(message)

    def __bool__(self) -> bool:
        return bool(self._by_field)

    def at(self, field: str) -> list[str]:
        """What is wrong with this field."""
        return self._by_field.get(field, [])

    def beside(self, fields: Sequence[str]) -> list[str]:
        """What is wrong and belongs to none of these fields."""
        return [message for name, said in self._by_field.items() if name not in fields for message in said]


def _named(path: str, fields: Mapping[str, str]) -> str:
    return fields.get(path, path)


def given(**values: Any) -> dict[str, Any]:
    """Only what was filled in: an empty field is none."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def lines(text: str) -> list[str]:
    """What was typed one a line, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
