"""Facts: what a message says that its wording needs, kept in no language until somebody reads it.

A fact is a text as its author wrote it, a name in both languages, a moment, or the number of an edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from contracts.base import Named
from contracts.events.competitions import RulesAmended
from contracts.events.phases import PHASE_NAMES, PhaseKind, PhaseMoved
from contracts.events.quotas import PlacesAllocated
from contracts.projects import ItemAssigned, PlanImported, ProjectOpened

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


def amendment(message: RulesAmended) -> Facts:
    return {**edition(message), "reason": message.reason}


def moved_phase(message: PhaseMoved) -> Facts:
    zh, en = PHASE_NAMES[PhaseKind(message.kind)]
    times = {"opens": {"moment": message.opens_at.isoformat()}, "closes": {"moment": message.closes_at.isoformat()}}
    about = {"competition": _name(message.competition), **_number(message.edition), "round": _name(message.round)}
    return {**about, "phase": {"zh": zh, "en": en}, **times, "reason": message.reason}


def places(message: PlacesAllocated) -> Facts:
    return {"competition": _name(message.competition), **_number(message.edition), "track": _name(message.track)}


def plan(message: PlanImported) -> Facts:
    return {"plan": message.title}


def item(message: ItemAssigned) -> Facts:
    return {"plan": message.plan_title, "item": message.item_text}


def project(message: ProjectOpened) -> Facts:
    return {"project": message.title, "organization": _name(message.lead_organization)}


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
