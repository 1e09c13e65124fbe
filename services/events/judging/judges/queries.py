"""What can be asked about judges: candidates and panels by those who run a stage, draws by everybody, seats by the seated."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from contracts.authority import Role
from contracts.browsing import START, Stretch
from contracts.events.judging.draws import DrawStatus
from contracts.events.judging.judges import CandidateStatus, SeatStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, newest_first, page
from kit.rights.grants import Grant
from kit.rights.right import Right
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.editions.queries import WHOLE_STAGE
from services.events.editions.rulesets.reading import section, section_of_version
from services.events.judging.judges.model import LIVE, Assignment, Candidate, Draw, Seat
from services.events.judging.judges.rules import JudgingForm, JudgingRules
from services.events.rights import HAS_SEAT, IS_CANDIDATE, OVERSEES

_WHOLE_DRAW = (
    selectinload(Draw.parties),
    selectinload(Draw.departures),
    selectinload(Draw.stage).options(*WHOLE_STAGE),
)
_WHOLE_CANDIDATE = (joinedload(Candidate.edition).joinedload(Edition.series), selectinload(Candidate.ties))


def candidate(session: Session, candidate_id: str) -> Candidate:
    """The candidate with their ties, edition and series; refuses with NotFound."""
    found = session.find(Candidate, candidate_id, *_WHOLE_CANDIDATE)
    if found is None:
        raise NotFound("candidateId")
    return found


def judge_candidates(session: Session, edition_id: str, *, stretch: Stretch = START) -> Page[Candidate]:
    """Who can be drawn, or could, in the order of their nomination."""
    query = select(Candidate).where(Candidate.edition_id == edition_id).options(*_WHOLE_CANDIDATE)
    return page(session, query, stretch, orders=by_age(Candidate.id))


def judge_candidates_by_id(session: Session, ids: list[str]) -> Sequence[Candidate]:
    """Those of these candidates who are the viewer or in a competition that they run or supervise, in no particular order."""
    query = select(Candidate).join(Candidate.edition).where(Candidate.id.in_(ids)).options(*_WHOLE_CANDIDATE)
    return session.scalars(query.where(_overseen(session, IS_CANDIDATE, Candidate.person))).all()


def standing(session: Session, stage: Stage) -> list[Candidate]:
    """Who can be drawn for a stage, with their ties, by id."""
    query = select(Candidate).where(
        Candidate.edition_id == stage.edition_id, Candidate.status == CandidateStatus.NOMINATED
    )
    found = session.scalars(query.options(*_WHOLE_CANDIDATE).order_by(Candidate.id))
    return [each for each in found if stage.track_id in each.track_ids]


def candidates_with(session: Session, ids: list[str]) -> Sequence[Candidate]:
    """These candidates with their ties, by id."""
    return session.scalars(
        select(Candidate).where(Candidate.id.in_(ids)).options(*_WHOLE_CANDIDATE).order_by(Candidate.id)
    ).all()


def seats_held(session: Session, edition_id: str, people: list[str]) -> dict[str, int]:
    """On how many panels of an edition each of these people sits, if on any."""
    query = (
        select(Seat.person, func.count())
        .join(Stage, Stage.id == Seat.stage_id)
        .where(Stage.edition_id == edition_id, Seat.person.in_(people), Seat.status.in_(LIVE))
        .group_by(Seat.person)
    )
    return dict(session.execute(query).all())


def holds_seat(session: Session, candidate_id: str) -> bool:
    """Whether a candidate sits on a panel now."""
    held = select(Seat.id).where(Seat.candidate_id == candidate_id, Seat.status.in_(LIVE))
    return session.scalar(held.limit(1)) is not None


def draw(session: Session, draw_id: str, *, lock: bool = False) -> Draw:
    """The draw, whole; refuses with NotFound. With `lock`, nobody else changes it or its panel in the meantime."""
    found = session.scalar(_draws(lock).where(Draw.id == draw_id))
    if found is None:
        raise NotFound("drawId")
    return found


def draw_of(session: Session, stage_id: str, *, lock: bool = False) -> Draw | None:
    """The draw of a stage that counts, if there is one."""
    return session.scalar(_draws(lock).where(Draw.stage_id == stage_id, Draw.status != DrawStatus.CANCELLED))


def panels_drawn(session: Session, stage_id: str) -> int:
    """How many panels were drawn for a stage, those of cancelled draws too."""
    drawn = select(func.count()).where(Draw.stage_id == stage_id, Draw.drawn_at.is_not(None))
    return session.scalar(drawn) or 0


def judges_replaced(session: Session, stage_id: str) -> int:
    """How many judges of a stage the organisers have had replaced."""
    replaced = select(func.count()).where(Seat.stage_id == stage_id, Seat.status == SeatStatus.REPLACED)
    return session.scalar(replaced) or 0


def judging_rules(session: Session, stage: Stage) -> JudgingRules:
    """How a stage is judged: by the rules of the day on which the roster of its draw was frozen, before that those in force.

    Whoever has seen the panel can amend the rules for the next stage alone.
    """
    bound = select(Draw.rules_version).where(Draw.stage_id == stage.id, Draw.status != DrawStatus.CANCELLED)
    number = session.scalar(bound)
    if number is None:
        return section(session, stage.track, JudgingForm)
    return section_of_version(session, stage.track, number, JudgingForm)


def draws(session: Session, *, stage_id: str, stretch: Stretch = START) -> Page[Draw]:
    """Every draw of a stage, also those that were cancelled, the first one first."""
    query = select(Draw).where(Draw.stage_id == stage_id).options(*_WHOLE_DRAW)
    return page(session, query.order_by(Draw.id), stretch)


def draws_by_id(session: Session, ids: list[str]) -> Sequence[Draw]:
    """Those of these draws that exist, in no particular order."""
    return session.scalars(_draws(lock=False).where(Draw.id.in_(ids))).all()


def running(session: Session, stage: Stage) -> set[str]:
    """Who runs or supervises the series of a stage now, or works in the hub office."""
    series = Grant.role.in_((Role.ORGANIZER, Role.SUPERVISOR)) & (Grant.scope_id == stage.edition.series_id)
    oversees = or_(series, Grant.role == Role.HUB_OFFICE)
    return set(session.scalars(select(Grant.person).where(Grant.revoked_at.is_(None), oversees)))


def unfinished_draws(session: Session, edition_id: str) -> Sequence[Draw]:
    """The draws of an edition whose frozen roster still counts, locked in one order."""
    query = _draws(lock=True).join(Stage, Stage.id == Draw.stage_id).where(Stage.edition_id == edition_id)
    return session.scalars(query.where(Draw.status.in_((DrawStatus.FROZEN, DrawStatus.DRAWN))).order_by(Draw.id)).all()


def seat(session: Session, seat_id: str) -> Seat:
    """The seat with its candidate and stage; refuses with NotFound."""
    found = session.scalar(_seats().where(Seat.id == seat_id))
    if found is None:
        raise NotFound("seatId")
    return found


def live_seats(session: Session, stage_id: str) -> Sequence[Seat]:
    """Who sits on the panel of a stage now, by id."""
    query = _seats().where(Seat.stage_id == stage_id, Seat.status.in_(LIVE))
    return session.scalars(query.order_by(Seat.id)).all()


def every_seat(session: Session, stage_id: str) -> Sequence[Seat]:
    """The seats of a stage whose draw counts, by id, also those that have ended."""
    query = _seats().where(Seat.stage_id == stage_id, Seat.status != SeatStatus.CANCELLED)
    return session.scalars(query.order_by(Seat.id)).all()


def panel(session: Session, stage_id: str, *, stretch: Stretch = START) -> Page[Seat]:
    """Every seat of a stage that was drawn and whose draw counts, also those that were declined or replaced."""
    query = _seats().where(Seat.stage_id == stage_id, Seat.status != SeatStatus.CANCELLED)
    return page(session, query.order_by(Seat.id), stretch)


def my_seats(session: Session, *, stretch: Stretch = START) -> Page[Seat]:
    """The seats that the viewer was drawn for, newest first."""
    query = _seats().where(Seat.person == session.viewer.id)
    return page(session, query, stretch, orders=newest_first(Seat.id))


def seats_by_id(session: Session, ids: list[str]) -> Sequence[Seat]:
    """Those of these seats that are the viewer's or in a stage that they run or supervise, in no particular order."""
    query = _seats().join(Seat.stage).join(Stage.edition).where(Seat.id.in_(ids))
    return session.scalars(query.where(_overseen(session, HAS_SEAT, Seat.person))).all()


def provinces_of_seats(session: Session, stage_id: str) -> dict[str, str]:
    """The province of every seat of a stage, also of those that have ended."""
    query = select(Seat.id, Seat.province).where(Seat.stage_id == stage_id)
    return dict(session.execute(query).all())


def assignments(session: Session, stage_id: str) -> Sequence[Assignment]:
    """Who judges which code in a stage, by code. Never shown to organisers: they see loads only."""
    query = select(Assignment).where(Assignment.stage_id == stage_id)
    return session.scalars(query.order_by(Assignment.code, Assignment.id)).all()


def _overseen(session: Session, own: Right, person: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """What is the viewer's own, or of an edition that they run or supervise."""
    return (own | OVERSEES).rows(session, person=person, series_id=Edition.series_id)


def _draws(lock: bool) -> Select[Draw]:
    query = select(Draw).options(*_WHOLE_DRAW).execution_options(populate_existing=lock)
    return query.with_for_update(of=Draw) if lock else query


def _seats() -> Select[Seat]:
    return select(Seat).options(selectinload(Seat.candidate), selectinload(Seat.stage).options(*WHOLE_STAGE))
