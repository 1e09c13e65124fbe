"""Calendars on the wire: that of a competition for everybody, that of a person for whoever has its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.alliances.people.persons import PersonErased
from contracts.events.calendar import calendar_forms as forms
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.right import SIGNED_IN
from services.events.calendar import commands, queries
from services.events.calendar.schemas import address_view, calendar_view


class CalendarService(Service):
    """What is dated, as calendar programs subscribe to it."""

    @command(forms.RenewMyCalendar, right=SIGNED_IN)
    def renew_my_calendar(self, session: Session) -> dict[str, Any]:
        return address_view(commands.renew_my_calendar(session))

    @on_messages(PersonErased)
    def forget_calendar(self, session: Session, received: Sequence[Received[PersonErased]]) -> None:
        commands.forget_calendars(session, [account for one in received for account in one.message.accounts])

    @query(forms.MyCalendar, right=SIGNED_IN)
    def my_calendar(self, session: Session) -> dict[str, Any] | None:
        address = queries.my_calendar(session)
        return address_view(address) if address else None

    @query(forms.CompetitionCalendar)
    def competition_calendar(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition, items = queries.competition_calendar(session, competition_id)
        return calendar_view(items, edition)

    @query(forms.PersonCalendar)
    def person_calendar(self, session: Session, *, secret: str) -> dict[str, Any]:
        return calendar_view(queries.person_calendar(session, secret))
