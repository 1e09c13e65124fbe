"""Writing: the function that shows the fields of one object, as Python source, since this is where an answer's time goes.

For `{ name kind members { … } }` it reads:

    def Alliance(source, run, place):
        get = source.get if source.__class__ is dict else reader(source)
        run.fields += 3
        shown = blank.copy()
        v = get('name_zh')
        shown['name'] = v if v.__class__ is str else show_0(v, source, run, place, shown)
        v = get('kind')
        shown['kind'] = (known_1(v) if v.__class__ is str else None) or show_1(v, source, run, place, shown)
        shown['members'] = show_2(None, source, run, place, shown)
        return shown

What is as expected is shown at once; `show_0` and so on, which see to all else, are closures of the compiler.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from gateway.executing.run import Holder, Place, Run, Shown

Show = Callable[[Any, Any, Run, Place, Holder], Any]
"""Shows a field: by what its parent holds, by its parent itself, in which run, at which place, within which holder."""
Known = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its key in the answer, what shows it with all care, and what can be shown at once.

    `name` is what its parent holds it under, if it does; `expected` a condition on that value `v`, under which it is shown
    as it is; `known` a table of what is shown for a text.
    """

    key: str
    show: Show
    name: str | None = None
    expected: str | None = None
    known: Known | None = None

    def lines(self, number: int) -> Iterator[str]:
        careful = f"show_{number}({'None' if self.name is None else 'v'}, source, run, place, shown)"
        if self.name is not None:
            yield f"v = get({self.name!r})"
        if self.known:
            yield f"shown[{self.key!r}] = (known_{number}(v) if v.__class__ is str else None) or {careful}"
        elif self.expected:
            yield f"shown[{self.key!r}] = v if {self.expected} else {careful}"
        else:
            yield f"shown[{self.key!r}] = {careful}"


def source_of(name: str, rows: list[Row]) -> str:
    """The text of the function; `name` is that of the type, for who reads a traceback."""
    lines = [
        "get = source.get if source.__class__ is dict else reader(source)",
        f"run.fields += {len(rows)}",
        "shown = blank.copy()",
        *(line for number, row in enumerate(rows) for line in row.lines(number)),
        "return shown",
    ]
    return "\n    ".join([f"def {name}(source, run, place):", *lines])


def written(name: str, rows: list[Row]) -> Shown:
    """The function; only names that GraphQL allows come into its text, and as literals."""
    blank = dict.fromkeys(row.key for row in rows)  # a copy is as large as it will be, and in order
    words: dict[str, Any] = {"blank": blank, "reader": reader, "isfinite": isfinite}
    for number, row in enumerate(rows):
        words[f"show_{number}"], words[f"known_{number}"] = row.show, row.known
    exec(compile(source_of(name, rows), f"<{name}>", "exec"), words)
    shown: Shown = words[name]
    return shown


def reader(source: Any) -> Callable[[str], Any]:
    """Reads what is no dictionary by its attributes; what reading raises is the value, and raised where that is shown."""
    if isinstance(source, dict):
        return source.get

    def get(name: str) -> Any:
        try:
            return getattr(source, name, None)
        except Exception as error:  # noqa: BLE001 - told at the place of the field
            return error

    return get
