"""Cancelling (取消): a published edition is not held; its entries end, nothing more falls due, and everybody is told once.

It can be taken back for some days, as long as nothing has fallen due meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from contracts.base import Message
from contracts.events.editions import cancelling as say
from contracts.events.editions.cancelling import AwardsStand, TooLateToReinstate
from contracts.events.editions.competitions import EditionStatus
from contracts.events.editions.phases import PhaseState
from contracts.events.recognition.awards import AwardStatus
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from services.events.admission.entering.closing import CLOSE_ENTRIES
from services.events.admission.entering.reminding import watch_entries
from services.events.admission.entries.standing_down import stand_again, stand_down
from services.events.admission.quotas.commands import close_quotas
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.moving import move_up
from services.events.competitions.telling import Concerned, concerned
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import hold
from services.events.editions.phases.commands import schedule
from services.events.editions.phases.model import Phase
from services.events.fixtures.telling import tell_calendars
from services.events.judging.objections.falling_due import deadlines, watch_again
from services.events.judging.results.finishing import finish_later
from services.events.judging.scoring.commands import plan_reminders
from services.events.judging.works.reminding import watch_works
from services.events.judging.works.retaining import forget_works_of
from services.events.recognition.awards.model import Award, Granting


def cancel_competition(session: Session, *, edition: Edition, reason: str, reinstate: timedelta) -> Edition:
    """Let a published edition not be held; refuses with NotPublished, IsCancelled or AwardsStand.

    What is told is gathered once no entry can come any more, and before those that stand end.
    """
    hold(session, edition)
    cancellable(session, [edition])(edition)
    close_quotas(session, tracks=edition.tracks)
    told = list(concerned(session, edition))
    entries = stand_down(session, edition)
    until = session.now + reinstate
    edition.cancel(reason, until, session.now)
    timers.cancel(session, CLOSE_ENTRIES, edition.id)
    for phase in _phases(session, edition, PhaseState.UPCOMING, PhaseState.OPEN):
        phase.cancel(session.now)
    tell_calendars(session, edition)
    forget_works_of(session, edition, not_before=until)
    facts: dict[str, Any] = {"reason": reason, "entries": entries, "reinstatable_until": until}
    _tell(session, edition, told, lambda **to: say.CompetitionCancelled(**to, **facts))
    return edition


def cancellable(session: Session, editions: Sequence[Edition]) -> Callable[[Edition], None]:
    """Whether these can be cancelled; it refuses with NotPublished, IsCancelled or AwardsStand."""
    stands = exists().where(
        Granting.edition_id == Edition.id, Award.granting_id == Granting.id, Award.status == AwardStatus.GRANTED
    )
    final = set(session.scalars(select(Edition.id).where(Edition.id.in_([each.id for each in editions]), stands)))

    def check(edition: Edition) -> None:
        edition.check_goes_on()
        if edition.id in final:
            raise AwardsStand("competitionId")

    return check


def reinstate_competition(session: Session, *, edition: Edition, reason: str) -> Edition:
    """Let an edition be held after all that was cancelled by mistake; refuses as `reinstatable` does."""
    hold(session, edition)
    reinstatable(session, [edition])(edition)
    since = edition.cancelled_at or session.now
    edition.reinstate(session.now)
    closed = edition.status == EditionStatus.CLOSED
    stand_again(session, edition, closed=closed)
    phases = _phases(session, edition, PhaseState.CANCELLED)
    for phase in phases:
        phase.reinstate(session.now)
    session.flush()
    _ring_again(session, edition, phases, since)
    tell_calendars(session, edition)
    told = list(concerned(session, edition))
    _tell(session, edition, told, lambda **to: say.CompetitionReinstated(**to, reason=reason))
    move_up(session, _waited_for(session, edition))
    return edition


def reinstatable(session: Session, editions: Sequence[Edition]) -> Callable[[Edition], None]:
    """Whether these can be taken back; it refuses with NotCancelled, or TooLateToReinstate where something fell due meanwhile."""
    ids = [each.id for each in editions if each.cancelled]
    phases = session.scalars(select(Phase).where(Phase.edition_id.in_(ids), Phase.state == PhaseState.CANCELLED)).all()
    moments = [(phase.edition_id, at) for phase in phases for at in (phase.opens_at, phase.closes_at)]
    moments += deadlines(session, ids)

    def check(edition: Edition) -> None:
        edition.check_can_be_reinstated(session.now)
        since = edition.cancelled_at or session.now
        if any(since < moment <= session.now for moment in _moments(edition, moments)):
            raise TooLateToReinstate("competitionId")

    return check


def _moments(edition: Edition, moments: Iterable[tuple[str, datetime]]) -> Iterator[datetime]:
    """When something was still to happen in an edition that is cancelled."""
    if edition.stood_as == EditionStatus.PUBLISHED:
        yield edition.closes_at
    yield from (moment for edition_id, moment in moments if edition_id == edition.id)


def _ring_again(session: Session, edition: Edition, phases: Sequence[Phase], since: datetime) -> None:
    """Set every timer anew that rang in vain, or would have rung."""
    if edition.status == EditionStatus.PUBLISHED:
        timers.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
        watch_entries(session, edition)
    schedule(session, phases)
    plan_reminders(session, phases)
    watch_works(session, phases)
    finish_later(session, edition)
    watch_again(session, edition.id, since)


def _phases(session: Session, edition: Edition, *states: PhaseState) -> Sequence[Phase]:
    return session.scalars(select(Phase).where(Phase.edition_id == edition.id, Phase.state.in_(states))).all()


def _waited_for(session: Session, edition: Edition) -> Sequence[str]:
    tracks = [track.id for track in edition.tracks]
    return session.scalars(select(Quota.id).where(Quota.track_id.in_(tracks), Quota.waiting > 0)).all()


def _tell(session: Session, edition: Edition, told: Sequence[Concerned], message: Callable[..., Message]) -> None:
    """Tell whoever is concerned; the members of the alliance with the first message."""
    about_it = edition.about
    for some in told:
        record(session, edition, message(**about_it, **some._asdict()))
        about_it["alliance_id"] = None
