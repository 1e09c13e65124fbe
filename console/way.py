"""Way: how people sign in: as a persona of the demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """A role of the demo: what it is called, in both languages."""

    name: str
    title_zh: str
    title_en: str


@dataclass(frozen=True)
class Way:
    """`token_of` signs a persona in, by its name."""

    personas: Sequence[Persona]
    token_of: Callable[[str], str]
