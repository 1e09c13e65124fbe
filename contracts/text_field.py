"""Text field: a text of a form, taken in its normal form (contracts.names)."""

from __future__ import annotations

from typing import Any

import marshmallow
from marshmallow import fields

from contracts.base import Refusal
from contracts.names import normal
from contracts.refusals import Invalid


class Text(fields.String):
    """A field of text of one line, or of several `lines`; `blank` where it may be."""

    def __init__(self, *, lines: bool, blank: bool, **options: Any) -> None:
        super().__init__(**options)
        self.lines, self.blank = lines, blank

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        given = super()._deserialize(value, attr, data, **kwargs)
        try:
            text = normal(given, lines=self.lines)
        except Refusal as refusal:
            raise marshmallow.ValidationError(as_fault(refusal)) from None
        if given and not text and not self.blank:
            raise marshmallow.ValidationError(Invalid.code)
        return text


def as_fault(refusal: Refusal) -> str:
    """The refusal as the fault of a field, from which a form makes it again."""
    said = "&".join(f"{name}={value}" for name, value in refusal.params.items())
    return f"{refusal.code} {said}".strip()
