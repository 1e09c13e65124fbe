"""Telling: whom a message about all of an edition names, some at a time: everybody whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from contracts.events.admission.entries import TOLD_AT_ONCE
from contracts.events.judging.judges import CandidateStatus
from kit.data.db import Session
from services.events.admission.entries.model import STANDING, Entry
from services.events.admission.entries.queries import entered_organizations
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.judges.model import LIVE, Candidate, Seat


class Concerned(NamedTuple):
    """Whom one message about all of an edition names: organisations, provinces of delegations, and judges."""

    organization_ids: list[str]
    provinces: list[str]
    people: list[str]


def concerned(session: Session, edition: Edition) -> Iterator[Concerned]:
    """Everybody whom an edition concerns, so many as one message names at a time; the first has all the provinces."""
    stand = Entry.edition_id == edition.id, Entry.status.in_(STANDING)
    provinces = sorted(session.scalars(select(Entry.province).where(*stand).distinct()))
    organizations, judges = entered_organizations(session, edition.id), _judges(session, edition)
    for first in range(0, max(len(organizations), len(judges), 1), TOLD_AT_ONCE):
        part = slice(first, first + TOLD_AT_ONCE)
        yield Concerned(organizations[part], provinces, judges[part])
        provinces = []


def _judges(session: Session, edition: Edition) -> list[str]:
    """Who is nominated or sits on a panel, each once."""
    nominated = select(Candidate.person).where(
        Candidate.edition_id == edition.id, Candidate.status == CandidateStatus.NOMINATED
    )
    seated = select(Seat.person).join(Stage, Stage.id == Seat.stage_id)
    seated = seated.where(Stage.edition_id == edition.id, Seat.status.in_(LIVE))
    return sorted(session.scalars(nominated.union(seated)))
