"""What can be done about calendars: have another address for one's own."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from contracts.refusals import ChangedMeanwhile
from kit.data.db import Session
from services.events.calendar.model import CalendarAddress


def forget_calendars(session: Session, accounts: Collection[str]) -> None:
    """Whoever has the address of a calendar of these persons finds nothing there any more."""
    session.execute(delete(CalendarAddress).where(CalendarAddress.person.in_(accounts)))


def renew_my_calendar(session: Session) -> CalendarAddress:
    """Give the viewer's calendar an address, or another one; what was subscribed to before is gone."""
    address = session.get(CalendarAddress, session.viewer.id, with_for_update=True)
    if address is None:
        address = CalendarAddress(person=session.viewer.id)
        session.add(address)
    address.renew(session.now)
    try:
        session.flush()
    except IntegrityError as error:  # the same person asked twice at the same moment
        raise ChangedMeanwhile from error
    return address
