"""Seeing: what a viewer may see of the long list of an edition, where that is little of much: each way by its index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from kit.data.db import Session
from kit.rights.right import Right


def seen_within(
    session: Session, right: Right, id_: InstrumentedAttribute[str], within: ColumnElement[bool], **columns: Any
) -> ColumnElement[bool]:
    """For which of the rows `within` the list the viewer has the right, as `Right.rows` with these columns."""
    found = [Right((way,)).rows(session, **columns) for way in right.ways]
    if any(each is true() for each in found):
        return true()
    return id_.in_(union_all(*(select(id_).where(within, each) for each in found)))
