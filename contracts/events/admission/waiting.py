"""What events says and refuses about waiting lists (候补): who waits, who is offered a place, who was passed over and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Refusal
from contracts.choices import Choice
from contracts.events.admission.entries import AboutEntry


class WaitingPolicy(Choice):
    """Who is next when a place comes free."""

    STRICT = "strict", "The first in line, and nobody before them (严格按候补顺序)."
    BEST_FIT = "best_fit", "The first in line that a free place fits (跳过放不下的)."
    PROVINCE_BALANCED = (
        "province_balanced",
        "The first of the province whose places are filled least (占用比例最低的省优先).",
    )
    WHOLE_GROUPS = "whole_groups", "The first group that comes in as a whole (同组全进或全不进)."


class WaitingReason(Choice):
    """Why a waiting entry was offered a place, or was not."""

    NEXT_IN_LINE = "next_in_line", "It was next in line (按顺序轮到)."
    FITS = "fits", "A free place fits it (放得下)."
    PROVINCE_FILLED_LEAST = "province_filled_least", "The places of its province are filled least (本省占用比例最低)."
    WHOLE_GROUP_FITS = "whole_group_fits", "Its whole group fits (全组放得下)."
    NO_PLACE_FREE = "no_place_free", "No place is free (没有空余名额)."
    DOES_NOT_FIT = "does_not_fit", "The free places do not fit it (空余名额不够)."
    GROUP_DOES_NOT_FIT = "group_does_not_fit", "The free places do not fit its whole group (空余名额不够全组)."
    PROVINCE_FILLED_MORE = (
        "province_filled_more",
        "The places of another province are filled less (另一省占用比例更低).",
    )


class AtClose(Choice):
    """What becomes of those who still wait when entries close."""

    LAPSE = "lapse", "Those who wait come to have no place (候补失效)."
    STAY = "stay", "Those who wait go on waiting (继续候补)."


@dataclass(frozen=True, kw_only=True)
class EntryWaiting(AboutEntry, Message, type="events.entry_waiting"):
    """No place was free: the delegation waits for one."""


@dataclass(frozen=True, kw_only=True)
class OfferMade(AboutEntry, Message, type="events.offer_made"):
    """A place is held for a waiting entry until `offered_until`, for the delegation to accept or decline."""

    offered_until: datetime


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(AboutEntry, Message, type="events.offer_accepted"):
    """The delegation took the place: the entry moved up from the waiting list."""


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(AboutEntry, Message, type="events.offer_declined"):
    """The delegation does not take the place; its entry has ended."""


@dataclass(frozen=True, kw_only=True)
class OfferLapsed(AboutEntry, Message, type="events.offer_lapsed"):
    """Nobody took the place in time; the entry has ended and the place goes to the next."""


@dataclass(frozen=True, kw_only=True)
class WaitingEnded(AboutEntry, Message, type="events.waiting_ended"):
    """Entries closed while this one still waited, and the rules let none wait on."""


class NoOffer(Refusal):
    """The entry waits without an offer, is entered already, or has ended."""

    code = "NO_OFFER"
    zh = "该报名目前没有待确认的递补名额。"
    en = "There is no place on offer to this entry now."


class OfferOver(Refusal):
    code = "OFFER_OVER"
    zh = "递补名额的确认时间已过。"
    en = "The time in which this place could be accepted is over."


class OthersWait(Refusal):
    """A place is free, but others wait for it, who come first."""

    code = "OTHERS_WAIT"
    zh = "空余名额须先递补候补名单中的 {waiting} 个报名；可选择加入候补。"
    en = "Free places go to the {waiting} entries that wait for them first; you can join the waiting list."


class WaitingListFull(Refusal):
    code = "WAITING_LIST_FULL"
    zh = "候补名单已满（最多 {most} 个）。"
    en = "The waiting list is full ({most} at most)."
