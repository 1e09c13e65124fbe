"""What can be done about judges: nominate, declare, withdraw, and answer or end a seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from sqlalchemy.exc import IntegrityError

from contracts.events.judging import judges as say
from contracts.events.judging.draws import Departure
from contracts.events.judging.judges import (
    AssignedAlready,
    CandidateKnown,
    CandidateStatus,
    ConflictKnown,
    SeatHeld,
    SeatStatus,
    TieKind,
)
from contracts.events.judging.motions import RosterFrozen
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.events.admission.entries.model import Entry
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, check_province
from services.events.judging.blinding.queries import opened
from services.events.judging.judges.drawing import about_seat
from services.events.judging.judges.gathering import china_day
from services.events.judging.judges.model import Candidate, CandidateTie, Seat
from services.events.judging.judges.queries import holds_seat, unfinished_draws


class Tenure(TypedDict):
    """Where somebody worked before, and until when."""

    organization_id: str
    until: date


def nominate_judge(
    session: Session,
    *,
    edition: Edition,
    person: str,
    name: str,
    organization: Organization,
    track_ids: list[str],
    province: str | None = None,
    since: date | None = None,
    formerly: Sequence[Tenure] = (),
    max_load: int | None = None,
    person_key: str | None = None,
) -> Candidate:
    """Let somebody be drawn as a judge; refuses with CandidateKnown or UnknownRegion."""
    candidate = Candidate(
        id=new_id(),
        created_at=session.now,
        edition=edition,
        edition_id=edition.id,
        person=person,
        person_key=person_key,
        name=" ".join(name.split()),
        organization_id=organization.id,
        province=check_province(province or organization.province, "province"),
        track_ids=sorted(track_ids),
        max_load=max_load,
        status=CandidateStatus.NOMINATED,
        ties=[_tie(TieKind.NOMINATED_FROM, organization_id=organization.id, since=since)],
    )
    candidate.ties += [
        _tie(TieKind.WORKED_AT, organization_id=each["organization_id"], until=each["until"]) for each in formerly
    ]
    session.add(candidate)
    record(session, candidate, say.JudgeNominated(**_about(candidate)))
    try:
        session.flush()
    except IntegrityError as error:
        raise CandidateKnown("person") from error
    return candidate


def declare_conflict(
    session: Session,
    *,
    candidate: Candidate,
    reason: str,
    by_judge: bool,
    organization: Organization | None = None,
    entry: Entry | None = None,
) -> Candidate:
    """Keep a candidate from judging an entry, or all those of an institution; refuses with ConflictKnown.

    Organisers can do so until works are assigned, and again once codes are opened (AssignedAlready): in between,
    whom a replacement passes over would tell who judges which entry.
    """
    candidate.check_nominated()
    if not by_judge and any(
        draw.assigned_at and not opened(session, draw.stage_id)
        for draw in unfinished_draws(session, candidate.edition_id)
    ):
        raise AssignedAlready("candidateId")
    candidate.ties.append(
        _tie(
            TieKind.DECLARED_BY_JUDGE if by_judge else TieKind.DECLARED_BY_ORGANIZER,
            organization_id=organization.id if organization else None,
            entry_id=entry.id if entry else None,
            since=china_day(session.now),
            reason=reason,
        )
    )
    record(session, candidate, say.ConflictDeclared(**_about(candidate), by_judge=by_judge))
    try:
        session.flush()
    except IntegrityError as error:
        raise ConflictKnown("candidateId") from error
    return candidate


def withdraw_candidate(session: Session, *, candidate: Candidate, by_judge: bool) -> Candidate:
    """Let somebody no longer be drawn, nor step in; refuses with CandidateGone, or SeatHeld where they sit on a panel.

    Organisers can do so until a roster with the candidate is frozen (RosterFrozen): from then on whom they take off it
    would decide who steps in for whom.
    """
    draws = unfinished_draws(session, candidate.edition_id)
    if holds_seat(session, candidate.id):
        raise SeatHeld("candidateId")
    waits_in = [each for each in draws if each.lists(candidate.id)]
    if waits_in and not by_judge:
        raise RosterFrozen("candidateId")
    candidate.withdraw(session.now)
    for each in waits_in:
        each.leave(candidate.id, Departure.WITHDRAWN, session.now)
    record(session, candidate, say.CandidateWithdrew(**_about(candidate)))
    return candidate


def accept_seat(session: Session, *, seat: Seat) -> Seat:
    """The judge takes the seat; refuses with SeatStands."""
    seat.step_to(SeatStatus.ACCEPTED, now=session.now)
    record(session, seat, say.SeatAccepted(**about_seat(seat)))
    return seat


def _tie(kind: TieKind, **facts: Any) -> CandidateTie:
    return CandidateTie(id=new_id(), kind=kind, **facts)


def _about(candidate: Candidate) -> dict[str, Any]:
    return {
        "candidate_id": candidate.id,
        "competition": candidate.edition.named,
        "edition": candidate.edition.number,
        "series_id": candidate.edition.series_id,
        "person": candidate.person,
    }
