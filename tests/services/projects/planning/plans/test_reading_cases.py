"""Cases: papers of other offices, each with a careful reading beside it; they lie beside the project, not in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import yaml

from services.projects.planning.plans.reading import Item, read_plan
from tests.reporting.founding import FOUNDING_PAPERS

ENOUGH = {"items": 0.95, "text": 0.95, "units": 0.90, "roles": 0.90, "deadlines": 0.90, "targets": 0.85}
SURPLUS = ("units that are none", "targets that are none")


def plain(text: str) -> str:
    return re.sub(r"[\s“”\"]", "", unicodedata.normalize("NFKC", text))


def pairs(wanted: list[dict[str, Any]], items: tuple[Item, ...]) -> Iterator[tuple[dict[str, Any], Item | None]]:
    """Each item of the careful reading with the first of ours that begins as it does and is not taken yet."""
    taken: set[str] = set()
    for each in wanted:
        begins = plain(each["begins"])
        found = next((item for item in items if item.key not in taken and plain(item.text).startswith(begins)), None)
        taken |= {found.key} if found else set()
        yield each, found


def compared(wanted: dict[str, Any], found: Item | None) -> tuple[Counter[str], Counter[str]]:
    """What was to be read, and how much of it was."""
    lead, others = wanted.get("lead_units", []), wanted.get("supporting_units", [])
    named = dict.fromkeys(map(plain, [*lead, *others, *wanted.get("units", [])]))
    figures = Counter(_figure(target["value"], target.get("unit")) for target in wanted.get("targets", []))
    due = len(wanted.get("deadlines", []))
    asked = Counter(items=1, text=1, units=len(named), roles=len(lead) + len(others), targets=figures.total())
    asked["deadlines"] = due
    if found is None:
        return asked, Counter()
    roles = {plain(unit.name): unit.role for unit in found.units}
    read = Counter(_figure(target.value, target.unit) for target in found.targets)
    read_of_them = figures & read
    got = Counter(items=1, units=len(named.keys() & roles.keys()), targets=read_of_them.total())
    got["text"] = plain(found.text).endswith(plain(wanted["ends"]))
    got["roles"] = sum(roles.get(plain(name)) == "lead" for name in lead)
    got["roles"] += sum(roles.get(plain(name)) in {"participating", "supporting"} for name in others)
    got["deadlines"] = min(due, len(found.deadlines))
    got[SURPLUS[0]] = len(roles.keys() - named.keys())
    got[SURPLUS[1]] = (read - read_of_them).total()
    return asked, got


def _figure(value: Any, unit: str | None) -> tuple[str, str | None]:
    return (str(value) if ":" in str(value) else str(Decimal(str(value)).normalize())), unit


@pytest.mark.founding
def test_papers_of_other_offices_are_read_as_careful_readers_read_them(capsys: pytest.CaptureFixture[str]) -> None:
    asked, got = Counter[str](), Counter[str]()
    for careful in sorted((FOUNDING_PAPERS / "cases/documents").glob("*.yaml")):
        reading = read_plan(careful.with_suffix(".txt").read_text("utf-8"))
        for wanted, found in pairs(yaml.safe_load(careful.read_text("utf-8"))["items"], reading.items):
            more_asked, more_got = compared(wanted, found)
            asked += more_asked
            got += more_got

    with capsys.disabled():
        print("\npapers of other offices: " + ", ".join(f"{name} {got[name]}/{asked[name]}" for name in ENOUGH))
    assert {name: got[name] / asked[name] >= share for name, share in ENOUGH.items()} == dict.fromkeys(ENOUGH, True)
    assert [got[name] for name in SURPLUS] == [0, 0]
