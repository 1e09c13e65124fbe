"""The forms of phases: laying one out, moving it, and finding it."""

from __future__ import annotations

from contracts.events.editions.phases import PhaseKind
from contracts.forms import Input, choice, identifier, instant, listing, text, whole


class NewPhase(Input):
    """The phase of a round to plan."""

    round = whole(min=1, max=20, says="The number of the round that it belongs to.")
    kind = choice(PhaseKind, says="What it is for.")
    opens_at = instant(says="When it opens.")
    closes_at = instant(says="When it closes.")


class MovePhase(Input):
    """Move a phase of a published competition; everybody who has entered is told. For the organisers."""

    phase_id = identifier("Phase", says="The phase that moves.")
    opens_at = instant(says="When it opens; ignored if it is already open.")
    closes_at = instant(says="When it closes.")
    reason = text(lines=True, max=500, says="Why, in words for those who have entered.")


class Phases(Input):
    """The phases of several competitions, in the order in which they open."""

    competition_ids = listing(identifier(), min=1, max=100)
