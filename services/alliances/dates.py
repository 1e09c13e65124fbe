"""Dates: what of alliances falls due for somebody, as its families declare it."""

from __future__ import annotations

from procedures.agenda.dates import Dates
from services.alliances.membership.memberships.dates import DATES as OF_MEMBERSHIPS
from services.alliances.membership.renewals.dates import DATES as OF_RENEWALS

DATES: tuple[Dates, ...] = (*OF_MEMBERSHIPS, *OF_RENEWALS)
