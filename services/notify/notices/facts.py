"""Facts: what a message says that its wording needs, kept in no language until somebody reads it.

A fact is a text as its author wrote it, a name in both languages, a moment, or the number of an edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from contracts.base import Named
from contracts.events.admission.quotas import PlacesAllocated
from contracts.events.admission.waiting import OfferMade
from contracts.events.editions.competitions import RulesAmended
from contracts.events.editions.phases import PHASE_NAMES, PhaseKind, PhaseMoved
from contracts.events.fixtures.fixtures import FixtureCancelled, FixtureMoved, FixturesScheduled
from contracts.events.judging.blinding import OPENING_ROLE_NAMES, OpeningRequested, OpeningRole
from contracts.events.judging.judges import CandidateWithdrew, ConflictDeclared, JudgeNominated
from contracts.events.judging.objections import (
    GROUND_WORDS,
    AboutObjection,
    ArbitratorsSeated,
    Ground,
    ObjectionDecided,
    ObjectionDue,
    ObjectionFiled,
    ObjectionLate,
    ObjectionRemedied,
)
from contracts.events.judging.results import AboutStage, EntriesAdvanced, ResultAnnounced
from contracts.events.judging.scoring import SheetReturned, SheetsDue, SheetsLate
from contracts.events.judging.works import WorkSubmitted
from contracts.events.recognition.awards import GROUND_NAMES, AwardWithdrawn, CertificatesReady, WithdrawalGround
from contracts.projects.cooperation.agreements import ProjectOpened
from contracts.projects.planning.plans import ItemAssigned, PlanImported

CHINA = ZoneInfo("Asia/Shanghai")

Fact = str | dict[str, Any]
Facts = dict[str, Fact]


class _Membership(Protocol):
    @property
    def alliance(self) -> Named: ...
    @property
    def organization(self) -> Named: ...
    @property
    def reason(self) -> str: ...


class _Edition(Protocol):
    @property
    def competition(self) -> Named: ...
    @property
    def edition(self) -> int: ...
    @property
    def closes_at(self) -> datetime: ...


class _Entry(Protocol):
    @property
    def competition(self) -> Named: ...
    @property
    def track(self) -> Named: ...
    @property
    def organization(self) -> Named: ...
    @property
    def edition(self) -> int | None: ...


def membership(message: _Membership) -> Facts:
    return {"alliance": _name(message.alliance), "organization": _name(message.organization), "reason": message.reason}


def edition(message: _Edition) -> Facts:
    return {
        "competition": _name(message.competition),
        **_number(message.edition),
        "deadline": {"moment": message.closes_at.isoformat()},
    }


def entry(message: _Entry) -> Facts:
    return {
        "competition": _name(message.competition),
        **_number(message.edition),
        "track": _name(message.track),
        "organization": _name(message.organization),
    }


def offer(message: OfferMade) -> Facts:
    return {**entry(message), "deadline": {"moment": message.offered_until.isoformat()}}


def work(message: WorkSubmitted) -> Facts:
    return {**entry(message), "version": str(message.number)}


def amendment(message: RulesAmended) -> Facts:
    return {**edition(message), "reason": message.reason}


def moved_phase(message: PhaseMoved) -> Facts:
    zh, en = PHASE_NAMES[PhaseKind(message.kind)]
    times = {"opens": {"moment": message.opens_at.isoformat()}, "closes": {"moment": message.closes_at.isoformat()}}
    about = {"competition": _name(message.competition), **_number(message.edition), "round": _name(message.round)}
    return {**about, "phase": {"zh": zh, "en": en}, **times, "reason": message.reason}


def places(message: PlacesAllocated) -> Facts:
    return {"competition": _name(message.competition), **_number(message.edition), "track": _name(message.track)}


def certificates(message: CertificatesReady) -> Facts:
    return {**_of_awards(message), "certificates": str(message.certificates)}


def withdrawn_award(message: AwardWithdrawn) -> Facts:
    zh, en = GROUND_NAMES[WithdrawalGround(message.ground)]
    return {
        **_of_awards(message),
        "prize": _name(message.prize),
        "ground": {"zh": zh, "en": en},
        "reason": message.reason,
    }


def scheduled_fixtures(message: FixturesScheduled) -> Facts:
    return {
        **_of_stage(message),
        "fixtures": str(message.fixtures),
        "starts": {"moment": message.starts_at.isoformat()},
    }


def moved_fixture(message: FixtureMoved) -> Facts:
    when = {"starts": {"moment": message.starts_at.isoformat()}, "venue": _name(message.venue)}
    return {**_of_fixture(message), **when, "reason": message.reason}


def cancelled_fixture(message: FixtureCancelled) -> Facts:
    when = {"starts": {"moment": message.starts_at.isoformat()}} if message.starts_at else {}
    return {**_of_fixture(message), **when, "reason": message.reason}


def stage(message: AboutStage) -> Facts:
    return _of_stage(message)


def stage_and(*names: str) -> Callable[[AboutStage], Facts]:
    """The stage, with these figures or texts as the message has them."""
    return lambda message: {**_of_stage(message), **{name: str(getattr(message, name)) for name in names}}


assigned_judges = stage_and("works", "judges", "least", "most")


def candidate(message: JudgeNominated | ConflictDeclared | CandidateWithdrew) -> Facts:
    return {"competition": _name(message.competition), **_number(message.edition)}


def returned_sheet(message: SheetReturned) -> Facts:
    return {**_of_stage(message), "reason": message.reason}


def due_sheets(message: SheetsDue) -> Facts:
    return {
        **_of_stage(message),
        "missing": str(message.missing),
        "deadline": {"moment": message.due_at.isoformat()},
    }


def late_sheets(message: SheetsLate) -> Facts:
    return {**_of_stage(message), "missing": str(message.missing), "judges": str(message.judges)}


def opening(message: OpeningRequested) -> Facts:
    zh, en = OPENING_ROLE_NAMES[OpeningRole(message.role)]
    return {**_of_stage(message), "by": {"zh": zh, "en": en}}


def announced_result(message: ResultAnnounced) -> Facts:
    times = {"closes": message.notice_ends_at, "deadline": message.objections_until}
    return {**_of_stage(message), **{name: {"moment": at.isoformat()} for name, at in times.items()}}


def advanced_entries(message: EntriesAdvanced) -> Facts:
    return {**_of_stage(message), "next_round": _name(message.next_round)}


def objection(message: AboutObjection) -> Facts:
    zh, en = GROUND_WORDS[Ground(message.ground)]
    return {**_of_stage(message), "organization": _name(message.organization), "ground": {"zh": zh, "en": en}}


def due_objection(message: ObjectionFiled | ArbitratorsSeated | ObjectionDue | ObjectionLate) -> Facts:
    return {**objection(message), "deadline": {"moment": message.decision_due_at.isoformat()}}


def decided_objection(message: ObjectionDecided) -> Facts:
    zh, en = ("异议成立", "upheld") if message.upheld else ("异议不成立，予以驳回", "dismissed")
    return {**objection(message), "decision": {"zh": zh, "en": en}}


def remedied_objection(message: ObjectionRemedied) -> Facts:
    return {**objection(message), **({} if message.remedied else {"reason": message.reason})}


def plan(message: PlanImported) -> Facts:
    return {"plan": message.title}


def item(message: ItemAssigned) -> Facts:
    return {"plan": message.plan_title, "item": message.item_text}


def project(message: ProjectOpened) -> Facts:
    return {"project": message.title, "organization": _name(message.lead_organization)}


def _of_awards(message: CertificatesReady | AwardWithdrawn) -> Facts:
    where = {"track": _name(message.track)} if message.track else {}
    about = {"competition": _name(message.competition), "organization": _name(message.organization)}
    return {**about, **_number(message.edition), **where}


def _of_stage(message: AboutStage | FixturesScheduled | FixtureMoved | FixtureCancelled) -> Facts:
    about = {"competition": _name(message.competition), **_number(message.edition)}
    return {**about, "track": _name(message.track), "round": _name(message.round)}


def _of_fixture(message: FixtureMoved | FixtureCancelled) -> Facts:
    unknown = {"zh": "待定", "en": "to be decided"}
    sides = {name: _name(side) if side else unknown for name, side in (("home", message.home), ("away", message.away))}
    return {**_of_stage(message), **sides, "game": str(message.number)}


def spoken(facts: Mapping[str, Fact], locale: str) -> dict[str, str]:
    """The facts as texts in zh-CN or en."""
    return {name: _spoken(fact, english=locale == "en") for name, fact in facts.items()}


def _name(named: Named) -> Fact:
    return {"zh": named.zh, "en": named.en}


def _number(number: int | None) -> Facts:
    return {"edition": {"number": number}} if number else {}


def _spoken(fact: Fact, *, english: bool) -> str:
    match fact:
        case {"zh": zh, "en": en}:
            return str(en if english and en else zh)
        case {"moment": moment}:
            return _moment(datetime.fromisoformat(moment).astimezone(CHINA), english)
        case {"number": number}:
            return f"{_ordinal(int(number))} edition" if english else f"第{number}届"
        case _:
            return str(fact)


def _moment(at: datetime, english: bool) -> str:
    if english:
        return f"{at.day} {at:%B %Y, %H:%M} (China time)"
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


def _ordinal(number: int) -> str:
    in_teens = 10 < number % 100 < 20
    return f"{number}{'th' if in_teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
