"""Reminding: before a date, once for each date, silent where it is done.

A service keeps a timer for each date and says by a message of its own that it comes near; notify tells people as of any
other message. Whoever sets or moves a date has the timer ring soon; it then finds out by itself when it is to tell, and looks
again at the date and at what is done before it does. So it may ring too often, and a date may move back and forth.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from kit.data.db import Session
from kit.work import timers
from procedures.reminders.tables import Reminded

SOON = timedelta(days=1)
"""What has just been said, with its date, is not said again before, or before half of the time to it is over."""


def remind_each(session: Session, reminder: str, dates: Mapping[str, datetime]) -> None:
    """The subjects with these ids are due at these moments from now on: have `reminder` look at each soon."""
    now = session.now
    whens = {id_: now + min(SOON, (due_at - now) / 2) for id_, due_at in dates.items() if due_at > now}
    timers.at_each(session, whens, reminder)


def falls_due(session: Session, reminder: str, subject_id: str, due_at: datetime, lead: timedelta) -> bool:
    """Whether people are to be reminded now that this is due then: once for each date, and never after it.

    Where it is too early, `reminder` rings again `lead` before the date.
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
