"""Renaming: the names of an alliance from a day on, past or to come; on that day its entry follows, by a timer."""

from __future__ import annotations

from datetime import date

from contracts.alliances.registry.alliances import AllianceChange
from kit.data.db import Session
from kit.work import timers
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.queries import is_borne
from services.alliances.registry.alliances.telling import tell
from services.alliances.registry.days import beginning_of, today_of
from services.alliances.registry.naming import next_turn, period_on

TURN_ALLIANCE = "turn_alliance"


def rename_alliance(
    session: Session, *, alliance: Alliance, name_zh: str, name_en: str, since: date, reason: str
) -> None:
    """It has these names from a day on; the former ones are kept."""
    today, named, what = today_of(session.now), alliance.named, AllianceChange.RENAMED
    new = alliance.bear_since(since, name_zh, name_en, reason, today=today)
    alliance.take_names_of(today)
    if new.is_ahead_of(today):
        named, what = new.named(alliance.id), AllianceChange.RENAMING_PLANNED
    tell(session, alliance, what, reason=reason, since=since, named=named)
    _plan_turn(session, alliance)


def withdraw_alliance_name(session: Session, *, alliance: Alliance, since: date, reason: str) -> None:
    """It never had, or will not have, the names of that day."""
    struck = alliance.strike_out(since).named(alliance.id)
    alliance.take_names_of(today_of(session.now))
    tell(session, alliance, AllianceChange.NAME_WITHDRAWN, reason=reason, since=since, named=struck)
    _plan_turn(session, alliance)


def turn_alliance(session: Session, alliance: Alliance) -> None:
    """Take the names of today, unless another alliance that goes on bears them."""
    today, before = today_of(session.now), alliance.named
    if not alliance.bears_names_of(today):
        now = period_on(alliance.periods, today)
        named, what = before, AllianceChange.RENAMED
        if is_borne(session, alliance, now.name_zh):
            named, what = now.named(alliance.id), AllianceChange.RENAMING_HELD_UP
        else:
            alliance.take_names_of(today)
        tell(session, alliance, what, since=now.since, named=named, reason=alliance.why_since(now.since))
    _plan_turn(session, alliance)


def _plan_turn(session: Session, alliance: Alliance) -> None:
    if coming := next_turn(alliance.periods, today_of(session.now)):
        timers.at(session, beginning_of(coming), TURN_ALLIANCE, alliance.id)
    else:
        timers.cancel(session, TURN_ALLIANCE, alliance.id)
