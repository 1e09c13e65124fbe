"""Dates of waiting: until when a place is held for an entry."""

from __future__ import annotations

from sqlalchemy import false, select

from contracts.agenda import DateKind
from contracts.events.admission.entries import EntryStatus
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.events.admission.entries.model import Entry
from services.events.admission.entries.rights import entries_for
from services.events.editions.editions.model import Edition
from services.events.rights import STANDS_FOR


def _offers(session: Session) -> DueRows | None:
    query = select(Entry.id, Entry.offered_until, false()).join(Edition, Edition.id == Entry.edition_id)
    return theirs(query.where(Entry.status == EntryStatus.OFFERED), entries_for(session, STANDS_FOR.exactly()))


DATES = (Dates(kind=DateKind.OFFER, subject="entry", rows=_offers, action="accept_offer"),)
