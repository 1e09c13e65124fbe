"""Enums: what is one of several in the contracts, as the graph shows it, with what each value means."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from functools import cache
from inspect import getdoc
from typing import Any

import graphene


@cache
def enum(choices: type[StrEnum]) -> Any:
    """The enum of the graph; its name, its values and their sentences are those of the contract."""

    def says(choice: StrEnum | None) -> str | None:
        return getdoc(choices) if choice is None else getattr(choice, "says", None)

    return graphene.Enum.from_enum(choices, description=says)


def enum_of(name: str, says: str, values: Mapping[str, str]) -> Any:
    """The enum of what is written by itself, as a code: its values on the wire, which name them here, and their sentences."""

    def sentence(value: Enum | None) -> str:
        return says if value is None else values[value.value]

    return graphene.Enum(name, [(value.upper(), value) for value in values], description=sentence)
