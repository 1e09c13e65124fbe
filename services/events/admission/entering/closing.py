"""Closing: the end of the entry window, when those that stand become the participants of the first round."""

from __future__ import annotations

from sqlalchemy import insert, literal, select

from contracts.events.admission import entries as say
from contracts.events.admission.entries import EntryStatus, ParticipantStatus
from contracts.events.editions.competitions import EditionStatus
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.admission.entries.commands import open_stage
from services.events.admission.entries.model import Entry, Participant
from services.events.admission.quotas.commands import close_quotas
from services.events.admission.waiting.commands import end_waiting
from services.events.editions.editions.model import Edition, Stage

CLOSE_ENTRIES = "close_entries"


def close_entries(session: Session, *, edition: Edition) -> None:
    """End the entry window: the quotas take no more, what stands competes in the first round.

    Changes nothing where it has ended, or was moved.
    """
    if edition.status != EditionStatus.PUBLISHED or session.now < edition.closes_at:
        return
    entries = close_quotas(session, tracks=edition.tracks)
    end_waiting(session, edition=edition)
    edition.status = EditionStatus.CLOSED
    record(session, edition, say.EntriesClosed(**edition.about, entries=entries))
    session.flush()
    first = select(Stage).where(Stage.edition_id == edition.id, Stage.number == 1).order_by(Stage.track_id)
    for stage in session.scalars(first).all():
        _seat(session, stage)
        open_stage(session, edition, stage)


def _seat(session: Session, stage: Stage) -> None:
    standing = select(
        literal(stage.id, Participant.stage_id.type), Entry.id, literal(ParticipantStatus.COMPETING)
    ).where(Entry.track_id == stage.track_id, Entry.status == EntryStatus.ENTERED)
    session.execute(insert(Participant).from_select(["stage_id", "entry_id", "status"], standing))
