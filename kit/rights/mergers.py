"""Mergers: that one organisation is merged into another; from those that stand follows which organisations are one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import CTE, Index, case, delete, func, or_, select, union
from sqlalchemy.orm import Mapped

from contracts.alliances.merging.mergers import MergerMessage, OrganizationsUnmerged
from kit.data.db import KitTable, Session, table_of
from kit.data.many import insert_many
from kit.data.subjects import Versioned
from kit.rights.grants import grants_changed
from kit.rights.merged import MergedOrganization, survivors, survivors_by

_LOCK = 0x6D657267  # any fixed number: PostgreSQL's advisory lock on who is one with whom


class Merger(Versioned, KitTable):
    """That one organisation is merged into another. alliances owns these rows; the other services keep copies by messages."""

    __tablename__ = "mergers"
    subject = "merger"
    __table_args__ = (
        Index("ix_mergers_survivor", "survivor_id", "id"),
        Index("ix_mergers_other", "other_id", "id"),
    )

    survivor_id: Mapped[str]
    other_id: Mapped[str]
    merged_at: Mapped[datetime]
    unmerged_at: Mapped[datetime | None]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What alliances has told of one version of a merger."""

    merger_id: str
    version: int
    survivor_id: str
    other_id: str
    merged_at: datetime
    unmerged_at: datetime | None

    @classmethod
    def by(cls, message: MergerMessage, version: int) -> Self:
        return cls(
            merger_id=message.merger_id,
            version=version,
            survivor_id=message.survivor.id,
            other_id=message.other.id,
            merged_at=message.merged_at,
            unmerged_at=message.unmerged_at if isinstance(message, OrganizationsUnmerged) else None,
        )


def keep_mergers(session: Session, told: Iterable[Told]) -> dict[str, str | None]:
    """Copy the newest versions of mergers that alliances has told of; older ones change nothing. Returns as `regroup`."""
    hold(session)
    newest: dict[str, Told] = {}
    for one in told:
        if one.merger_id not in newest or one.version > newest[one.merger_id].version:
            newest[one.merger_id] = one
    query = select(Merger).where(Merger.id.in_(newest)).execution_options(populate_existing=True)
    known = {row.id: row for row in session.scalars(query)}
    for merger_id in sorted(newest):
        _keep(known.get(merger_id) or Merger(id=merger_id, version=0), newest[merger_id], session)
    return regroup(session, newest)


def _keep(row: Merger, told: Told, session: Session) -> None:
    if told.version > row.version:
        row.version, row.survivor_id, row.other_id = told.version, told.survivor_id, told.other_id
        row.merged_at, row.unmerged_at = told.merged_at, told.unmerged_at
        session.add(row)


def hold(session: Session) -> None:
    """Let nobody else change who is one with whom until this transaction ends. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def regroup(session: Session, merger_ids: Collection[str]) -> dict[str, str | None]:
    """Work out anew who is one with whom, where one of these mergers came or went: of all that mergers tie to its two.

    Returns those for whom this is other than before, each with who stands for it now: itself where others were merged into it,
    None where it is one with nobody.
    """
    session.flush()
    ids = set(session.scalars(select(_tied(merger_ids).c.id)))
    query = select(_SIDES.c.other_id, _SIDES.c.survivor_id).where(_STANDS, _SIDES.c.survivor_id.in_(ids))
    wanted = survivors_by((row.other_id, row.survivor_id) for row in session.execute(query.order_by(*_IN_ORDER)))
    known = survivors(session, ids)
    changed = [id_ for id_ in known if wanted.get(id_) != known[id_]]
    session.execute(delete(MergedOrganization).where(MergedOrganization.organization_id.in_(changed)))
    new = [id_ for id_ in wanted if known.get(id_) != wanted[id_]]
    insert_many(session, MergedOrganization, [{"organization_id": id_, "survivor_id": wanted[id_]} for id_ in new])
    grants_changed(session)
    return {id_: wanted.get(id_) for id_ in {*changed, *new}}


def _tied(merger_ids: Collection[str]) -> CTE:
    """The organisations in these mergers, and all that mergers which stand tie to them, on any way."""
    these = _SIDES.c.id.in_(merger_ids)
    both = union(select(_SIDES.c.survivor_id.label("id")).where(these), select(_SIDES.c.other_id).where(these))
    tied = select(both.subquery("both").c.id).cte("tied", recursive=True)
    another = case((_SIDES.c.survivor_id == tied.c.id, _SIDES.c.other_id), else_=_SIDES.c.survivor_id)
    either = or_(_SIDES.c.survivor_id == tied.c.id, _SIDES.c.other_id == tied.c.id)
    return tied.union(select(another).join(tied, either).where(_STANDS))


_SIDES = table_of(Merger)
_STANDS = _SIDES.c.unmerged_at.is_(None)
_IN_ORDER = (_SIDES.c.merged_at, _SIDES.c.id)
