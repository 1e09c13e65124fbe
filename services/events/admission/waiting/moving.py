"""Moving: places that are free go to those who wait for them, by the policy that the rules name; each decision is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from contracts.events.admission import waiting as say
from contracts.events.admission.entries import EntryStatus
from contracts.events.admission.quotas import QuotaLevel
from contracts.events.admission.waiting import AtClose, WaitingPolicy
from contracts.events.editions.phases import PhaseKind
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from procedures.quotas.places import locked
from procedures.waiting.policies import POLICIES, Decision, Filling, Waiting
from services.events.admission.entries.model import Entry
from services.events.admission.entries.queries import whole_entries
from services.events.admission.quotas.model import Quota, covering
from services.events.admission.waiting.model import WaitingDecision
from services.events.admission.waiting.rules import WaitingForm, WaitingRules
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Round, Track
from services.events.editions.editions.queries import track as load_track
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.reading import section

LAPSE_OFFERS = "lapse_offers"


def move_up(session: Session, quota_ids: Iterable[str]) -> None:
    """Offer the free places of these quotas to those who wait for them; one statement where nobody does.

    Whoever has made places free calls this last: from then on nobody else can change these quotas until the end of the
    transaction.
    """
    session.flush()
    waited_for = select(Quota.id).where(Quota.id.in_(set(quota_ids)), Quota.waiting > 0)
    ids = session.scalars(waited_for).all()
    if not ids:
        return
    by_track: dict[str, list[Quota]] = {}
    for quota in locked(session, Quota, ids):
        if quota.waiting and (quota.unlimited or quota.free > 0):
            by_track.setdefault(quota.track_id, []).append(quota)
    for track_id, quotas in sorted(by_track.items()):
        _move_up_in(session, load_track(session, track_id), quotas)


def wait_nearer(session: Session, above: Quota, parts: Sequence[Quota]) -> None:
    """Let entries that wait for a quota wait for the part of it that is now the most particular for them.

    An entry takes its place from there, whether it comes now or has waited. `above` is held by this transaction.
    """
    if not above.waiting:
        return
    rows = session.execute(
        select(Entry.id, Organization)
        .join(Organization, Organization.id == Entry.organization_id)
        .where(Entry.quota_id == above.id, Entry.status == EntryStatus.WAITING)
    )
    waiting = [(entry_id, {organization.id, *covering(organization)}) for entry_id, organization in rows]
    for part in locked(session, Quota, [part.id for part in parts]):
        moved = [entry_id for entry_id, holders in waiting if part.holder in holders]
        if moved:
            move = update(Entry).where(Entry.id.in_(moved)).values(quota_id=part.id)
            session.execute(move, execution_options={"synchronize_session": False})
            part.waiting += len(moved)
            above.waiting -= len(moved)
    session.flush()


def offers_end(edition: Edition, rules: WaitingRules, substitution_end: datetime | None) -> datetime:
    """Until when places of an edition can be offered and accepted.

    That is the end of the entry window, or where the list stays the end of the first round's phase of substitution.
    """
    if rules.at_close == AtClose.LAPSE or substitution_end is None:
        return edition.closes_at
    return max(edition.closes_at, substitution_end)


def substitution_ends(session: Session, edition_ids: Collection[str]) -> dict[str, datetime]:
    """By edition, when the first round's phase of substitution ends."""
    if not edition_ids:
        return {}
    query = (
        select(Phase.edition_id, Phase.closes_at)
        .join(Phase.round)
        .where(Phase.edition_id.in_(edition_ids), Round.number == 1, Phase.kind == PhaseKind.SUBSTITUTION)
    )
    return dict(session.execute(query).all())


def schedule_lapse(session: Session, track_id: str) -> None:
    """Have the offers in a track lapse when the time of the next one is over."""
    offered = select(func.min(Entry.offered_until)).where(
        Entry.track_id == track_id, Entry.status == EntryStatus.OFFERED
    )
    next_one = session.scalar(offered)
    if next_one:
        timers.at(session, next_one, LAPSE_OFFERS, track_id)


def _move_up_in(session: Session, track: Track, quotas: Sequence[Quota]) -> None:
    rules = section(session, track, WaitingForm)
    later = substitution_ends(session, [track.edition_id] if rules.at_close == AtClose.STAY else [])
    ends = offers_end(track.edition, rules, later.get(track.edition_id))
    until = min(session.now + timedelta(hours=rules.offer_hours), ends)
    if until <= session.now:
        return
    queues = _queues(session, quotas)
    filled = _filled(session, track) if rules.policy == WaitingPolicy.PROVINCE_BALANCED else {}
    decided = {quota.id: _decide(quota, queues.get(quota.id, []), rules, filled) for quota in quotas}
    offered = [each.entry_id for decisions in decided.values() for each in decisions if each.is_offer]
    _offer(session, offered, until)
    for quota in quotas:
        offers = sum(each.is_offer for each in decided[quota.id])
        quota.offered, quota.waiting = quota.offered + offers, quota.waiting - offers
        session.add_all(
            WaitingDecision.of(each, id_=new_id(), quota_id=quota.id, now=session.now) for each in decided[quota.id]
        )
    session.flush()
    if offered:
        schedule_lapse(session, track.id)


def _queues(session: Session, quotas: Sequence[Quota]) -> dict[str, list[Waiting]]:
    """Who waits for each of these quotas, in the order in which they came."""
    rows = session.execute(
        select(Entry.id, Entry.quota_id, Entry.province, Entry.organization_id, Entry.group_name)
        .where(Entry.quota_id.in_([quota.id for quota in quotas]), Entry.status == EntryStatus.WAITING)
        .order_by(Entry.id)
    )
    queues: dict[str, list[Waiting]] = {}
    for position, (entry_id, quota_id, province, organization_id, group) in enumerate(rows):
        joined = f"{organization_id} {group}" if group else None
        waiting = Waiting(entry_id, position, province, (str(quota_id),), joined)
        queues.setdefault(str(quota_id), []).append(waiting)
    return queues


def _filled(session: Session, track: Track) -> dict[str, Filling]:
    """How many entries of each province have a place or one on offer, and how many places the province was given."""
    places = (
        select(Quota.province, Quota.issued - Quota.returned)
        .where(Quota.track_id == track.id, Quota.level == QuotaLevel.PROVINCE)
        .order_by(Quota.province)
    )
    having = (EntryStatus.ENTERED, EntryStatus.OFFERED)
    entries = (
        select(Entry.province, func.count())
        .where(Entry.track_id == track.id, Entry.status.in_(having))
        .group_by(Entry.province)
    )
    given = dict(session.execute(places).all())
    filled = dict(session.execute(entries).all())
    return {province: Filling(filled.get(province, 0), given.get(province, 0)) for province in {*given, *filled}}


def _decide(
    quota: Quota, queue: Sequence[Waiting], rules: WaitingRules, filled: Mapping[str, Filling]
) -> list[Decision]:
    free = len(queue) if quota.unlimited else quota.free
    return POLICIES[rules.policy].decide(queue, {quota.id: free}, filled)


def _offer(session: Session, entry_ids: Sequence[str], until: datetime) -> None:
    entries = {entry.id: entry for entry in whole_entries(session, entry_ids)}
    organizations = directory.organizations(session, [entry.organization_id for entry in entries.values()])
    for entry_id in entry_ids:
        entry = entries[entry_id]
        entry.offer(until)
        about = entry.about(organizations[entry.organization_id].named)
        record(session, entry, say.OfferMade(**about, offered_until=until))
