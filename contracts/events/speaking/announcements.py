"""What organisers say to those of an edition, and what is refused about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class Hearers(Choice):
    """To whom an announcement is made."""

    ENTRANTS = "entrants", "The representatives of institutions whose entries stand or wait (报名单位)."
    WAITING = "waiting", "The representatives of institutions with an entry that waits for a place (候补单位)."
    NOT_CONFIRMED = "not_confirmed", "Those who have a place on offer and have not accepted it (未确认名额的单位)."
    NOT_ENTERED = "not_entered", "The members of the alliance and holders of places without an entry (未报名单位)."
    NO_WORK = "no_work", "Those whose entry competes and has not handed in a work that is asked for (未交作品的单位)."
    DELEGATIONS = "delegations", "The leaders of the delegations of provinces with places or entries (代表队领队)."
    JUDGES = "judges", "Whoever has a seat on a panel (评委)."


class AnnouncementStatus(Choice):
    """The status of an announcement."""

    DRAFT = "draft", "It is being written (草稿)."
    SCHEDULED = "scheduled", "It is said when its time has come, and can be stopped until then (待发布)."
    SENDING = "sending", "It is being said, to some people after others (发布中)."
    SENT = "sent", "It has been said to everybody whom it concerned (已发布)."


@dataclass(frozen=True, kw_only=True)
class _Announcement:
    """What every message about an announcement says; `announcement` has its titles."""

    announcement: Named
    competition: Named
    edition: int
    series_id: str
    to: str


@dataclass(frozen=True, kw_only=True)
class AnnouncementDrafted(_Announcement, Message, type="events.announcement_drafted"):
    """An announcement was written; nobody has been told of it."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementChanged(_Announcement, Message, type="events.announcement_changed"):
    """The draft of an announcement is different now."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementScheduled(_Announcement, Message, type="events.announcement_scheduled"):
    """An announcement is to be said at this moment, or has another moment."""

    goes_at: datetime


@dataclass(frozen=True, kw_only=True)
class AnnouncementStopped(_Announcement, Message, type="events.announcement_stopped"):
    """An announcement that was to be said is a draft again."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementTold(_Announcement, Message, type="events.announcement_told"):
    """An announcement is said to some of those whom it concerns; further messages name the others.

    They are the representatives of `organization_ids`, the leaders of the delegations of `provinces`, and `people`.
    `corrects` has the titles of the announcement that this one sets right.
    """

    text_zh: str
    text_en: str
    organization_ids: list[str]
    provinces: list[str]
    people: list[str]
    corrects: Named | None = None


@dataclass(frozen=True, kw_only=True)
class AnnouncementSent(_Announcement, Message, type="events.announcement_sent"):
    """An announcement has been said to everybody: to so many institutions, delegations or judges."""

    reached: int


class AlreadySaid(Refusal):
    code = "ALREADY_SAID"
    zh = "该通告已经开始发布，不能再修改或停止；如有错误，请发布更正通告。"
    en = "This announcement is said already, and can neither be changed nor stopped; if it is wrong, correct it by another."


class NotSaidYet(Refusal):
    code = "NOT_SAID_YET"
    zh = "该通告尚未发布完毕；未发布的请直接修改，发布中的请稍候再更正。"
    en = "This announcement has not been said to everybody yet; change the draft, or wait until all are told."


class NotScheduled(Refusal):
    code = "NOT_SCHEDULED"
    zh = "该通告没有安排发布时间，无需停止。"
    en = "No time is set for this announcement; there is nothing to stop."


class TrackElsewhere(Refusal):
    code = "TRACK_ELSEWHERE"
    zh = "该赛道不属于本赛事，请选择本赛事的赛道。"
    en = "This track is not one of the competition; choose one of its own."


class AnnouncementsSpent(Refusal):
    code = "ANNOUNCEMENTS_SPENT"
    zh = "该赛事一天内最多发布 {most} 条通告；请合并内容，或改定明天发布。"
    en = "A competition makes at most {most} announcements a day; put them together, or schedule this one for tomorrow."
