"""Inventory: every message and every refusal of the contracts, whichever of their modules a process has imported."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from contracts.base import Message, MessageClass, Refusal, RefusalClass

_ROOT = Path(__file__).parent


def messages() -> list[MessageClass]:
    """By type. What others define, as tests do, is not among them."""
    _import_all()
    return [each for _, each in sorted(Message.known().items()) if _is_of_contracts(each)]


def refusals() -> list[RefusalClass]:
    """By code. What others define, as the gateway does about tokens, is not among them."""
    _import_all()
    return [each for _, each in sorted(Refusal.known().items()) if _is_of_contracts(each)]


def define_all(package: str) -> None:
    """Import what a package says and refuses, but for its forms, which only those import who read them."""
    for path in sorted(_ROOT.parent.joinpath(*package.split(".")).rglob("*.py")):
        if not path.stem.endswith("_forms") and path.stem != "__init__":
            _import(path)


@cache
def _import_all() -> None:
    for path in sorted(_ROOT.rglob("*.py")):
        _import(path)


def _import(path: Path) -> None:
    steps = path.relative_to(_ROOT.parent).with_suffix("").parts
    import_module(".".join(steps).removesuffix(".__init__"))


def _is_of_contracts(defined: type) -> bool:
    return defined.__module__.startswith("contracts.")
