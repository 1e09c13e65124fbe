"""What events says and refuses about entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice
from contracts.events.editions.competitions import AboutEdition

TOLD_AT_ONCE: Final = 1000
"""How many organisations one message names; more are named by the next message."""


class EntryStatus(Choice):
    """The status of an entry."""

    ENTERED = "entered", "It has a place (已报名)."
    WAITING = "waiting", "It waits for a place (候补中)."
    OFFERED = "offered", "A place is held for it until it is accepted (已递补，待确认)."
    LAPSED = "lapsed", "It waited and got no place (候补失效)."
    WITHDRAWN = "withdrawn", "It was withdrawn (已撤回)."
    CANCELLED = "cancelled", "The competition was cancelled while it stood (赛事已取消)."


class MemberRole(Choice):
    """What somebody does in an entry."""

    CONTESTANT = "contestant", "Somebody who competes (参赛者)."
    ADVISER = "adviser", "A teacher who advises (指导教师)."


class ParticipantStatus(Choice):
    """How an entry stands in a stage."""

    COMPETING = "competing", "It competes in the stage (参赛)."
    ADVANCED = "advanced", "It goes on to the next round (晋级)."
    ELIMINATED = "eliminated", "It does not go on (未晋级)."
    WITHDRAWN = "withdrawn", "It has withdrawn (退出)."


@dataclass(frozen=True, kw_only=True)
class AboutEntry:
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
class EntrySubmitted(AboutEntry, Message, type="events.entry_submitted"):
    """A delegation entered, and holds one place of its province's quota."""


@dataclass(frozen=True, kw_only=True)
class EntryWithdrawn(AboutEntry, Message, type="events.entry_withdrawn"):
    """The delegation withdrew, and gave its place back."""


@dataclass(frozen=True, kw_only=True)
class MemberSubstituted(AboutEntry, Message, type="events.member_substituted"):
    """Somebody of the entry was replaced by somebody else; who they are stays where it is needed."""

    member_id: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberErased(AboutEntry, Message, type="events.member_erased"):
    """What was held about somebody of the entry was erased."""

    member_id: str


@dataclass(frozen=True, kw_only=True)
class ContestantErased(AboutEntry, Message, type="events.contestant_erased"):
    """The name under which the entry was shown was erased."""


@dataclass(frozen=True, kw_only=True)
class EntriesDue(AboutEdition, Message, type="events.entries_due"):
    """Entries close soon, and these have not entered anybody: members of the alliance, at most 1,000, and provinces with places.

    Where there are several messages, the first alone names provinces.
    """

    organization_ids: list[str]
    provinces: list[str]


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


class MembersNeeded(Refusal):
    code = "MEMBERS_NEEDED"
    zh = "本赛道报名须填写成员。"
    en = "An entry in this track must name its members."


class BatchTooLong(Refusal):
    code = "BATCH_TOO_LONG"
    zh = "一次最多报名 {most} 项。"
    en = "At most {most} entries can be made at once."


class SubstitutionClosed(Refusal):
    """The entry window is over, and no substitution phase of a round in which the entry competes is open."""

    code = "SUBSTITUTION_CLOSED"
    zh = "当前不在人员替换时间内。"
    en = "Members cannot be substituted now."


class SubstitutionsUsedUp(Refusal):
    code = "SUBSTITUTIONS_USED_UP"
    zh = "该报名最多替换 {most} 名成员。"
    en = "At most {most} members of this entry can be substituted."


class MemberUnknown(Refusal):
    code = "MEMBER_UNKNOWN"
    zh = "该报名没有这名成员。"
    en = "This entry has no such member."


class AlreadyErased(Refusal):
    code = "ALREADY_ERASED"
    zh = "该信息已经删除。"
    en = "This was erased already."


class ResultNeedsIt(Refusal):
    """A result that was published names the entry; what it says must stay verifiable."""

    code = "RESULT_NEEDS_IT"
    zh = "已公布的成绩包含该报名，不能删除。"
    en = "A published result includes this entry, so this cannot be erased."
