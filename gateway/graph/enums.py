"""Enums: an enumeration of the contracts as the graph shows it, made once, with what its values mean."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

import graphene


@cache
def enum(choices: type[StrEnum]) -> Any:
    """The enum of the graph; its name, its values and their sentences are those of the contract."""

    def says(choice: StrEnum | None) -> str | None:
        return choices.__doc__ if choice is None else getattr(choice, "says", None)

    return graphene.Enum.from_enum(choices, description=says)
