"""The forms of sessions: ending those of a person, and the list of those that were ended."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, instant, person


class EndSessions(Input):
    """End all sessions of a person at once: no token issued until now is accepted. For the person and the hub office."""

    person = person(says="The person whose sessions end.")


class EndedSessions(Browsed):
    """Whose sessions were ended, for gateways: without names."""

    since = instant(says="Only those that were ended at this moment or later.")
