"""The forms of editions: finding competitions, and the stages of their rounds."""

from __future__ import annotations

from contracts.forms import Input, Page, flag, identifier, listing


class Competitions(Page):
    """Competitions, newest first. What is published is public; drafts are for those who organise them."""

    series_id = identifier("CompetitionSeries", required=False, says="Only editions of this series.")
    alliance_id = identifier("Alliance", required=False, says="Only those for the members of this alliance.")
    open_now = flag(required=False, says="Only those that take entries now.")
    drafts = flag(required=False, says="Instead of what is published: the drafts that the viewer organises.")


class Stages(Input):
    """The stages of several rounds."""

    round_ids = listing(identifier(), min=1, max=100)
