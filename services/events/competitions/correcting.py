"""Correcting: what is published gets other names and other times, with a reason, and whoever it concerns is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from contracts.base import Message, Named
from contracts.events.editions import competitions as say
from contracts.events.editions import phases as said
from contracts.events.editions.competitions import NothingToPostpone
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from procedures.search.indexing import index_names
from services.events.admission.entering.closing import CLOSE_ENTRIES
from services.events.admission.entering.reminding import watch_entries
from services.events.admission.entries.answering import erase_later
from services.events.admission.entries.queries import entered
from services.events.attachments.retaining import erase_all_later
from services.events.editions.editions.model import Edition
from services.events.editions.phases.commands import about, schedule
from services.events.editions.phases.model import Phase
from services.events.editions.phases.queries import phases_ahead
from services.events.judging.scoring.commands import plan_reminders
from services.events.judging.works.reminding import watch_works


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
    _ring_for_entries(session, edition)
    erase_all_later(session, edition)
    _tell(session, edition, lambda **to: say.EntryWindowMoved(**to, reason=reason))
    return edition


def postpone_competition(session: Session, *, edition: Edition, days: int, reason: str) -> Edition:
    """Have the entry window and the phases that are not over so many days later; refuses as `postponable` does."""
    postponable(session, [edition])(edition)
    later, ahead = timedelta(days=days), phases_ahead(session, [edition.id])[edition.id]
    if edition.takes_entries_yet(session.now):
        edition.move_entries(edition.opens_at + later, edition.closes_at + later, session.now)
        _ring_for_entries(session, edition)
    for phase in ahead:
        phase.move(phase.opens_at + later, phase.closes_at + later, session.now)
        record(session, phase, said.PhaseMoved(**about(phase), reason=reason, organization_ids=[]))
    schedule(session, ahead)
    plan_reminders(session, ahead)
    watch_works(session, ahead)
    erase_all_later(session, edition)
    _tell(session, edition, lambda **to: say.CompetitionPostponed(**to, days=days, reason=reason))
    return edition


def postponable(session: Session, editions: Sequence[Edition]) -> Callable[[Edition], None]:
    """Whether something is still to come in one of these; it refuses with NotPublished, IsCancelled or NothingToPostpone."""
    ahead = phases_ahead(session, [edition.id for edition in editions])

    def check(edition: Edition) -> None:
        edition.check_goes_on()
        if not (ahead[edition.id] or edition.takes_entries_yet(session.now)):
            raise NothingToPostpone("competitionId")

    return check


def move_phase(session: Session, *, phase: Phase, opens_at: datetime, closes_at: datetime, reason: str) -> Phase:
    """Give a phase other times, and tell those who have entered why; refuses with PhaseOver or a wrong window."""
    phase.round.edition.check_goes_on()
    phase.move(opens_at, closes_at, session.now)
    schedule(session, [phase])
    for some in entered(session, phase.edition_id):
        record(session, phase, said.PhaseMoved(**about(phase), reason=reason, organization_ids=some))
    plan_reminders(session, [phase])
    watch_works(session, [phase])
    erase_all_later(session, phase.round.edition)
    return phase


def _ring_for_entries(session: Session, edition: Edition) -> None:
    """Have everything done in time that the end of the entry window brings."""
    timers.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
    watch_entries(session, edition)
    erase_later(session, edition.tracks)


def _tell(session: Session, edition: Edition, message: Callable[..., Message]) -> None:
    """Tell whoever has entered, and once the members of the alliance."""
    about_it = edition.about
    for some in entered(session, edition.id):
        record(session, edition, message(**about_it, organization_ids=some))
        about_it["alliance_id"] = None
