"""The form of rule sets: every version of the rules of a competition."""

from __future__ import annotations

from contracts.forms import Input, identifier, listing


class RuleSets(Input):
    """Every version of the rules of several competitions, the first one first."""

    competition_ids = listing(identifier(), min=1, max=100)
