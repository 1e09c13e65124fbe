"""What events says and refuses about competitions: series, editions, tracks, rounds and their rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class EditionStatus(Choice):
    """The status of an edition of a competition."""

    DRAFT = "draft", "It is not public (未发布)."
    PUBLISHED = "published", "It is public (已发布)."
    CLOSED = "closed", "Entries are no longer taken (报名已截止)."
    CANCELLED = "cancelled", "It is not held (已取消)."


class TrackKind(Choice):
    """Who competes in a track."""

    INDIVIDUAL = "individual", "Individuals compete (个人赛)."
    TEAM = "team", "Teams compete (团体赛)."


class RoundLevel(Choice):
    """How far a round of a competition reaches."""

    SCHOOL = "school", "Within a school (校级)."
    PREFECTURE = "prefecture", "Within a prefecture (市级)."
    PROVINCE = "province", "Within a province (省级)."
    REGION = "region", "Across the region (区域)."
    FINAL = "final", "The final (决赛)."


class StageStatus(Choice):
    """The status of a track in a round."""

    UPCOMING = "upcoming", "It has not begun (未开始)."
    RUNNING = "running", "It is under way (进行中)."
    FINISHED = "finished", "It has ended (已结束)."


@dataclass(frozen=True, kw_only=True)
class SeriesFounded(Message, type="events.series_founded"):
    """A competition series (竞赛系列) was entered; whoever organises it holds a grant on its id."""

    series: Named
    alliance_id: str | None


@dataclass(frozen=True, kw_only=True)
class AllianceConsented(Message, type="events.alliance_consented"):
    """An alliance lets the editions of a series be held for its members."""

    series: Named
    alliance_id: str


@dataclass(frozen=True, kw_only=True)
class AllianceConsentWithdrawn(Message, type="events.alliance_consent_withdrawn"):
    """An alliance lets no further edition of a series be held for its members."""

    series: Named
    alliance_id: str


@dataclass(frozen=True, kw_only=True)
class AboutEdition:
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
class CompetitionDrafted(AboutEdition, Message, type="events.competition_drafted"):
    """An edition of a competition series was prepared; the public does not see it yet."""


@dataclass(frozen=True, kw_only=True)
class CompetitionPublished(AboutEdition, Message, type="events.competition_published"):
    """The edition is public with its tracks, quotas and entry window."""


@dataclass(frozen=True, kw_only=True)
class DraftChanged(AboutEdition, Message, type="events.draft_changed"):
    """What was prepared is different now; the public does not see it yet."""


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(AboutEdition, Message, type="events.draft_discarded"):
    """The draft is given up; nothing of it was ever public."""


@dataclass(frozen=True, kw_only=True)
class RulesAmended(AboutEdition, Message, type="events.rules_amended"):
    """The rule set of a published edition has a new version, from which on it is judged; `reason` says why.

    `organization_ids` are those that have entered, at most 1,000 in one message; the next message has the next ones.
    """

    rules_version: int
    reason: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class CompetitionRenamed(AboutEdition, Message, type="events.competition_renamed"):
    """A published edition has other names than those it was published with; `reason` says why."""

    before: Named
    after: Named
    reason: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class EntryWindowMoved(AboutEdition, Message, type="events.entry_window_moved"):
    """Entries of a published edition are taken at other times; `reason` says why.

    `organization_ids` are as in RulesAmended. Where there are several messages, the first alone names the alliance.
    """

    reason: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class CompetitionPostponed(AboutEdition, Message, type="events.competition_postponed"):
    """All that was still to come in an edition is `days` later; otherwise as EntryWindowMoved."""

    days: int
    reason: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class StageOpened(Message, type="events.stage_opened"):
    """A track begins in a round with this many participants."""

    stage_id: str
    competition: Named
    track: Named
    round: Named
    edition: int
    series_id: str
    participants: int


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


class NotADraft(Refusal):
    code = "NOT_A_DRAFT"
    zh = "该赛事已发布，不能再改动或发布。"
    en = "This competition is published already."


class NotPublished(Refusal):
    code = "NOT_PUBLISHED"
    zh = "该赛事尚未发布。"
    en = "This competition is not published yet."


class EntriesOver(Refusal):
    code = "ENTRIES_OVER"
    zh = "报名已截止，报名时间不能再调整。"
    en = "Entries have closed; their times cannot change any more."


class NothingToPostpone(Refusal):
    code = "NOTHING_TO_POSTPONE"
    zh = "该赛事的报名和各阶段均已结束，没有可以推迟的安排。"
    en = "Entries and all phases of this competition are over; there is nothing left to postpone."


class RoundUnknown(Refusal):
    code = "ROUND_UNKNOWN"
    zh = "没有第 {round} 轮。"
    en = "There is no round {round}."


class AllianceNotConsented(Refusal):
    """The organiser and their organisations do not belong to the alliance, and it has not consented to the series."""

    code = "ALLIANCE_NOT_CONSENTED"
    zh = "您所代表的单位不是该联盟成员，该联盟也尚未同意本赛事系列面向其成员举办；请先联系该联盟秘书处办理同意。"
    en = "No organisation that you represent belongs to this alliance, and it has not consented; ask its secretariat first."


class ConsentKnown(Refusal):
    code = "CONSENT_KNOWN"
    zh = "该联盟已经同意本赛事系列。"
    en = "The alliance has consented to this series already."


class NoConsent(Refusal):
    code = "NO_CONSENT"
    zh = "该联盟没有同意过本赛事系列。"
    en = "The alliance has not consented to this series."
