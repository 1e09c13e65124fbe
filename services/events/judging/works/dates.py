"""Dates of works: until when those of an entry are handed in, for whoever stands for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select

from contracts.agenda import DateKind
from contracts.events.admission.entries import ParticipantStatus
from contracts.events.editions.phases import PhaseKind
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.events.admission.entries.model import STANDING, Entry, Participant
from services.events.admission.entries.rights import WORKS_ON_ENTRY, entries_for
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.editions.phases.model import Phase
from services.events.judging.works.model import Work


def handed_in() -> Any:
    """Whether the entry of a participant has handed in a work in its stage."""
    return exists().where(Work.stage_id == Participant.stage_id, Work.entry_id == Participant.entry_id, Work.latest > 0)


def competing(phase_kind: PhaseKind) -> DueRows:
    """The entries that compete in a stage with a phase of this kind: (entry, end of the phase, whether handed in)."""
    return (
        select(Entry.id, Phase.closes_at, handed_in())
        .join(Participant, Participant.entry_id == Entry.id)
        .join(Stage, Stage.id == Participant.stage_id)
        .join(Phase, (Phase.round_id == Stage.round_id) & (Phase.kind == phase_kind))
        .join(Edition, Edition.id == Entry.edition_id)
        .where(Participant.status == ParticipantStatus.COMPETING, Entry.status.in_(STANDING), TAKES_PLACE)
    )


def _works(session: Session) -> DueRows | None:
    return theirs(competing(PhaseKind.WORKS), entries_for(session, WORKS_ON_ENTRY.exactly()))


DATES = (Dates(kind=DateKind.WORKS, subject="entry", rows=_works, action="begin_upload"),)
