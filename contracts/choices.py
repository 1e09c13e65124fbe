"""Choices: enumerations whose every value says in a sentence what it means, which the graph shows."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """The base of an enumeration; a member is written as its value on the wire and its sentence."""

    says: str

    def __new__(cls, value: str, says: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member
