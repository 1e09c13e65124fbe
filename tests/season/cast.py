"""Cast: who takes part in the season: four provinces with three institutions each, those who run it, and who judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.handbook.stage import Play, plain
from tests.running import season

OFFICE, ORGANIZER, SUPERVISOR = "hub-office", "organizer", "supervisor"
ARBITRATORS = tuple(f"arbitrator-{n}" for n in range(5))
PROVINCES = {"310000": "310115", "320000": "320102", "330000": "330106", "340000": "340104"}
INSTITUTIONS_EACH = 3
CANDIDATES_EACH = 16  # for each track; eight of them are drawn, and enough are left in each province to step in


@dataclass
class Cast:
    """Institutions that enter by province, and those that judges and arbitrators come from, which enter nothing."""

    entering: dict[str, list[season.Institution]] = field(default_factory=dict)
    judging: list[season.Institution] = field(default_factory=list)
    leaders: dict[str, str] = field(default_factory=dict)


def gather(play: Play) -> Cast:
    """Register the institutions."""
    cast = Cast()
    for province, region in PROVINCES.items():
        names = [f"college-{province}-{n}" for n in range(INSTITUTIONS_EACH)]
        cast.entering[province] = [season.register(play.hub, name, region, email=False) for name in names]
        cast.judging.append(season.register(play.hub, f"institute-{province}", region, email=False))
        cast.leaders[province] = f"leader-{province}"
    return cast


def appoint(play: Play, cast: Cast, series: str) -> None:
    """Give the roles of the season."""
    event = plain(series)
    roles = [(ORGANIZER, "ORGANIZER"), (SUPERVISOR, "SUPERVISOR"), *((name, "ARBITRATOR") for name in ARBITRATORS)]
    for person, role in roles:
        _give(play, OFFICE, person=person, role=role, scopeType="EVENT", scopeId=event)
    for province, leader in cast.leaders.items():
        _give(play, OFFICE, person=f"office-{province}", role="PROVINCE_OFFICE", scopeType="PROVINCE", scopeId=province)
        scope = {"scopeType": "DELEGATION", "scopeId": f"{event}:{province}"}
        _give(play, f"office-{province}", person=leader, role="DELEGATION_LEADER", **scope)


def _give(play: Play, giver: str, *, person: str, **role: Any) -> None:
    play.do("GiveRole", giver, person=f"persona:{person}", **role)
