"""Documents: which JSON values from outside can be passed on, kept in both databases, and read the same everywhere.

PostgreSQL holds no NUL and no half of a surrogate pair, JSON neither NaN nor infinity, and a whole number beyond 53 bits
is another one in some of its readers (RFC 7493).
"""

from __future__ import annotations

import math
import re
from typing import Any

from contracts.base import Refusal
from contracts.refusals import Invalid, OutOfRange, TooDeep, TooLong

DEEPEST = 64
LARGEST = 2**53 - 1
MOST_VALUES = 50_000
"""In one document, keys included: a variable that stands in many places of a literal would else make any number of them."""
MOST_CHARACTERS = 2_000_000
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def storable(text: str) -> bool:
    """Whether both databases can hold a text."""
    return not _UNSTORABLE.search(text)


def fault(document: Any, field: str | None = None) -> Refusal | None:
    """What is wrong with a document: Invalid, OutOfRange, TooLong or TooDeep; None where it can be kept.

    Walks level by level, so that no depth is too much for it.
    """
    level, values, characters = [document], 0, 0
    for _ in range(DEEPEST + 1):
        values += len(level)
        characters += sum(len(value) for value in level if isinstance(value, str))
        if values > MOST_VALUES or characters > MOST_CHARACTERS:
            return TooLong(field, max=MOST_VALUES if values > MOST_VALUES else MOST_CHARACTERS)
        if wrong := next(filter(None, (_fault_of(value, field) for value in level)), None):
            return wrong
        level = [each for value in level for each in _within(value)]
        if not level:
            return None
    return TooDeep(field, max=DEEPEST)


def _within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _fault_of(value: Any, field: str | None) -> Refusal | None:
    match value:
        case None | bool() | dict() | list():
            return None
        case str():
            return None if storable(value) else Invalid(field)
        case int():
            return None if abs(value) <= LARGEST else OutOfRange(field, min=-LARGEST, max=LARGEST)
        case float():
            return None if math.isfinite(value) else Invalid(field)
        case _:
            return Invalid(field)
