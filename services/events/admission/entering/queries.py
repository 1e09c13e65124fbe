"""What is asked before somebody enters: what goes for them, what stands already, and what places there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select, tuple_

from kit.data.db import Session
from kit.rights.merged import meaning
from procedures.quotas.places import locked
from services.events.admission.entering.admitting import NewEntry
from services.events.admission.entering.desk import Desk, Named, copy_of
from services.events.admission.entries.model import STANDING, Entry
from services.events.admission.entries.rules import EntriesForm
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.queries import around, nearest
from services.events.admission.waiting.rules import WaitingForm, WaitingRules
from services.events.directory.queries import known
from services.events.editions.editions.model import Track
from services.events.editions.rulesets.reading import number_in_force, section_of_version


def desk_for(session: Session, new: Sequence[NewEntry], *, hold: bool = True) -> Desk:
    """The desk for these entries, in as many statements for many as for few.

    With `hold`, quotas are held for whom a look is not enough: who may have to wait, and who was too slow before.
    """
    pairs = {(each.track.id, each.organization.id): (each.track, each.organization) for each in new}.values()
    number = number_in_force(Track.edition_id)
    merged = {each.organization.id for each in new if each.organization.survivor_id}
    means = meaning(session, merged) if merged else {}
    rows = session.execute(around(pairs, means).join(Track, Track.id == Quota.track_id).add_columns(number)).all()
    numbers = {quota.track_id: number for quota, number in rows}
    tracks = {each.track.id: each.track for each in new if each.track.id in numbers}
    waits = {each.track.id for each in new if each.waits}
    rules = {id_: section_of_version(session, track, numbers[id_], EntriesForm) for id_, track in tracks.items()}
    waiting = {
        id_: section_of_version(session, tracks[id_], numbers[id_], WaitingForm) for id_ in waits & tracks.keys()
    }
    quotas = nearest([quota for quota, _ in rows], pairs, means)
    if hold and (contended := _contended(session, new, quotas, waiting)):
        locked(session, Quota, contended)
    books = {quota.id: copy_of(quota) for quota in quotas.values()}
    return Desk(rules, waiting, quotas, standing(session, new, means), _strangers(session, new), books)


def standing(session: Session, new: Collection[NewEntry], means: Mapping[str, str]) -> set[Named]:
    """Those of these entries that stand already, also under an id of what was merged, which `means` one of theirs."""
    named = tuple_(Entry.track_id, Entry.organization_id, Entry.contestant_key)
    query = select(Entry.track_id, Entry.organization_id, Entry.contestant_key).where(
        named.in_(_also_as({each.named for each in new}, means)), Entry.status.in_(STANDING), Entry.erased_at.is_(None)
    )
    return {(track_id, means.get(own_id, own_id), str(key)) for track_id, own_id, key in session.execute(query)}


def _also_as(named: set[Named], means: Mapping[str, str]) -> set[Named]:
    """These and the same under the ids of what was merged into their organisations."""
    return named | {(track, id_, key) for track, own, key in named for id_, now in means.items() if now == own}


def _contended(
    session: Session,
    new: Sequence[NewEntry],
    quotas: Mapping[tuple[str, str], Quota],
    waiting: Mapping[str, WaitingRules],
) -> set[str]:
    """The ids of the quotas of which it must be known for certain how they stand."""
    asked = [(each, quota) for each in new if (quota := quotas.get((each.track.id, each.organization.id)))]
    if session.retried:
        return {quota.id for _, quota in asked}
    number = Counter(quota.id for _, quota in asked)
    return {
        quota.id
        for each, quota in asked
        if each.waits and waiting[each.track.id].enabled and not quota.has_room_for(number[quota.id])
    }


def _strangers(session: Session, new: Sequence[NewEntry]) -> set[str]:
    """The ids of the members' organisations that are not known."""
    ids = {member.organization_id for each in new for member in each.members if member.organization_id}
    return ids - known(session, ids) if ids else set()
