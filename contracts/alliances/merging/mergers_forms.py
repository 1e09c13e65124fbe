"""The forms of mergers: looking at what a merger would do, merging, undoing, and the lists of duplicates."""

from __future__ import annotations

from contracts.alliances.merging.mergers import DuplicateReason, MergedField, MergeGround, MergeSide
from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, choice, digest, identifier, listing, nested, region, text


class MergeChoice(Input):
    """Of one thing that two organisations say differently, which of them is right."""

    field = choice(MergedField, says="What they say differently.")
    keep = choice(MergeSide, says="Whose is kept.")


class _Pair(Input):
    survivor_id = identifier("Organization", says="The organisation that stays.")
    other_id = identifier("Organization", says="The organisation that is merged into it.")
    choices = listing(
        nested(MergeChoice),
        max=len(MergedField),
        required=False,
        says="Which of the two is right where they differ; everything else needs no choice.",
    )


class PreviewMerge(_Pair):
    """What a merger would do, with its digest; changes nothing. For the hub office, and the office of the province of both."""


class MergeOrganizations(_Pair):
    """Merge one organisation into another. For the hub office, and the office of the province of both.

    Every id of the merged organisation means the survivor from then on; nothing is lost, and it can be undone.
    """

    ground = choice(MergeGround, says="Why the two are one.")
    digest = digest(says="The digest of the preview that was looked at, with the same choices.")


class UnmergeOrganizations(Input):
    """Undo a merger within the days that a setting gives. For the hub office, and the office of the province of both.

    Both organisations stand as before the merger; what was added to the survivor since stays with it.
    """

    merger_id = identifier("Merger", says="The merger to undo.")
    reason = text(max=500, says="Why, in words for the representatives of both.")


class Mergers(Browsed):
    """All mergers, the newest first, also those that were undone. Public."""

    order_by = ordered(ByAge, ByAge.NEWEST)


class MergersOfOrganizations(Input):
    """The mergers of which several organisations are survivors now."""

    organization_ids = listing(identifier(), min=1, max=100)


class Duplicates(Browsed):
    """Pairs of organisations that may be one. For the hub office; for a province office those in its own province."""

    reason = choice(DuplicateReason, says="Why they may be one.")
    province = region(
        required=False, says="Only pairs of which both are in this province; a province office names its own."
    )
