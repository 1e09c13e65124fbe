"""Storing: counts the room that files take up for each of their owners, and lets none have more than is allowed.

A count is held while it changes, so that two who announce files at once cannot both have the last room. It is taken anew
every day from what there is: an older release, which counts nothing, may have run beside this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import BigInteger, Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from contracts.base import Refusal
from kit.data.db import Session

HUB = "hub"
"""The owner of all files of a service."""
COUNTED_FOR = timedelta(days=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Uses:
    """How many bytes the files of an owner take up; an upload takes up what it announced.

    Whoever changes what there is changes `bytes` in the same transaction, while they hold the row.
    """

    owner: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    counted_at: Mapped[datetime]


U = TypeVar("U", bound=Uses)


@dataclass(frozen=True)
class Bound:
    """How many bytes an owner has at most, what is refused beyond them, and the statement that counts what there is.

    It is one statement: an upload may become a file meanwhile.
    """

    most: int
    full: type[Refusal]
    counted: Select[tuple[int]]


def take_room(session: Session, table: type[Uses], size: int, bounds: Mapping[str, Bound]) -> None:
    """Count a file that is announced for each of its owners; refuses where one has no room, by what its bound says.

    To be called before the file has a row.
    """
    uses = {owner: _held(session, table, owner, bounds[owner]) for owner in sorted(bounds)}
    for owner, bound in bounds.items():
        left = max(0, bound.most - uses[owner].bytes)
        if size > left:
            raise bound.full("size", used=uses[owner].bytes, left=left, max=bound.most)
    for use in uses.values():
        use.bytes += size
    session.flush()


def give_back(session: Session, table: type[Uses], gone: Mapping[str, int]) -> None:
    """Count no more what has gone: so many bytes for each owner."""
    for owner in sorted(gone):
        use = session.get(table, owner, with_for_update=True, populate_existing=True)
        if use is not None:
            use.bytes = max(0, use.bytes - gone[owner])
    session.flush()


def _held(session: Session, table: type[U], owner: str, bound: Bound) -> U:
    """The count, which nobody else changes before this transaction has ended."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(table).values(owner=owner, bytes=0, counted_at=_NEVER)
    session.execute(row.on_conflict_do_nothing(index_elements=["owner"]))
    use = session.get_one(table, owner, with_for_update=True, populate_existing=True)
    if session.now - use.counted_at >= COUNTED_FOR:
        use.bytes, use.counted_at = int(session.scalar(bound.counted) or 0), session.now
    return use
