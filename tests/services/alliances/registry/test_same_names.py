"""Same names: what a reader takes for one name is entered once, however it is written."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pytest

from tests.names.table import ALIKE, APART, PUT_RIGHT, REAL, REFUSED
from tests.reporting.founding import FOUNDING_PAPERS
from tests.services.alliances.alliances_hub import ANHUI, SHANGHAI, AlliancesHub
from tests.services.service_hub import Refused, at_once

LOOK_ALIKES = FOUNDING_PAPERS / "cases/inputs/registry-names.json"


def registered(alliances: AlliancesHub, name: str, region: str = ANHUI) -> Any:
    return alliances.ask(
        "register_organization", kind="university", region=region, name_zh=name, name_en="A University"
    )


def founded(alliances: AlliancesHub, name: str) -> Any:
    return alliances.ask("found_alliance", kind="other", name_zh=name, name_en="An Alliance")


@pytest.mark.parametrize("names", ALIKE)
def test_an_organization_of_the_same_name_is_known_in_its_region_alone(
    alliances: AlliancesHub, names: tuple[str, ...]
) -> None:
    registered(alliances, names[0])

    for name in names:
        with alliances.refuses("ORGANIZATION_KNOWN", "nameZh"):
            registered(alliances, name)
    assert registered(alliances, names[0], SHANGHAI)["name_zh"] == names[0]


@pytest.mark.parametrize("names", ALIKE[:3])
def test_an_alliance_of_the_same_name_is_known(alliances: AlliancesHub, names: tuple[str, ...]) -> None:
    founded(alliances, names[0])

    for name in names:
        with alliances.refuses("ALLIANCE_KNOWN", "nameZh"):
            founded(alliances, name)


def test_names_that_differ_and_names_that_people_bear_are_entered_as_they_are(alliances: AlliancesHub) -> None:
    for name in dict.fromkeys((*APART, *REAL.values())):
        assert registered(alliances, name)["name_zh"] == name
    for given, kept in list(PUT_RIGHT.items())[-3:]:
        assert registered(alliances, f"{given}学院")["name_zh"] == f"{kept}学院"


def test_a_name_that_nobody_can_read_is_refused_with_the_letter_and_its_place(alliances: AlliancesHub) -> None:
    for name, (code, character, place) in REFUSED.items():
        with pytest.raises(Refused) as refused:
            registered(alliances, name)

        [problem] = refused.value.problems
        assert (problem["code"], problem["field"]) == (code, "nameZh")
        assert (problem["params"]["character"], problem["params"]["place"]) == (character, place)


def test_of_several_who_enter_one_name_in_several_ways_at_once_one_does(alliances: AlliancesHub) -> None:
    ways = [
        lambda name=name: alliances.ask("found_alliance", kind="other", name_zh=name, name_en="A") for name in ALIKE[0]
    ]

    outcomes = at_once(*ways)

    assert sorted(getattr(each, "codes", ["entered"])[0] for each in outcomes) == ["ALLIANCE_KNOWN"] * 3 + ["entered"]


@pytest.mark.founding
def test_no_look_alike_of_the_cases_is_another_organization(alliances: AlliancesHub) -> None:
    cases = json.loads(LOOK_ALIKES.read_text(encoding="utf-8"))
    first, pairs = cases["first"], cases["pairs"].values()
    for name in (first, *(one for one, _ in pairs)):
        registered(alliances, name)

    for name in chain(cases["variants"].values(), (other for _, other in pairs)):
        with pytest.raises(Refused) as refused:
            registered(alliances, name)
        assert refused.value.codes[0] in {"ORGANIZATION_KNOWN", "CHARACTER_NOT_ALLOWED", "RADICAL_FOR_LETTER"}
