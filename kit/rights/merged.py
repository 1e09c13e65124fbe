"""Merged: which organisations are one by now, and how a service finds out: each of their ids means the survivor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from kit.data.db import KitTable, Session


class MergedOrganization(KitTable):
    """An organisation that is one with others, and which of them survives; the survivor has a row too."""

    __tablename__ = "merged_organizations"
    __table_args__ = (Index("ix_merged_organizations_survivor", "survivor_id", "organization_id"),)

    organization_id: Mapped[str] = mapped_column(primary_key=True)
    survivor_id: Mapped[str]


def survivors(session: Session, ids: Collection[str] | None = None) -> dict[str, str]:
    """Who each of these organisations is now; one that is not merged with any other is left out. Without ids all."""
    query = select(MergedOrganization.organization_id, MergedOrganization.survivor_id)
    if ids is not None:
        query = query.where(MergedOrganization.organization_id.in_(set(ids)))
    return {row.organization_id: row.survivor_id for row in session.execute(query)}


def standing_for(session: Session, id_: str) -> str | None:
    """Who stands for an organisation now: itself where others were merged into it, None where it is one with nobody."""
    return survivors(session, [id_]).get(id_)


def meaning(session: Session, ids: Collection[str]) -> dict[str, str]:
    """All ids under which these organisations, which stand, may be found, and whom each of them means."""
    query = select(MergedOrganization.organization_id, MergedOrganization.survivor_id)
    found = session.execute(query.where(MergedOrganization.survivor_id.in_(set(ids))))
    return {row.organization_id: row.survivor_id for row in found}


def one_with(session: Session, id_: str) -> list[str]:
    """All ids of an organisation, its own first."""
    own, other = aliased(MergedOrganization), aliased(MergedOrganization)
    query = select(other.organization_id).join(own, own.survivor_id == other.survivor_id)
    found = session.scalars(query.where(own.organization_id == id_).order_by(other.organization_id))
    return list(dict.fromkeys([id_, *found]))


def survivors_by(mergers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of mergers (the merged, the survivor) in the order of their making: each organisation in them and who it is now.

    Only what stood by itself could be a survivor: where an older merger says otherwise, it was undone, and that has not been
    heard yet. So there is no circle, in whatever order mergers become known.
    """
    into: dict[str, str] = {}
    for other, survivor in mergers:
        into.pop(survivor, None)
        into[other] = survivor
    return {id_: _end(into, id_) for id_ in {*into, *into.values()}}


def _end(into: Mapping[str, str], id_: str) -> str:
    while id_ in into:
        id_ = into[id_]
    return id_
