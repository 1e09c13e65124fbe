"""What can be asked of relations and successions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.alliances.registry.relations import RelationKind
from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.registry.relations.model import Relation, Succession


def relation(session: Session, relation_id: str) -> Relation:
    """The relation with both organisations; refuses with NotFound."""
    both = (joinedload(Relation.organization), joinedload(Relation.to))
    found = session.find(Relation, relation_id, *both)
    if found is None:
        raise NotFound("relationId")
    return found


def succession(session: Session, succession_id: str) -> Succession:
    """The succession; refuses with NotFound."""
    found = session.get(Succession, succession_id)
    if found is None:
        raise NotFound("successionId")
    return found


def relations(
    session: Session,
    *,
    organization_id: str | None = None,
    to_id: str | None = None,
    kind: RelationKind | None = None,
    stretch: Stretch = START,
) -> Page[Relation]:
    """The relations of one organisation to others, or of others to it."""
    query = select(Relation).order_by(Relation.id)
    if organization_id:
        query = query.where(Relation.organization_id == organization_id)
    if to_id:
        query = query.where(Relation.to_id == to_id)
    if kind:
        query = query.where(Relation.kind == kind)
    return page(session, query, stretch)


def relations_by_id(session: Session, ids: list[str]) -> Sequence[Relation]:
    """Those of these relations that exist, in no particular order."""
    return session.scalars(select(Relation).where(Relation.id.in_(ids))).all()


def successions(session: Session, *, stretch: Stretch = START) -> Page[Succession]:
    """All successions that stand, in the order of their entry."""
    query = select(Succession).where(Succession.withdrawn_at.is_(None)).order_by(Succession.id)
    return page(session, query, stretch)


def successions_by_id(session: Session, ids: list[str]) -> Sequence[Succession]:
    """Those of these successions that exist, in no particular order."""
    return session.scalars(select(Succession).where(Succession.id.in_(ids))).all()
