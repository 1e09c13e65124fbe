"""Correcting: what is published gets other names and other times, with a reason, and whoever it concerns is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.base import Message, Named
from contracts.events.editions import competitions as say
from contracts.events.editions import phases as said
from contracts.events.editions.competitions import NothingToPostpone
from contracts.events.editions.phases import PhaseState
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from procedures.search.indexing import index_names
from services.events.admission.entering.closing import CLOSE_ENTRIES
from services.events.competitions.telling import entered
from services.events.editions.editions.model import Edition
from services.events.editions.phases.commands import about, schedule_phase
from services.events.editions.phases.model import Phase
from services.events.judging.scoring.commands import plan_reminders


def rename_competition(session: Session, *, edition: Edition, name_zh: str, name_en: str, reason: str) -> Edition:
    """Correct the names of a published edition; refuses with NotPublished, or NothingChanged where it has them."""
    edition.check_published()
    before = Named(id=edition.id, zh=edition.name_zh, en=edition.name_en)
    after = Named(id=edition.id, zh=name_zh, en=name_en)
    if after == before:
        raise NothingChanged("nameZh")
    edition.name_zh, edition.name_en = name_zh, name_en
    index_names(session, edition)
    for some in entered(session, edition.id):
        renamed = say.CompetitionRenamed(
            **edition.about, before=before, after=after, reason=reason, organization_ids=some
        )
        record(session, edition, renamed)
    return edition


def move_entry_window(
    session: Session, *, edition: Edition, closes_at: datetime, reason: str, opens_at: datetime | None = None
) -> Edition:
    """Take entries at other times, until they have closed; refuses as Edition.move_entries does."""
    edition.move_entries(opens_at or edition.opens_at, closes_at, session.now)
    timers.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
    _tell(session, edition, lambda **to: say.EntryWindowMoved(**to, reason=reason))
    return edition


def postpone_competition(session: Session, *, edition: Edition, days: int, reason: str) -> Edition:
    """Have the entry window and the phases that are not over so many days later; refuses with NothingToPostpone."""
    edition.check_published()
    later, ahead = timedelta(days=days), _phases_ahead(session, edition)
    takes_entries = edition.takes_entries_yet(session.now)
    if not (ahead or takes_entries):
        raise NothingToPostpone("competitionId")
    if takes_entries:
        edition.move_entries(edition.opens_at + later, edition.closes_at + later, session.now)
        timers.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
    for phase in ahead:
        _move(session, phase, phase.opens_at + later, phase.closes_at + later)
        record(session, phase, said.PhaseMoved(**about(phase), reason=reason, organization_ids=[]))
    plan_reminders(session, ahead)
    _tell(session, edition, lambda **to: say.CompetitionPostponed(**to, days=days, reason=reason))
    return edition


def move_phase(session: Session, *, phase: Phase, opens_at: datetime, closes_at: datetime, reason: str) -> Phase:
    """Give a phase other times, and tell those who have entered why; refuses with PhaseOver or a wrong window."""
    phase.round.edition.check_published()
    _move(session, phase, opens_at, closes_at)
    for some in entered(session, phase.edition_id):
        record(session, phase, said.PhaseMoved(**about(phase), reason=reason, organization_ids=some))
    plan_reminders(session, [phase])
    return phase


def _move(session: Session, phase: Phase, opens_at: datetime, closes_at: datetime) -> None:
    phase.move(opens_at, closes_at, session.now)
    schedule_phase(session, phase)


def _phases_ahead(session: Session, edition: Edition) -> Sequence[Phase]:
    """The phases that are not over, at most ten rounds of one of each kind."""
    ahead = (Phase.edition_id == edition.id, Phase.state != PhaseState.CLOSED, Phase.closes_at > session.now)
    return session.scalars(select(Phase).where(*ahead).order_by(Phase.id).options(joinedload(Phase.round))).all()


def _tell(session: Session, edition: Edition, message: Callable[..., Message]) -> None:
    """Tell whoever has entered, and once the members of the alliance."""
    about_it = edition.about
    for some in entered(session, edition.id):
        record(session, edition, message(**about_it, organization_ids=some))
        about_it["alliance_id"] = None
