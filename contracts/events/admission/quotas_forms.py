"""The forms of quotas: giving places on, giving them back, and seeing where each of them is."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, digest, identifier, listing, nested, region, text, whole

MOST_PLACES = 1_000_000


class NewShare(Input):
    """Places for a region or an institution: a number, or what the rules (`quotas.share`) give for its entries."""

    either = (("region", "organization_id"), ("places", "entries"))

    region = region(required=False, says="The region that is to hold the places.")
    organization_id = identifier("Organization", required=False, says="The institution that is to hold the places.")
    places = whole(min=1, max=MOST_PLACES, required=False, says="How many places it gets.")
    entries = whole(
        min=0,
        max=MOST_PLACES,
        required=False,
        says="The number of entries from which the rules work out its places, direct places included.",
    )


class _OneQuota(Input):
    quota_id = identifier("Quota", says="The quota whose places these are.")


class AllocatePlaces(_OneQuota):
    """Give places on: those of the whole region for the organisers, those of a province for its office and leader."""

    shares = listing(nested(NewShare), min=1, max=500, says="Who gets how many.")


class DerivedPlaces(_OneQuota):
    """How places would be shared by the entries of an earlier edition. For those who may give them on.

    Places of the whole region go to provinces, those of a province or a part of it to institutions; by the largest remainder,
    so that all are given.
    """

    competition_id = identifier(
        "Competition",
        required=False,
        says="The edition whose entries count; the one before this in the series by default.",
    )
    places = whole(
        min=1, max=MOST_PLACES, required=False, says="How many places to share; all that are free by default."
    )


class DerivePlaces(DerivedPlaces):
    """Give places on exactly as `derivedPlaces` has shown. For those who may give them on."""

    digest = digest(says="That of what was shown.")
    reason = text(lines=True, max=500, says="Why they are shared so, in words for those who get them.")


class ReturnPlaces(_OneQuota):
    """Return free places to the quota above. For those who hold them."""

    places = whole(min=1, max=MOST_PLACES, says="How many places go back.")


class ReallocatePlaces(_OneQuota):
    """Redistribute the free places of a quota by the rule set. For those who may allocate them."""


class Quotas(Input):
    """The places of every province in several tracks."""

    track_ids = listing(identifier(), min=1, max=100)


class QuotaTree(Browsed):
    """One level of the tree of a track's quotas."""

    track_id = identifier("Track", says="The track whose quotas are asked for.")
    parent_id = identifier("Quota", required=False, says="The quota whose parts to list; the root by default.")
