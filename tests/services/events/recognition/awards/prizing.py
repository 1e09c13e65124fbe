"""Rankings and rules for tests of awards."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from services.events.editions.rulesets.reading import rulebook
from services.events.recognition.awards.prizes import Prize, prizes
from services.events.recognition.awards.rules import AwardsForm, AwardsRules, JointPlaces, Rounding, UnusedPlaces


@dataclass(frozen=True)
class Row:
    """An entry's line in a ranking."""

    entry_id: str
    place: int | None
    score: Decimal | None = None
    province: str = "340000"
    organization_id: str = "college"


def section(**changed: Any) -> dict[str, Any]:
    """The section of the rulebook, with some of its keys replaced."""
    return {**rulebook().defaults["awards"], **changed}


def rules(**changed: Any) -> AwardsRules:
    found: AwardsRules = AwardsForm().load(section(**changed))
    return found


def prize(code: str, **bounds: Any) -> dict[str, Any]:
    return {"code": code, "name_zh": code, "name_en": code, **bounds}


def given(rows: list[Row], said: AwardsRules) -> dict[str, str]:
    """Who got which prize."""
    return {won.entry_id: won.code for won in prizes(rows, said)}


def ranked(*places: int | None, **facts: Any) -> list[Row]:
    """Entries a, b, c … on these places."""
    return [Row(chr(97 + number), place, **facts) for number, place in enumerate(places)]


@st.composite
def rankings(draw: st.DrawFn, ties: bool = True) -> list[Row]:
    """Any ranking: places as in a contest (1, 2, 2, 4 …), scores that fall, some rows without a place."""
    sizes = draw(st.lists(st.integers(1, 4 if ties else 1), max_size=20))
    rows: list[Row] = []
    for group, size in enumerate(sizes):
        place = len(rows) + 1
        for _ in range(size):
            home = draw(st.integers(0, 5))
            rows.append(Row(f"e{len(rows):03}", place, Decimal(100 - group), f"{home % 3}0000", f"college-{home}"))
    absent = [Row(f"absent{number}", None) for number in range(draw(st.integers(0, 3)))]
    return rows + absent


bounds = st.integers(1, 12)


@st.composite
def rule_sets(draw: st.DrawFn, joint: JointPlaces | None = None, capped: bool = True) -> AwardsRules:
    """Any rules of one to four prizes."""
    share = st.integers(0, 100).map(lambda percent: str(Decimal(percent) / 100))
    score = st.integers(80, 100).map(str)
    found = []
    for number in range(draw(st.integers(1, 4))):
        said = prize(f"p{number}", points=draw(st.integers(0, 9)))
        kinds = draw(st.lists(st.sampled_from(["count", "share", "least_score"]), min_size=1, unique=True))
        figures = {"count": bounds, "share": share, "least_score": score}
        said |= {kind: draw(figures[kind]) for kind in kinds}
        if capped and draw(st.booleans()):
            said |= {"most_per_province": draw(bounds), "most_per_institution": draw(bounds)}
        found.append(said)
    return rules(
        prizes=found,
        rounding=draw(st.sampled_from(Rounding)).value,
        joint_places=(joint or draw(st.sampled_from(JointPlaces))).value,
        unused_places=draw(st.sampled_from(UnusedPlaces)).value,
        advisers=None,
    )


def of(code: str, won: list[Prize]) -> list[Prize]:
    return [prize for prize in won if prize.code == code]
