"""Deriving: places are shared by who entered in an earlier edition, shown first and then given exactly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from contracts.events.admission.entries import EntryStatus
from contracts.events.admission.quotas import NotEnoughPlaces, NothingToDerive, QuotaLevel
from contracts.refusals import DigestDiffers, NotFound, TooLong
from kit.data.db import Session
from kit.documents.digest import digest as digest_of
from kit.rights.merged import survivors
from procedures.shares.shares import proportionally
from services.events.admission.allocation.commands import Share, allocate_places
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import WHOLE, Quota
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Track

MOST_HOLDERS = 500
_WITHIN = {QuotaLevel.PROVINCE: 2, QuotaLevel.PREFECTURE: 4, QuotaLevel.COUNTY: 6}
"""How many digits of a region's code those within it share."""


@dataclass(frozen=True)
class Derived:
    """How `places` are shared by the `entries` that each holder, a province or an organisation, had in an edition."""

    quota_id: str
    edition_id: str
    places: int
    entries: Mapping[str, int]

    @property
    def shares(self) -> dict[str, int]:
        """How many places each holder gets; their sum is `places`."""
        return proportionally(self.places, self.entries)

    @property
    def digest(self) -> str:
        """What somebody has seen who gives places so."""
        return digest_of([self.quota_id, self.edition_id, self.places, dict(self.entries)])


def derived_places(
    session: Session, *, quota: Quota, competition_id: str | None = None, places: int | None = None
) -> Derived:
    """How the places of a quota, or all that are free, would be shared; at most 500 holders.

    Refuses with NotFound for an edition that is not of the series, NothingToDerive, NotEnoughPlaces or TooLong.
    """
    edition = _earlier(session, quota.track.edition, competition_id)
    entries = _entries(session, quota, edition.id)
    wanted = quota.free if places is None else places
    if wanted <= 0 or wanted > quota.free:
        raise NotEnoughPlaces("places", free=quota.free)
    if not entries:
        raise NothingToDerive("competitionId")
    if len(entries) > MOST_HOLDERS:
        raise TooLong("quotaId", max=MOST_HOLDERS)
    return Derived(quota.id, edition.id, wanted, entries)


def derive_places(session: Session, *, quota: Quota, derived: Derived, digest: str, reason: str) -> Quota:
    """Give places on as was shown; refuses with DigestDiffers, or as `allocate_places` does."""
    if derived.digest != digest:
        raise DigestDiffers("digest")
    given = {holder: number for holder, number in derived.shares.items() if number}
    by_province = quota.region == WHOLE
    known = {} if by_province else directory.organizations(session, list(given))
    shares = [
        Share(region=holder if by_province else None, organization=known.get(holder), places=number)
        for holder, number in sorted(given.items())
    ]
    return allocate_places(session, quota=quota, shares=shares, reason=reason)


def _earlier(session: Session, edition: Edition, competition_id: str | None) -> Edition:
    """The edition of the series whose entries count: the named one, or the last that was published before this."""
    others = select(Edition).where(Edition.series_id == edition.series_id, Edition.published_at.is_not(None))
    if competition_id:
        found = session.scalar(others.where(Edition.id == competition_id, Edition.id != edition.id))
        if found is None:
            raise NotFound("competitionId")
        return found
    before = others.where(Edition.number < edition.number).order_by(Edition.number.desc()).limit(1)
    last = session.scalar(before)
    if last is None:
        raise NothingToDerive("competitionId")
    return last


def _entries(session: Session, quota: Quota, edition_id: str) -> dict[str, int]:
    """How many entries each holder below the quota had in the track of the same code, merged organisations as one."""
    whole = quota.region == WHOLE
    holder = Entry.province if whole else Entry.organization_id
    query = (
        select(holder, func.count())
        .join(Track, Track.id == Entry.track_id)
        .where(Track.edition_id == edition_id, Track.code == quota.track.code, Entry.status == EntryStatus.ENTERED)
    )
    if not whole:
        digits = _WITHIN.get(QuotaLevel(quota.level))
        if quota.organization_id or digits is None:
            raise NothingToDerive("quotaId")
        inside = func.substr(Organization.region, 1, digits) == quota.region[:digits]
        query = query.join(Organization, Organization.id == Entry.organization_id).where(inside)
    counted = session.execute(query.group_by(holder)).all()
    now = {} if whole else survivors(session, [id_ for id_, _ in counted])
    entries: Counter[str] = Counter()
    for id_, number in counted:
        entries[now.get(id_, id_)] += number
    return dict(sorted(entries.items()))
