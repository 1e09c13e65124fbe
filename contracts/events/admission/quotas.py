"""What events says and refuses about quotas (名额): the places of a track, given on from level to level."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class QuotaLevel(Choice):
    """Who holds a quota."""

    REGION = "region", "The organisers hold it, for the whole region (区域)."
    PROVINCE = "province", "A province holds it (省)."
    PREFECTURE = "prefecture", "A prefecture holds it (市)."
    COUNTY = "county", "A county holds it (县)."
    INSTITUTION = "institution", "An institution holds it (单位)."


@dataclass(frozen=True, kw_only=True)
class _Places:
    """What every message about places says: of whose quota, in which track.

    `province` is empty for the quota of the whole region, `organization_ids` names the institutions concerned.
    """

    quota_id: str
    competition: Named
    track: Named
    edition: int
    series_id: str
    province: str
    places: int
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class PlacesAllocated(_Places, Message, type="events.places_allocated"):
    """Places of a quota were given on to those below it; `provinces` are those that had some, but of a draft, of which
    they do not know yet."""

    provinces: list[str]
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PlacesReturned(_Places, Message, type="events.places_returned"):
    """Unused places went back to the quota that they came from."""


class NothingToDerive(Refusal):
    """The earlier edition has no such track, or no entry in it from where these places could go."""

    code = "NOTHING_TO_DERIVE"
    zh = "往届该赛道没有可供参照的报名；请另选一届，或直接分配名额（allocatePlaces）。"
    en = "No entry of an earlier edition counts for these places; name another edition, or allocate them (allocatePlaces)."


class QuotaExhausted(Refusal):
    """All places of the province in this track are held."""

    code = "QUOTA_EXHAUSTED"
    zh = "本省在该赛道的名额已满（共 {places} 个）。"
    en = "All {places} places of this province in this track are taken."


class NoQuota(Refusal):
    code = "NO_QUOTA"
    zh = "该赛道没有分配给本省的名额。"
    en = "This track has no places for this province."


class NotEnoughPlaces(Refusal):
    code = "NOT_ENOUGH_PLACES"
    zh = "可用名额不足：还剩 {free} 个。"
    en = "There are not enough free places: {free} are left."


class HeldElsewhere(Refusal):
    """Nobody has two quotas in one track: what comes from elsewhere goes by the quota around them."""

    code = "HELD_ELSEWHERE"
    zh = "该单位或地区的名额来自另一级名额，请由其分配。"
    en = "This holder has its places from another quota, which is to give them."


class QuotaClosed(Refusal):
    code = "QUOTA_CLOSED"
    zh = "报名已截止，名额不能再变动。"
    en = "Entries are closed; the quota can no longer be changed."
