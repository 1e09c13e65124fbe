"""Merging: the parts of the agenda that the services give, put in one order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contracts.agenda import DateKind
from gateway.graph.everywhere import Parts, in_one_order

SERVICES = ("alliances", "events", "projects")
"""The services that know of dates."""
KNOWN = frozenset(DateKind)


def merged(parts: Parts, first: int) -> dict[str, Any]:
    """The page of these pages (procedures.agenda). Kinds that this gateway does not know yet are left out."""
    return in_one_order(parts, first, _key, known=lambda item: item["kind"] in KNOWN, place=_place)


def _key(item: dict[str, Any]) -> tuple[datetime, str, str]:
    return _place((item["due_at"], item["kind"], item["subject_id"]))


def _place(held: Sequence[Any]) -> tuple[datetime, str, str]:
    due_at, kind, id_ = held
    return datetime.fromisoformat(due_at) if isinstance(due_at, str) else due_at, kind, id_
