"""Founding an alliance: what is kept and said, and what cannot be founded."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    HUANGSHAN_CITY,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
)


def an_alliance(**facts: Any) -> dict[str, Any]:
    """The input of found_alliance; a fact that is None is left out."""
    given = {"kind": "vocational_group", "region": SHANGHAI, "name_zh": "职教集团", "name_en": "Group", **facts}
    return {name: value for name, value in given.items() if value is not None}


def test_found_alliance_keeps_every_fact_and_says_so(alliances: AlliancesHub) -> None:
    before = len(alliances.said())

    facts = {"industry": "软件", "founded_on": "2019-05-22", "level": "city", "regions": [SHANGHAI, ANHUI]}
    found = alliances.ask("found_alliance", **an_alliance(**facts, secretariat="ann"))

    assert found == {
        "id": found["id"],
        "kind": "vocational_group",
        "region": SHANGHAI,
        "name_zh": "职教集团",
        "name_en": "Group",
        "industry": "软件",
        "founded_on": "2019-05-22",
        "stage": "active",
        "stage_since": None,
        "parent_id": None,
        "level": "city",
        "regions": [SHANGHAI, ANHUI],
        "website": None,
        "text_zh": None,
        "text_en": None,
        "created_at": NOW.isoformat(),
    }
    assert alliances.ask("alliances_by_id", VISITOR, ids=[found["id"]]) == [found]
    founded, (granted, grant) = alliances.said(since=before)
    assert founded == (
        "alliances.alliance_founded",
        {
            "alliance": named(found),
            "kind": "vocational_group",
            "region": SHANGHAI,
            "founded_on": "2019-05-22",
            "stage": "active",
            "parent_id": None,
            "level": "city",
            "regions": [SHANGHAI, ANHUI],
            "industry": "软件",
            "former_names": [],
        },
    )
    assert granted == "alliances.role_granted"
    assert (grant["person"], grant["role"], grant["scope_id"]) == ("ann", Role.SECRETARIAT, found["id"])


def test_what_is_not_known_of_an_alliance_may_be_left_out(alliances: AlliancesHub) -> None:
    found = alliances.ask("found_alliance", **an_alliance(region=None))

    assert (found["region"], found["industry"], found["founded_on"]) == (None, None, None)


def test_the_office_of_a_province_founds_what_it_leads(alliances: AlliancesHub) -> None:
    office = alliances.province_office(ANHUI)

    alliances.ask("found_alliance", office, **an_alliance(region=HUANGSHAN_CITY))

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("found_alliance", office, **an_alliance(region=SHANGHAI))
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("found_alliance", office, **an_alliance(region=None))


@pytest.mark.parametrize("viewer", [VISITOR, SOMEBODY])
def test_nobody_else_founds_an_alliance(alliances: AlliancesHub, viewer: str) -> None:
    alliances.appoint(SOMEBODY, Role.SECRETARIAT, Scope.alliance(alliances.alliance()["id"]))

    with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        alliances.ask("found_alliance", viewer, **an_alliance())


@pytest.mark.parametrize(
    ("facts", "code", "field", "params"),
    [
        ({"region": "999999"}, "UNKNOWN_REGION", "region", {"region": "999999"}),
        ({"name_en": ""}, "TOO_SHORT", "nameEn", {"min": "1"}),
        ({"founded_on": "2019-13-01"}, "INVALID", "foundedOn", {}),
        ({"industry": "\x00"}, "CHARACTER_NOT_ALLOWED", "industry", {"character": "U+0000", "place": "1"}),
    ],
)
def test_found_alliance_refuses_what_is_wrong(
    alliances: AlliancesHub, facts: dict[str, Any], code: str, field: str, params: dict[str, Any]
) -> None:
    with alliances.refuses(code, field, **params):
        alliances.ask("found_alliance", **an_alliance(**facts))


def test_the_name_of_an_alliance_is_its_own_in_its_region(alliances: AlliancesHub) -> None:
    for region in (SHANGHAI, None):
        alliances.ask("found_alliance", **an_alliance(region=region))
        with alliances.refuses("ALLIANCE_KNOWN", "nameZh"):
            alliances.ask("found_alliance", **an_alliance(kind="other", region=region))
    alliances.ask("found_alliance", **an_alliance(region=ANHUI))  # six cities have a 智能制造职教联盟 each


def test_the_same_idempotency_key_founds_once(alliances: AlliancesHub) -> None:
    first = alliances.ask("found_alliance", key="k", **an_alliance(secretariat="ann"))
    before = alliances.said()

    assert alliances.ask("found_alliance", key="k", **an_alliance(secretariat="ann")) == first
    assert alliances.said() == before
