"""What events says and refuses: competition series, editions and entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.base import Message, Named, Refusal


class EditionStatus(StrEnum):
    """Where an edition of a competition stands."""

    DRAFT = "draft"  # 未发布
    PUBLISHED = "published"  # 已发布
    CLOSED = "closed"  # 报名已截止


class EntryStatus(StrEnum):
    """Where an entry stands."""

    ENTERED = "entered"  # 已报名
    WITHDRAWN = "withdrawn"  # 已撤回


@dataclass(frozen=True, kw_only=True)
class SeriesFounded(Message, type="events.series_founded"):
    """A competition series (竞赛系列) was entered; whoever organises it holds a grant on its id."""

    series: Named
    alliance_id: str | None


@dataclass(frozen=True, kw_only=True)
class _Edition:
    """What every message about an edition says; `alliance_id` is empty where nobody but the public is concerned.

    `competition` has the id of the edition and the names of its series.
    """

    competition: Named
    edition: int
    alliance_id: str | None
    opens_at: datetime
    closes_at: datetime
    series_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class CompetitionDrafted(_Edition, Message, type="events.competition_drafted"):
    """An edition of a competition series was prepared; the public does not see it yet."""


@dataclass(frozen=True, kw_only=True)
class CompetitionPublished(_Edition, Message, type="events.competition_published"):
    """The edition is public with its tracks, quotas and entry window."""


@dataclass(frozen=True, kw_only=True)
class EntriesClosed(_Edition, Message, type="events.entries_closed"):
    """The entry window has ended."""

    entries: int


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """What every message about an entry says: which organisation, for which province, in which track.

    `competition` is the edition, as above. Who the contestant is stays where it is needed.
    """

    entry_id: str
    competition: Named
    track: Named
    organization: Named
    province: str
    edition: int | None = None
    series_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class EntrySubmitted(_Entry, Message, type="events.entry_submitted"):
    """A delegation entered, and holds one place of its province's quota."""


@dataclass(frozen=True, kw_only=True)
class EntryWithdrawn(_Entry, Message, type="events.entry_withdrawn"):
    """The delegation withdrew, and gave its place back."""


class SeriesKnown(Refusal):
    code = "SERIES_KNOWN"
    zh = "已有同名竞赛系列。"
    en = "There is already a competition series of this name."


class EditionKnown(Refusal):
    code = "EDITION_KNOWN"
    zh = "该系列的第 {edition} 届已经存在。"
    en = "Edition {edition} of this series exists already."


class WindowInvalid(Refusal):
    code = "WINDOW_INVALID"
    zh = "报名截止时间须晚于开始时间。"
    en = "Entries must close after they open."


class WindowPassed(Refusal):
    code = "WINDOW_PASSED"
    zh = "报名截止时间已过。"
    en = "The time at which entries close has passed already."


class GivenTwice(Refusal):
    code = "GIVEN_TWICE"
    zh = "“{value}”重复出现。"
    en = "“{value}” is given twice."


class NotADraft(Refusal):
    code = "NOT_A_DRAFT"
    zh = "该赛事已发布，不能再改动或发布。"
    en = "This competition is published already."


class EntriesNotOpen(Refusal):
    code = "ENTRIES_NOT_OPEN"
    zh = "当前不在报名时间内。"
    en = "Entries are not open now."


class QuotaExhausted(Refusal):
    """All places of the province in this track are held."""

    code = "QUOTA_EXHAUSTED"
    zh = "本省在该赛道的名额已满（共 {places} 个）。"
    en = "All {places} places of this province in this track are taken."


class NoQuota(Refusal):
    code = "NO_QUOTA"
    zh = "该赛道没有分配给本省的名额。"
    en = "This track has no places for this province."


class AlreadyEntered(Refusal):
    code = "ALREADY_ENTERED"
    zh = "该参赛者已在此赛道报名。"
    en = "This contestant is already entered in this track."


class EntryEnded(Refusal):
    code = "ENTRY_ENDED"
    zh = "该报名已经撤回。"
    en = "This entry was withdrawn already."


class OrganizationUnknown(Refusal):
    """The organisation is not in the registry, or its registration has not arrived here yet."""

    code = "ORGANIZATION_UNKNOWN"
    zh = "没有找到该单位；如刚刚登记，请稍后再试。"
    en = "The organisation was not found; if it was registered just now, try again in a moment."


class AllianceUnknown(Refusal):
    """The alliance is not in the registry, or its founding has not arrived here yet."""

    code = "ALLIANCE_UNKNOWN"
    zh = "没有找到该联盟；如刚刚登记，请稍后再试。"
    en = "The alliance was not found; if it was entered just now, try again in a moment."
