"""Dates: what of projects falls due for somebody, as its families declare it."""

from __future__ import annotations

from procedures.agenda.dates import Dates
from services.projects.cooperation.agreements.dates import DATES as OF_AGREEMENTS

DATES: tuple[Dates, ...] = OF_AGREEMENTS
