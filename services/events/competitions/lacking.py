"""Lacking: what a draft lacks before it is published, by one look at each thing for all drafts that are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.base import Refusal
from contracts.events.competitions.readiness import (
    ContactLacking,
    IntroductionLacking,
    PhaseBehind,
    VenueLacking,
)
from kit.data.db import Session
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import organized
from services.events.editions.phases.model import Phase
from services.events.editions.presentations.model import Presentation
from services.events.editions.presentations.queries import presentations


@dataclass(frozen=True)
class Shortcoming:
    """Something that a draft lacks; one that `blocks` is what publishing it would be refused for."""

    edition_id: str
    problem: Refusal
    blocks: bool


def shortcomings(session: Session, *, competition_ids: list[str]) -> list[Shortcoming]:
    """What those of these drafts lack that the viewer organises."""
    mine = Edition.id.in_(competition_ids), Edition.published_at.is_(None), organized(session)
    query = select(Edition).where(*mine).order_by(Edition.id)
    drafts = session.scalars(query.options(joinedload(Edition.series))).all()
    ids = [draft.id for draft in drafts]
    over = Phase.edition_id.in_(ids), Phase.closes_at <= session.now
    behind = set(session.scalars(select(Phase.edition_id).where(*over)))
    said = {each.edition_id: each for each in presentations(session, competition_ids=ids)}
    return [each for draft in drafts for each in _of(session.now, draft, behind, said.get(draft.id))]


def _of(now: datetime, draft: Edition, behind: set[str], said: Presentation | None) -> Iterator[Shortcoming]:
    try:
        draft.check_can_be_published(now)
    except Refusal as refusal:
        yield Shortcoming(draft.id, refusal, blocks=True)
    if draft.id in behind:
        yield Shortcoming(draft.id, PhaseBehind("phases"), blocks=False)
    for lack in _words(said):
        yield Shortcoming(draft.id, lack, blocks=False)


def _words(said: Presentation | None) -> Iterator[Refusal]:
    if said is None or not (said.introduction_zh and said.introduction_en):
        yield IntroductionLacking("introductionZh")
    if said is None or not said.contact:
        yield ContactLacking("contact")
    if said is None or not said.venue:
        yield VenueLacking("venue")
