"""What events says and refuses about entries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.base import Message, Named, Refusal
from contracts.events.competitions import AboutEdition


class EntryStatus(StrEnum):
    """Where an entry stands."""

    ENTERED = "entered"  # 已报名
    WAITING = "waiting"  # 候补中
    OFFERED = "offered"  # 已递补，待确认
    LAPSED = "lapsed"  # 候补失效
    WITHDRAWN = "withdrawn"  # 已撤回


class MemberRole(StrEnum):
    """What somebody does in an entry."""

    CONTESTANT = "contestant"  # 参赛者
    ADVISER = "adviser"  # 指导教师


class ParticipantStatus(StrEnum):
    """How an entry stands in a stage."""

    COMPETING = "competing"  # 参赛
    ADVANCED = "advanced"  # 晋级
    ELIMINATED = "eliminated"  # 未晋级
    WITHDRAWN = "withdrawn"  # 退出


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


@dataclass(frozen=True, kw_only=True)
class EntriesClosed(AboutEdition, Message, type="events.entries_closed"):
    """The entry window has ended."""

    entries: int


class EntriesNotOpen(Refusal):
    code = "ENTRIES_NOT_OPEN"
    zh = "当前不在报名时间内。"
    en = "Entries are not open now."


class AlreadyEntered(Refusal):
    code = "ALREADY_ENTERED"
    zh = "该参赛者已在此赛道报名。"
    en = "This contestant is already entered in this track."


class EntryEnded(Refusal):
    code = "ENTRY_ENDED"
    zh = "该报名已经撤回。"
    en = "This entry was withdrawn already."
