"""Places: the books of who has how many of them: conserved, never oversold, and each change one statement that decides.

Of the `issued` places `allocated` are with those below, `returned` went back to above, and `allotted` are here: `taken` by
what stands, `offered` to who waits, the others free. allocated + returned + allotted = issued at every moment, and the
database holds this. `closed` is the last word; books without end (`unlimited`) count and never refuse. `waiting` is how many
wait here, whom newcomers must not overtake; `freed` how many places have been given back so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import CheckConstraint, ColumnElement, select, true, update
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Session

UNSEEN = {"synchronize_session": False}
AFRESH = {"populate_existing": True}
COUNTS = ("issued", "allocated", "returned", "allotted", "taken", "offered", "waiting", "closed")


class Places:
    """The columns of such books, for a mapped class with an `id`."""

    issued: Mapped[int]
    allocated: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    allotted: Mapped[int] = mapped_column("held")
    taken: Mapped[int] = mapped_column(default=0)
    offered: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    freed: Mapped[int] = mapped_column(default=0)
    unlimited: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)

    @property
    def free(self) -> int:
        """How many places could be taken here."""
        return self.allotted - self.taken - self.offered

    @property
    def has_room(self) -> bool:
        """Whether somebody who comes now could have a place."""
        return self.has_room_for(1)

    def has_room_for(self, places: int) -> bool:
        """Whether so many who come now could have places."""
        return self.unlimited or (self.free >= places and not self.waiting)


Kind = TypeVar("Kind", bound=Places)


def conserved() -> tuple[CheckConstraint, ...]:
    """What the database holds of the books, as constraints of their table."""
    counts = ("allocated", "returned", "held", "taken", "offered", "waiting")
    return (
        CheckConstraint("allocated + returned + held = issued", name="conserved"),
        CheckConstraint(" AND ".join(f"{count} >= 0" for count in counts), name="counts"),
        CheckConstraint("unlimited OR taken + offered <= held", name="never_oversold"),
    )


def take(session: Session, kind: type[Places], id_: str, places: int = 1, *, waiting: int = 0) -> bool:
    """Take places, and let so many wait besides, in the one row that all contend for; whether there were as many to be had."""
    enough = (kind.taken + kind.offered + places <= kind.allotted) & (kind.waiting == 0)
    has_room = kind.unlimited | enough if places else true()
    taking = update(kind).where(cast(Any, kind).id == id_, kind.closed.is_(False), has_room)
    taking = taking.values(taken=kind.taken + places, waiting=kind.waiting + waiting)
    return session.scalar(taking.returning(kind.taken), execution_options=UNSEEN) is not None


def give_back(session: Session, kind: type[Places], id_: str) -> bool:
    """Give a place back; whether others wait for it."""
    giving = update(kind).where(cast(Any, kind).id == id_).values(taken=kind.taken - 1, freed=kind.freed + 1)
    return bool(session.scalar(giving.returning(kind.waiting), execution_options=UNSEEN))


def move(session: Session, books: Places, places: int, **changes: int) -> bool:
    """Change books by free places that they have, in one statement; whether they had them. The books are as they are then."""
    kind = type(books)
    enough = kind.allotted - kind.taken - kind.offered >= places
    values = {name: getattr(kind, name) + change for name, change in changes.items()}
    moving = update(kind).where(_is(books), kind.closed.is_(False), enough).values(values)
    moved = session.scalar(moving.returning(kind.issued), execution_options=UNSEEN)
    session.refresh(books, COUNTS)
    return moved is not None


def add(session: Session, kind: type[Places], id_: str, **changes: int) -> None:
    """Change books, without a look at what they have."""
    values = {name: getattr(kind, name) + change for name, change in changes.items()}
    session.execute(update(kind).where(cast(Any, kind).id == id_).values(values), execution_options=UNSEEN)


def locked(session: Session, kind: type[Kind], ids: Iterable[str]) -> Sequence[Kind]:
    """These books as they are now, for nobody else to change before this transaction ends, in the order of their ids.

    Whoever changes what waits for a place, or has one on offer, holds its books so.
    """
    id_ = cast(Any, kind).id
    rows = select(kind).where(id_.in_(set(ids))).order_by(id_).with_for_update()
    return session.scalars(rows, execution_options=AFRESH).all()


def close(session: Session, kind: type[Places], which: ColumnElement[bool]) -> int:
    """Let these books give no more places; returns how many are taken."""
    closing = update(kind).where(which).values(closed=True).returning(kind.taken)
    return sum(session.scalars(closing, execution_options=UNSEEN))


def _is(books: Places) -> ColumnElement[bool]:
    kind, row = cast(Any, type(books)), cast(Any, books)
    return cast("ColumnElement[bool]", kind.id == row.id)
