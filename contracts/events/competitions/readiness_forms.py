"""The form of what drafts lack before they are published."""

from __future__ import annotations

from contracts.forms import Input, identifier, listing


class Shortcomings(Input):
    """What several drafts lack before they are published; nothing of what is public, or of others' drafts."""

    competition_ids = listing(identifier(), min=1, max=100)
