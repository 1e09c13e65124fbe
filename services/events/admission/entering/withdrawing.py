"""Withdrawing: many entries end in one call, each as it would alone, in as many statements for many as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from contracts.base import Refusal
from contracts.refusals import ChangedMeanwhile
from kit.calls.several import each_done
from kit.data.db import Session
from procedures.quotas.places import locked
from services.events.admission.entering.commands import end_entry, leave_stages, vacate
from services.events.admission.entries.counting_people import count_out
from services.events.admission.entries.model import Entry
from services.events.admission.entries.queries import whole_entries
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.moving import move_up
from services.events.directory.model import Organization


def withdraw_entries(
    session: Session,
    ids: Sequence[str],
    entries: Sequence[Entry],
    organizations: Mapping[str, Organization],
    *,
    all_or_none: bool,
) -> dict[str, Entry | Refusal]:
    """End those of these entries that stand, and give their places to who waits; each is answered as `withdraw_entry` would.

    All books are locked, then all entries; where somebody holds two of these the other way round, the kit tries one of both anew.
    """
    books = {quota.id: quota for quota in locked(session, Quota, {str(entry.quota_id) for entry in entries})}
    _hold(session, entries)

    def withdraw(entry: Entry) -> None:
        entry.check_stands()
        quota = books.get(str(entry.quota_id))
        if quota is None:  # it waits nearer now than when its books were locked
            raise ChangedMeanwhile
        before = entry.status
        end_entry(session, entry, organizations[entry.organization_id])
        vacate(quota, before)

    found = {entry.id: entry for entry in entries}
    answers = each_done(ids, found, withdraw, named="entryIds", all_or_none=all_or_none)
    ended = [answer for answer in answers.values() if isinstance(answer, Entry)]
    session.flush()
    count_out(session, ended)
    leave_stages(session, ended)
    move_up(session, {str(entry.quota_id) for entry in ended})
    return answers


def _hold(session: Session, entries: Sequence[Entry]) -> None:
    """Read how these stand now, which nobody changes until the end of the transaction; in one order, against deadlocks."""
    ids = [entry.id for entry in entries]
    session.execute(select(Entry.id).where(Entry.id.in_(ids)).order_by(Entry.id).with_for_update(key_share=True))
    for entry in entries:
        session.expire(entry, ["status", "offered_until", "quota_id"])
    whole_entries(session, ids)
