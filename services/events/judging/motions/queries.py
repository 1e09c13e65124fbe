"""What can be asked about motions: all by those who run or supervise a competition, by everybody what was carried."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from contracts.browsing import START, Stretch
from contracts.events.judging.motions import MotionAct, MotionStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, newest_first, page
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.editions.queries import WHOLE_STAGE
from services.events.editions.rulesets.reading import newest, section_of
from services.events.judging.blinding.model import Seal
from services.events.judging.motions.model import Motion
from services.events.judging.motions.rules import MotionRules, MotionsForm
from services.events.rights import SEES_MOTION

_WHOLE = (joinedload(Motion.edition).joinedload(Edition.series), selectinload(Motion.stage).options(*WHOLE_STAGE))
_FRESH = {"populate_existing": True}


def motion_rules(session: Session, edition: Edition, stage: Stage | None) -> MotionRules:
    """What the rules in force say to motions of a stage, or of the whole edition."""
    document = newest(session, edition.id).document
    return section_of(document, stage.track.code if stage else "", MotionsForm)


def motion(session: Session, motion_id: str) -> Motion:
    """The motion, for nobody else to change before this transaction ends; refuses with NotFound."""
    query = select(Motion).where(Motion.id == motion_id).options(*_WHOLE).with_for_update(of=Motion)
    found = session.scalar(query, execution_options=_FRESH)
    if found is None:
        raise NotFound("motionId")
    return found


def motions(
    session: Session,
    *,
    competition_id: str,
    status: MotionStatus | None = None,
    stretch: Stretch = START,
) -> Page[Motion]:
    """The motions of an edition that the viewer may know of, newest first."""
    query = _seen(session).where(Motion.edition_id == competition_id)
    if status:
        query = query.where(Motion.status == status)
    return page(session, query, stretch, orders=newest_first(Motion.id))


def motions_by_id(session: Session, ids: list[str]) -> Sequence[Motion]:
    """Those of these motions that the viewer may know of, in no particular order."""
    return session.scalars(_seen(session).where(Motion.id.in_(ids))).all()


def _seen(session: Session) -> Select[Motion]:
    mine = SEES_MOTION.rows(session, carried=_published(), series_id=Edition.series_id)
    return select(Motion).join(Motion.edition).where(mine).options(*_WHOLE)


def _published() -> ColumnElement[bool]:
    """What was done in the open: not while codes are sealed, for words could tell whose works a judge has; nor what
    concerns an objection, which is confidential.
    """
    sealed = select(Seal.id).where(Seal.id == Motion.stage_id, Seal.opened_at.is_(None)).exists()
    return (Motion.status == MotionStatus.CARRIED) & (Motion.act != MotionAct.REPLACE_ARBITRATOR) & ~sealed
