"""What can be done about motions: propose, sign as a second person, take back, let lapse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.events.judging import motions as say
from contracts.events.judging.motions import MotionAct, MotionPending, MotionStatus
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.motions.model import Motion
from services.events.judging.motions.queries import motion_rules

LAPSE_MOTION = "lapse_motion"


def carrying(act: MotionAct) -> str:
    """The hook of the family that does what a motion proposes: `def carry(self, session, think, motion)`."""
    return f"carry_{act}"


def propose(
    session: Session,
    act: MotionAct,
    about_id: str,
    *,
    edition: Edition,
    stage: Stage | None,
    reason: str,
    **arguments: Any,
) -> Motion:
    """Have an act wait for its second person; refuses with MotionPending where the same one waits already."""
    motion = Motion(
        id=new_id(),
        created_at=session.now,
        edition=edition,
        edition_id=edition.id,
        stage=stage,
        stage_id=stage.id if stage else None,
        act=act,
        about_id=about_id,
        arguments=arguments,
        reason=reason,
        status=MotionStatus.PROPOSED,
        proposed_by=session.viewer.id,
        proposed_at=session.now,
        lapses_at=session.now + timedelta(hours=motion_rules(session, edition, stage).hours),
    )
    motion.digest = digest(motion.document)
    session.add(motion)
    said = say.MotionProposed(**_about(motion), reason=reason, digest=motion.digest, lapses_at=motion.lapses_at)
    record(session, motion, said)
    try:
        session.flush()
    except IntegrityError as error:
        raise MotionPending from error
    timers.at(session, motion.lapses_at, LAPSE_MOTION, motion.id)
    return motion


def countersign_motion(session: Session, *, motion: Motion, digest: str) -> None:
    """Sign it as its second person: it is to be done now. Refuses with NothingProposed, DigestDiffers or SecondPersonNeeded."""
    motion.carry(person=session.viewer.id, digest=digest, now=session.now)
    _ended(session, motion)
    record(session, motion, say.MotionCarried(**_about(motion), digest=digest))


def withdraw_motion(session: Session, *, motion: Motion) -> None:
    """Take it back; refuses with NothingProposed."""
    motion.withdraw(session.now)
    _ended(session, motion)
    record(session, motion, say.MotionWithdrawn(**_about(motion)))


def lapse_motion(session: Session, *, motion: Motion) -> None:
    """Let it wait no longer, if its time is over."""
    if motion.lapse(session.now):
        record(session, motion, say.MotionLapsed(**_about(motion)))


def _ended(session: Session, motion: Motion) -> None:
    timers.cancel(session, LAPSE_MOTION, motion.id)


def _about(motion: Motion) -> dict[str, Any]:
    edition, stage = motion.edition, motion.stage
    return {
        "motion_id": motion.id,
        "act": motion.act,
        "about_id": motion.about_id,
        "competition": edition.named,
        "edition": edition.number,
        "series_id": edition.series_id,
        "stage_id": motion.stage_id,
        "track": stage.track.named if stage else None,
        "round": stage.round.named if stage else None,
    }
