"""The forms of editions: finding competitions, and the stages of their rounds."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, flag, identifier, listing, searched


class Competitions(Browsed):
    """Competitions, newest first. What is published is public; drafts are for those who organise them."""

    series_id = identifier("CompetitionSeries", required=False, says="Only editions of this series.")
    alliance_id = identifier("Alliance", required=False, says="Only those for the members of this alliance.")
    open_now = flag(required=False, says="Only those that are open for entries now.")
    drafts = flag(required=False, says="Show the viewer's drafts instead of what is published.")
    search = searched()
    order_by = ordered(ByAge, ByAge.NEWEST, named=True)


class HistoryOfCompetitions(Browsed):
    """What was done to several competitions, step by step. For those who organise, supervise or arbitrate them."""

    competition_ids = listing(identifier(), min=1, max=100)


class ActionsOnTracks(Input):
    """What the viewer can do about several tracks."""

    track_ids = listing(identifier(), min=1, max=100)


class ActionsOnCompetitions(Input):
    """What the viewer can do about several competitions."""

    competition_ids = listing(identifier(), min=1, max=100)


class Stages(Input):
    """The stages of several rounds."""

    round_ids = listing(identifier(), min=1, max=100)
