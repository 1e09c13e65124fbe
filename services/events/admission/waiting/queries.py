"""What can be asked about waiting: where an entry stands and why, and every decision that was taken about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from contracts.browsing import START, Stretch
from contracts.events.admission.entries import EntryStatus
from contracts.events.admission.waiting import AtClose, WaitingReason
from kit.data.db import Session
from kit.data.paging import Page, page
from services.events.admission.entries.model import Entry
from services.events.admission.entries.rights import entries_for
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.model import WaitingDecision
from services.events.admission.waiting.moving import offers_end, substitution_ends
from services.events.admission.waiting.prospects import estimated_chance
from services.events.admission.waiting.rules import WaitingForm, WaitingRules
from services.events.editions.editions.model import Edition, Track
from services.events.editions.rulesets import reading as rulebook
from services.events.editions.rulesets.model import RuleSet
from services.events.rights import ANSWERS_FOR

_OPEN = (EntryStatus.WAITING, EntryStatus.OFFERED)


@dataclass(frozen=True)
class WaitingPlace:
    """Where an entry stands that waits or has an offer; `chance` is as `estimated_chance` has it, None for an offer."""

    entry: Entry
    ahead: int
    why: WaitingReason
    rules: WaitingRules
    chance: float | None


@dataclass(frozen=True)
class _Seen:
    """An entry with those ahead of it, and what its chance is worked out from."""

    entry: Entry
    track: Track
    edition: Edition
    freed: int
    ahead: int


def waiting_places(session: Session, *, entry_ids: list[str]) -> list[WaitingPlace]:
    """Where those of these entries stand that concern the viewer and wait or have an offer."""
    seen = _seen(session, entry_ids)
    rules = _rules(session, seen)
    reasons = _last_reasons(session, [each.entry.id for each in seen])
    staying = {each.edition.id for each in seen if rules[each.track.id].at_close == AtClose.STAY}
    later = substitution_ends(session, staying)
    return [_place(session.now, each, rules[each.track.id], reasons, later) for each in seen]


def waiting_decisions(session: Session, *, entry_id: str, stretch: Stretch = START) -> Page[WaitingDecision]:
    """Every decision about an entry, oldest first."""
    query = select(WaitingDecision).where(WaitingDecision.entry_id == entry_id).order_by(WaitingDecision.id)
    return page(session, query, stretch)


def _seen(session: Session, entry_ids: list[str]) -> list[_Seen]:
    earlier = aliased(Entry)
    ahead = (
        select(func.count())
        .where(
            earlier.quota_id == Entry.quota_id,
            earlier.status == EntryStatus.WAITING,
            earlier.id < Entry.id,
            Entry.status == EntryStatus.WAITING,
        )
        .scalar_subquery()
    )
    query = (
        select(Entry, Track, Edition, Quota.freed, ahead)
        .join(Track, Track.id == Entry.track_id)
        .join(Edition, Edition.id == Entry.edition_id)
        .join(Quota, Quota.id == Entry.quota_id)
        .where(Entry.id.in_(entry_ids), Entry.status.in_(_OPEN), entries_for(session, ANSWERS_FOR))
        .order_by(Entry.id)
    )
    return [_Seen(*row) for row in session.execute(query)]


def _rules(session: Session, seen: Sequence[_Seen]) -> dict[str, WaitingRules]:
    """The rules of each track, by their newest version."""
    newest = (
        select(RuleSet.edition_id, func.max(RuleSet.number))
        .where(RuleSet.edition_id.in_({each.edition.id for each in seen}))
        .group_by(RuleSet.edition_id)
    )
    numbers = dict(session.execute(newest).all()) if seen else {}
    tracks = {each.track.id: each.track for each in seen}
    return {
        track.id: rulebook.section_of_version(session, track, numbers[track.edition_id], WaitingForm)
        for track in tracks.values()
    }


def _last_reasons(session: Session, entry_ids: list[str]) -> dict[str, WaitingReason]:
    newest = func.row_number().over(
        partition_by=WaitingDecision.entry_id, order_by=WaitingDecision.id.desc()
    )  # PostgreSQL knows no greatest uuid
    ranked = (
        select(WaitingDecision.entry_id, WaitingDecision.reason, newest.label("age"))
        .where(WaitingDecision.entry_id.in_(entry_ids))
        .subquery()
    )
    rows = session.execute(select(ranked.c.entry_id, ranked.c.reason).where(ranked.c.age == 1))
    return {entry_id: WaitingReason(reason) for entry_id, reason in rows}


def _place(
    now: datetime,
    seen: _Seen,
    rules: WaitingRules,
    reasons: Mapping[str, WaitingReason],
    later: Mapping[str, datetime],
) -> WaitingPlace:
    entry, edition = seen.entry, seen.edition
    chance = None
    if entry.status == EntryStatus.WAITING:
        until = offers_end(edition, rules, later.get(edition.id))
        chance = estimated_chance(freed=seen.freed, since=edition.opens_at, now=now, until=until, ahead=seen.ahead)
    why = reasons.get(entry.id, WaitingReason.NO_PLACE_FREE)
    return WaitingPlace(entry, seen.ahead, why, rules, chance)
