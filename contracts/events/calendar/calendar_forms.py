"""The forms of calendars: that of a competition, and a person's own by its secret address."""

from __future__ import annotations

from contracts.forms import Input, identifier, verbatim


class RenewMyCalendar(Input):
    """Give the viewer's calendar an address, or a new one; the old one stops working."""


class MyCalendar(Input):
    """The address of the viewer's own calendar; none until `renewMyCalendar` gives it one."""


class CompetitionCalendar(Input):
    """The dates of a competition; a draft's only for its organisers."""

    competition_id = identifier()


class PersonCalendar(Input):
    """The dates that concern the person whose calendar has this address."""

    secret = verbatim(max=100, pattern=r"[A-Za-z0-9_-]+\Z")
