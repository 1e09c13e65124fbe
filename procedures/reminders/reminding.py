"""Reminding: before a date, once for each date, silent where it is done.

A service keeps the timer of each date and says by a message of its own that it comes near; notify tells people as of any
other message. The timer looks at the date and at what is done when it rings, so that it may ring too often: whatever has
moved a date or settled a thing need only set it anew, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from kit.data.db import Session
from kit.work import timers
from procedures.reminders.tables import Reminded


def remind_each(session: Session, reminder: str, dates: Mapping[str, datetime], lead: timedelta) -> None:
    """Have `reminder` ring `lead` before the date of each of these subjects, by their ids; past dates ring no more.

    Where that moment is past, it rings half way to the date: what has just been said need not be said again at once.
    """
    now = session.now
    whens = {id_: _moment(due_at, lead, now) for id_, due_at in dates.items() if due_at > now}
    if whens:
        timers.at_each(session, whens, reminder)
    for id_ in dates.keys() - whens.keys():
        timers.cancel(session, reminder, id_)


def falls_due(session: Session, reminder: str, subject_id: str, due_at: datetime, lead: timedelta) -> bool:
    """Whether people are to be reminded now that this is due then: once for each date, and never after it.

    Where it is too early, as the date was moved, the timer is set anew.
    """
    if due_at <= session.now:
        return False
    if due_at - lead > session.now:
        timers.at(session, due_at - lead, reminder, subject_id)
        return False
    key = {"reminder": reminder, "subject_id": subject_id, "due_at": due_at}
    if session.scalar(select(Reminded.reminder).filter_by(**key)):
        return False
    session.add(Reminded(**key))
    return True


def _moment(due_at: datetime, lead: timedelta, now: datetime) -> datetime:
    ahead = due_at - lead
    return ahead if ahead > now else now + (due_at - now) / 2
