"""Once: what is known by a name is said in one place; a second one is refused where it is defined, not found out in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Said = TypeVar("Said")


class SaidTwice(TypeError):  # noqa: N818 - it says what is the case, as refusals do
    """Two places say one name; the text names both."""


def where(said: Any) -> str:
    """The place of a class or a function, as it is imported."""
    return f"{said.__module__}.{said.__qualname__}"


def once(known: dict[str, Said], name: str, said: Said, place: Callable[[Said], str] = where) -> None:
    """Let `said` be known by `name`; raises SaidTwice where another place has said it.

    The same place may say it again: a module that is loaded anew.
    """
    first = known.setdefault(name, said)
    if place(first) != place(said):
        raise SaidTwice(f"{name!r} stands twice: in {place(first)} and in {place(said)}")
    known[name] = said


def all_once(said: Iterable[tuple[str, str]]) -> None:
    """Raise SaidTwice where two of these (name, place) are one name."""
    places: dict[str, str] = {}
    for name, place in said:
        once(places, name, place, place=str)
