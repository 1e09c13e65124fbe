"""Rings: families that import each other in a circle, found from the imports themselves; `make rings` prints how many there are.

A family is a folder with Python files in it; in the kit, a module of its own at the root counts as one too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.house.sources import ROOT, sources, tree

PLACES = ("services/alliances", "services/events", "services/notify", "services/projects", "gateway/graph", "kit")
Imports = Mapping[str, set[str]]


def families(place: str) -> Imports:
    """Which family of this place imports which others."""
    found: dict[str, set[str]] = {}
    for path in sources(place):
        own = _family(place, path)
        if own is not None:
            found.setdefault(own, set()).update(_imported(place, path) - {own})
    return found


def rings(imports: Imports) -> list[list[str]]:
    """Every ring, until none is left when the import that closes each is taken away."""
    left = {family: set(others) for family, others in imports.items()}
    found = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            ring = error.args[1]
            found.append(ring)
            left[ring[1]].discard(ring[0])
        else:
            return found


def _imported(place: str, path: Path) -> set[str]:
    modules = (module for node in ast.walk(tree(path)) for module in _modules(node))
    families_ = (_family(place, found) for module in modules for found in _files(module))
    return {family for family in families_ if family is not None}


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files(module: str) -> Iterator[Path]:
    path = ROOT / (module.replace(".", "/") + ".py")
    if path.exists():
        yield path


def _family(place: str, path: Path) -> str | None:
    """The folder of a file below this place, or its own name at the root; what composes a place is no family."""
    inside = path.relative_to(ROOT / place) if path.is_relative_to(ROOT / place) else None
    if inside is None:
        return None
    return str(inside.parent if len(inside.parts) > 1 else inside.with_suffix(""))


def main() -> None:
    for place in PLACES:
        imports = families(place)
        found = rings(imports)
        print(f"{place}: {len(imports)} families, {len(found)} rings")
        for ring in found:
            print("   " + " <- ".join(ring))


if __name__ == "__main__":
    main()
