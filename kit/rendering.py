"""Rendering: rows as they look from outside, each by itself, so that one that fails takes no other with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from contracts.base import Refusal
from kit.ids import new_id
from kit.telemetry import metrics
from kit.telemetry.logs import log

Row = TypeVar("Row")
Seen = TypeVar("Seen")
View = Callable[[Row], Seen]
Stub = Callable[[Row, str], Seen]
"""What is shown of a row that fails, with the number of the incident by which operators find it in the log."""


class Incident(str):
    """The number of an incident: a row could not be shown."""

    __slots__ = ()


def looked_at(
    row: Row,
    view: View[Row, Seen],
    stub: Stub[Row, Seen] | None = None,
    *,
    of_the_call: tuple[type[Exception], ...] = (Refusal,),
) -> Seen | Incident:
    """How the row looks, or its stub; the number of the incident where it has none. Raises what is a fault of the call."""
    try:
        return view(row)
    except of_the_call:
        raise
    except Exception as error:  # noqa: BLE001 - an edge: whatever is wrong with one row, the others are shown
        incident = Incident(new_id())
        kind = type(row).__name__
        log(__name__).error("a row cannot be shown", kind=kind, row=_name(row), incident=incident, exc_info=error)
        metrics.ROWS_FAILED.labels(kind).inc()
    return stub(row, str(incident)) if stub else incident


def rendered(
    rows: Iterable[Row],
    view: View[Row, Seen],
    stub: Stub[Row, Seen] | None = None,
    *,
    of_the_call: tuple[type[Exception], ...] = (Refusal,),
) -> list[Seen]:
    """How the rows look; where one fails stands its stub or, without one, nothing."""
    looked = (looked_at(row, view, stub, of_the_call=of_the_call) for row in rows)
    return [seen for seen in looked if not isinstance(seen, Incident)]


def _name(row: object) -> str | None:
    """The id of a row, which is no personal data."""
    id_ = getattr(row, "id", None)
    return id_ if isinstance(id_, str) else None
