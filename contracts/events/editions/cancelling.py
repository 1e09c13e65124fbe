"""What events says and refuses about cancelling an edition (取消赛事), and about taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Refusal
from contracts.events.editions.competitions import AboutEdition


@dataclass(frozen=True, kw_only=True)
class Concerned(AboutEdition):
    """Whom it concerns: those that have entered or wait, the provinces of their delegations, and judges in `people`.

    Each list has at most 1,000; the next message has the next ones, and no alliance and no provinces.
    """

    reason: str
    organization_ids: list[str]
    provinces: list[str]
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class CompetitionCancelled(Concerned, Message, type="events.competition_cancelled"):
    """A published edition is not held; `entries` stood until now, and `reason` says why. Until then it can be taken back."""

    entries: int
    reinstatable_until: datetime


@dataclass(frozen=True, kw_only=True)
class CompetitionReinstated(Concerned, Message, type="events.competition_reinstated"):
    """An edition that was cancelled is held after all, with the entries that it had."""


class IsCancelled(Refusal):
    code = "COMPETITION_CANCELLED"
    zh = "该赛事已取消，不再办理此事；如系误取消，请联系主办方在期限内恢复赛事。"
    en = "This competition is cancelled and nothing more is done in it; if that was a mistake, its organisers can reinstate it."


class NotCancelled(Refusal):
    code = "NOT_CANCELLED"
    zh = "该赛事没有取消，无需恢复。"
    en = "This competition is not cancelled."


class AwardsStand(Refusal):
    """Awards have certificates, which anybody can check; they are not undone by the way."""

    code = "AWARDS_STAND"
    zh = "该赛事已颁发奖项和证书，不能取消；确有错误的，请逐项撤销奖项。"
    en = "Awards with certificates have been given, so this cannot be cancelled; withdraw single awards that are wrong."


class TooLateToReinstate(Refusal):
    """The days for it are over, or something fell due while the edition was cancelled."""

    code = "TOO_LATE_TO_REINSTATE"
    zh = "恢复期限已过，或取消期间已有安排到期，不能恢复；请据此另开下一届（openNextEdition）。"
    en = "The time is over, or something fell due meanwhile; open the next edition from this one instead (openNextEdition)."
