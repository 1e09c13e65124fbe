"""The forms of dismissals: two that look like one are two, taking that back, and the list of such pairs."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, identifier, region, text


class DismissDuplicate(Input):
    """Say that two organisations which look like one are two. For the hub office, and the office of the province of both.

    The pair is no longer suggested until one of the two is called otherwise.
    """

    organization_id = identifier("Organization", says="One of the two.")
    other_id = identifier("Organization", says="The other.")
    reason = text(max=500, lines=True, says="How it was seen that they are two.")


class RestoreDuplicate(Input):
    """Have a pair suggested again that was dismissed. For the hub office, and the office of the province of both."""

    dismissal_id = identifier("Dismissal", says="The dismissal.")
    reason = text(max=500, lines=True, says="Why it has to be looked at again.")


class Dismissals(Browsed):
    """Pairs that were dismissed and stay away, the newest first. For the hub office; for a province office its own."""

    province = region(
        required=False, says="Only pairs of which both are in this province; a province office names its own."
    )
