"""Composition: a service is its families put together; what two of them bring by one name is refused where they meet."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.once import all_once, where

MARKS = ("timer", "pump", "job")
"""What is written on a method by which it is found: names that stand once in a service, whatever the methods are called."""
SAID_BY_THE_SERVICE = {"name", "tables"}


def refuse_doubles(service: type) -> None:
    """Raise SaidTwice, with both places, where two classes that `service` inherits from bring the same name.

    Python would take the first and never mention the second: a method that is not called, a timer that does nothing.
    """
    all_once(_brought(service))


def _brought(service: type) -> Iterator[tuple[str, str]]:
    for family in service.__mro__:
        for name, brought in vars(family).items():
            if name.startswith("__") or name in SAID_BY_THE_SERVICE:
                continue
            place = f"{where(family)}.{name}"
            yield name, place
            for mark in MARKS:
                if hasattr(brought, mark):
                    yield f"{mark} {getattr(brought, mark)}", place
