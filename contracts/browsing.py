"""Browsing: which part of a list a call asks for: from either end, in an order of the caller's choice, or only counted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

import marshmallow
from marshmallow import validate
from marshmallow.fields import Enum

from contracts.choices import Choice
from contracts.forms import Page, choice, flag, verbatim, whole
from contracts.refusals import Invalid, NotOneOf

MOST_COUNTED: Final = 10_000
"""How far a list is counted."""


class ByAge(Choice):
    """In which order a list is read that things join one after the other, and of some lists by what they are called."""

    OLDEST = "oldest", "What came first stands first."
    NEWEST = "newest", "What came last stands first."
    NAME = "name", "By name, Chinese by pinyin; of those lists that say so."


@dataclass(frozen=True)
class Stretch:
    """So many `first` things behind the cursor `after`, or so many `last` ones in front of the cursor `before`.

    `order_by` is one of the orders that the list has; where the stretch is only `counted`, the rest says nothing.
    """

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    order_by: str | None = None
    counted: bool = False

    @property
    def backwards(self) -> bool:
        """Whether it is read from the end of the list."""
        return self.last is not None or self.before is not None

    @property
    def size(self) -> int | None:
        return self.last if self.backwards else self.first

    @property
    def cursor(self) -> str | None:
        return self.before if self.backwards else self.after

    @property
    def field(self) -> str:
        """What the cursor was given as, for who is refused it."""
        return "before" if self.backwards else "after"


START = Stretch()
"""The first page, as long as a page is where nobody says."""


class Browsed(Page):
    """A list that can be read from either end and counted; a method takes all that says which as one `stretch`."""

    last = whole(min=1, max=100, required=False, says="How many to return, counted from the end, in place of `first`.")
    before = verbatim(max=500, required=False, says="End the page before this cursor; goes with `last`.")
    counted = flag(required=False)
    unshown = ("counted",)

    @marshmallow.validates_schema
    def _one_way(self, data: dict[str, Any], **_: Any) -> None:
        forwards, backwards = ([name for name in names if data.get(name) is not None] for names in _WAYS)
        if forwards and backwards:
            raise marshmallow.ValidationError(Invalid.code, backwards[0])

    @marshmallow.post_load
    def _as_stretch(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = {name: data.pop(name) for name in _PARTS if name in data}
        return {**data, "stretch": Stretch(**{name: value for name, value in given.items() if value is not None})}


_WAYS = (("first", "after"), ("last", "before"))
_PARTS = tuple(field.name for field in fields(Stretch))


def ordered(orders: type[ByAge], usual: ByAge = ByAge.OLDEST, *, named: bool = False) -> Enum[Any]:
    """In which of its orders a list is read, `named` by name too; in the `usual` one where nobody says."""
    says = f"In which order; {usual.name} by default, {'and NAME too' if named else 'and never NAME'}."
    found = choice(orders, required=False, says=says)
    if not named:
        found.validators.append(_NOT_BY_NAME)
    return found


_NOT_BY_NAME = validate.NoneOf([ByAge.NAME], error=f"{NotOneOf.code} choices={ByAge.OLDEST}, {ByAge.NEWEST}")
