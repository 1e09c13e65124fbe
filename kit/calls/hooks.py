"""Hooks: a family says that something has come about, and families above it, which it does not know, do what follows.

Everything happens in the transaction of the one that says it. Where what follows may come later, or in another process,
a message is the better way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable[..., Any])

RESTORED = "restored"
"""The database was restored from a backup: `def hold(self, session, until)` holds what may have been done in the world
since, up to the moment `until` when it was lost."""


def hook(name: str) -> Callable[[Method], Method]:
    """Marks a service method to be called wherever `Service.hooked(name)` is; several families may follow one hook."""

    def mark(method: Method) -> Method:
        method.hook = name  # type: ignore[attr-defined]
        return method

    return mark


def hooks_of(service_class: type[Any], name: str) -> list[str]:
    """The names of the methods that follow a hook, in the order in which the families were composed."""
    return [
        method_name
        for each in service_class.__mro__
        for method_name, method in vars(each).items()
        if getattr(method, "hook", None) == name
    ]
