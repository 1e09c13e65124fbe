"""The form of a service's part of an agenda: every service that knows of dates reads it alike."""

from __future__ import annotations

from contracts.agenda import MOST_DAYS, USUAL_DAYS
from contracts.forms import Page, flag, instant


class MyDates(Page):
    """Everything with a date that concerns the viewer, from all services, the earliest first."""

    since = instant(required=False, says="From when on; by default from now on.")
    until = instant(
        required=False, says=f"Until just before when: {USUAL_DAYS} days by default, and at most {MOST_DAYS}."
    )
    undone = flag(required=False, says="Only what is not done yet.")
    counted = flag(required=False)
    unshown = ("counted",)
