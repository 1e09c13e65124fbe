"""The forms of work that was given up on: every service reads them alike."""

from __future__ import annotations

from contracts.forms import Input, Page, choice, flag, text, verbatim
from contracts.parked import ParkedKind

REFERENCE = r"[a-z_]+\.[a-z0-9_.]+/[0-9a-f-]{36}\Z"


class Parked(Page):
    """Work that was given up on and waits for somebody to look at it, in all services, newest first. For the hub office."""

    kind = choice(ParkedKind, required=False, says="Only work of this kind.")
    counted = flag(required=False)
    unshown = ("counted",)


class RetryParked(Input):
    """Have work that was given up on tried again at once, with all its tries. For the hub office."""

    reference = verbatim(max=200, pattern=REFERENCE, says="Its reference, as `parked` shows it.")
    reason = text(max=500, required=False, says="Why it will go well now; for the record.")


class DiscardParked(Input):
    """Put work that was given up on aside for good: it has no effect, and what waited behind it goes on. For the hub office."""

    reference = verbatim(max=200, pattern=REFERENCE, says="Its reference, as `parked` shows it.")
    reason = text(max=500, says="Why it is not needed; for the record.")


class ParkedSettlements(Page):
    """What was done about work that was given up on, by whom and why, newest first. For the hub office."""

    counted = flag(required=False)
    unshown = ("counted",)
