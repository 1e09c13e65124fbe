"""What can be asked about phases."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.events.editions.phases import PhaseKind
from contracts.refusals import NotFound
from kit.data.db import Session
from services.events.editions.editions.model import Edition, Round, Stage
from services.events.editions.editions.queries import visible
from services.events.editions.phases.model import OVER, Phase

_WHOLE = joinedload(Phase.round).joinedload(Round.edition).joinedload(Edition.series)


def phase(session: Session, phase_id: str) -> Phase:
    """The phase with its round, edition and series; refuses with NotFound."""
    found = session.find(Phase, phase_id, _WHOLE)
    if found is None:
        raise NotFound("phaseId")
    return found


def phases(session: Session, *, competition_ids: list[str]) -> Sequence[Phase]:
    """The phases of these editions, as far as the viewer may know of them, in the order in which they open."""
    query = select(Phase).join(Phase.round).join(Round.edition).where(Phase.edition_id.in_(competition_ids))
    return session.scalars(query.where(visible(session)).order_by(Phase.edition_id, Phase.opens_at, Phase.id)).all()


def phases_ahead(session: Session, edition_ids: Collection[str]) -> dict[str, list[Phase]]:
    """The phases of each of these editions that are not over, with their rounds."""
    ahead = (Phase.edition_id.in_(edition_ids), Phase.state.not_in(OVER), Phase.closes_at > session.now)
    found: dict[str, list[Phase]] = {id_: [] for id_ in edition_ids}
    for each in session.scalars(select(Phase).where(*ahead).order_by(Phase.id).options(joinedload(Phase.round))):
        found[each.edition_id].append(each)
    return found


def phases_by_id(session: Session, ids: list[str]) -> Sequence[Phase]:
    """Those of these phases whose edition the viewer may know of, in no particular order."""
    query = select(Phase).join(Phase.round).join(Round.edition).where(Phase.id.in_(ids))
    return session.scalars(query.where(visible(session))).all()


def phase_of(session: Session, stage: Stage, kind: PhaseKind) -> Phase | None:
    """The phase of this kind in the stage's round, if it has one."""
    return session.scalar(select(Phase).where(Phase.round_id == stage.round_id, Phase.kind == kind))


def is_open(session: Session, stage: Stage, kind: PhaseKind) -> bool:
    """Whether the phase of this kind in the stage's round is open at this moment, also where the scheduler is late."""
    found = phase_of(session, stage, kind)
    return found is not None and found.is_open(session.now)


def stages_of(session: Session, phase: Phase) -> Sequence[Stage]:
    """The stages of the phase's round, with track, round, edition and series."""
    whole = (joinedload(Stage.track), joinedload(Stage.round), joinedload(Stage.edition).joinedload(Edition.series))
    query = select(Stage).where(Stage.round_id == phase.round_id).options(*whole)
    return session.scalars(query.order_by(Stage.track_id)).all()
