"""Registering an organisation: what is kept and said, and all that cannot be registered."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from contracts.alliances.registry.organizations import CreditCodeInvalid
from contracts.authority import Role, Scope
from services.alliances.registry.organizations.model import check_credit_code
from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    HUANGSHAN_CITY,
    OFFICE,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
)

CREDIT_CODE = "91110000600037341L"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What GB 32100-2015 spells with: no I, O, S, V, Z."""


def an_organization(**facts: Any) -> dict[str, Any]:
    """The input of register_organization; a fact that is None is left out."""
    given = {
        "kind": "university",
        "region": HUANGSHAN_CITY,
        "name_zh": "黄山学院",
        "name_en": "Huangshan University",
        **facts,
    }
    return {name: value for name, value in given.items() if value is not None}


def test_register_organization_keeps_every_fact_and_says_so(alliances: AlliancesHub) -> None:
    before = len(alliances.said())

    found = alliances.ask(
        "register_organization",
        **an_organization(credit_code=CREDIT_CODE, aliases=["黄院", "HSU", "黄院", "黄山学院"], representative="ann"),
        school_code="4134010375",
        website="https://www.hsu.edu.cn",
    )

    assert found == {
        "id": found["id"],
        "kind": "university",
        "region": HUANGSHAN_CITY,
        "name_zh": "黄山学院",
        "name_en": "Huangshan University",
        "credit_code": CREDIT_CODE,
        "aliases": ["HSU", "黄院"],
        "school_code": "4134010375",
        "country": None,
        "website": "https://www.hsu.edu.cn",
        "text_zh": None,
        "text_en": None,
        "superior_id": None,
        "status": "active",
        "retired_on": None,
        "created_at": NOW.isoformat(),
    }
    assert alliances.ask("organizations_by_id", ids=[found["id"]]) == [found]
    registered, granted = alliances.said(since=before)
    assert registered == (
        "alliances.organization_registered",
        {
            "organization": named(found),
            "kind": "university",
            "region": HUANGSHAN_CITY,
            "aliases": ["HSU", "黄院"],
            "country": None,
            "superior_id": None,
            "status": "active",
            "retired_on": None,
            "credit_code": CREDIT_CODE,
            "school_code": "4134010375",
            "website": "https://www.hsu.edu.cn",
        },
    )
    assert granted == (
        "alliances.role_granted",
        {
            "grant_id": granted[1]["grant_id"],
            "person": "ann",
            "role": Role.REPRESENTATIVE,
            "scope_type": "organization",
            "scope_id": found["id"],
            "granted_at": NOW.isoformat(),
            "revoked_at": None,
            "until": None,
        },
    )


def test_what_is_not_known_of_an_organization_may_be_left_out(alliances: AlliancesHub) -> None:
    before = len(alliances.said())

    found = alliances.ask("register_organization", **an_organization(), credit_code=None, aliases=None)

    assert (found["credit_code"], found["aliases"]) == (None, [])
    assert [type_ for type_, _ in alliances.said(since=before)] == ["alliances.organization_registered"]


def test_the_office_of_a_province_registers_what_lies_in_it(alliances: AlliancesHub) -> None:
    office = alliances.province_office(ANHUI)

    found = alliances.ask("register_organization", office, **an_organization(region=HUANGSHAN_CITY))

    assert found["region"] == HUANGSHAN_CITY
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("register_organization", office, **an_organization(region=SHANGHAI))


@pytest.mark.parametrize("viewer", [VISITOR, SOMEBODY])
def test_nobody_else_registers_an_organization(alliances: AlliancesHub, viewer: str) -> None:
    other = alliances.organization()
    alliances.appoint(SOMEBODY, Role.REPRESENTATIVE, Scope.organization(other["id"]))

    with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        alliances.ask("register_organization", viewer, **an_organization())


@pytest.mark.parametrize(
    ("facts", "code", "field", "params"),
    [
        ({"region": "999999"}, "UNKNOWN_REGION", "region", {"region": "999999"}),
        ({"region": "34"}, "INVALID", "region", {}),
        ({"region": None}, "REQUIRED", "region", {}),
        ({"country": "GB"}, "INVALID", "region", {}),
        ({"region": None, "country": "XX"}, "UNKNOWN_COUNTRY", "country", {"country": "XX"}),
        ({"region": None, "country": "TW"}, "UNKNOWN_COUNTRY", "country", {"country": "TW"}),
        ({"school_code": "123"}, "INVALID", "schoolCode", {}),
        ({"website": "javascript:alert(1)"}, "INVALID", "website", {}),
        ({"kind": "club"}, "NOT_ONE_OF", "kind", None),
        ({"name_zh": " "}, "INVALID", "nameZh", {}),
        ({"name_zh": "长" * 101}, "TOO_LONG", "nameZh", {"max": "100"}),
        ({"name_en": None}, "REQUIRED", "nameEn", {}),
        ({"aliases": ["名"] * 21}, "TOO_LONG", "aliases", {"max": "20"}),
        ({"aliases": ["名", ""]}, "TOO_SHORT", "aliases.1", {"min": "1"}),
        ({"credit_code": "91110000600037341K"}, "CREDIT_CODE_INVALID", "creditCode", {}),
        ({"representative": "two words"}, "INVALID", "representative", {}),
        ({"logo": "x"}, "UNKNOWN_FIELD", "logo", {}),
    ],
)
def test_register_organization_refuses_what_is_wrong(
    alliances: AlliancesHub, facts: dict[str, Any], code: str, field: str, params: dict[str, Any] | None
) -> None:
    choices = "education_department, government_office, education_bureau, university, vocational_college, "
    choices += "secondary_school, research_institute, enterprise, association, media, other, "
    choices += "division, affiliated_unit, government, primary_school, junior_secondary"
    said = {"choices": choices} if params is None else params

    with alliances.refuses(code, field, **said):
        alliances.ask("register_organization", **an_organization(**facts))


def test_two_organizations_of_one_name_cannot_be_in_one_region(alliances: AlliancesHub) -> None:
    alliances.ask("register_organization", **an_organization())

    with alliances.refuses("ORGANIZATION_KNOWN", "nameZh"):
        alliances.ask("register_organization", **an_organization(kind="enterprise", name_en="Another"))
    alliances.ask("register_organization", **an_organization(region=SHANGHAI))


def test_two_organizations_cannot_have_one_credit_code_however_it_is_written(alliances: AlliancesHub) -> None:
    first = alliances.ask("register_organization", **an_organization(credit_code=f" {CREDIT_CODE.lower()} "))

    assert first["credit_code"] == CREDIT_CODE
    with alliances.refuses("CREDIT_CODE_TAKEN", "creditCode"):
        alliances.ask("register_organization", **an_organization(name_zh="另一所", credit_code=CREDIT_CODE))


def test_many_organizations_may_be_without_a_credit_code(alliances: AlliancesHub) -> None:
    for number in range(3):
        alliances.ask("register_organization", **an_organization(name_zh=f"学院{number}"))

    assert len(alliances.ask("organizations")["nodes"]) == 3


def test_the_same_idempotency_key_registers_once(alliances: AlliancesHub) -> None:
    first = alliances.ask("register_organization", key="k", **an_organization())
    before = len(alliances.said())

    assert alliances.ask("register_organization", key="k", **an_organization()) == first

    assert len(alliances.said()) == before
    with alliances.refuses("IDEMPOTENCY_KEY_REUSED"):
        alliances.ask("register_organization", key="k", **an_organization(name_zh="另一所"))
    office = alliances.province_office(SHANGHAI)
    alliances.ask("register_organization", office, key="k", **an_organization(region=SHANGHAI))


def test_the_same_idempotency_key_returns_the_first_refusal_too(alliances: AlliancesHub) -> None:
    wrong = an_organization(region="999999")

    for _ in range(2):
        with alliances.refuses("UNKNOWN_REGION", "region", region="999999"):
            alliances.ask("register_organization", OFFICE, key="k", **wrong)


@given(st.text(LETTERS, min_size=17, max_size=17))
def test_the_last_character_of_a_credit_code_checks_the_others(start: str) -> None:
    right = uscc.calc_check_digit(start)

    for last in LETTERS:
        if last == right and uscc.is_valid(start + last):
            assert check_credit_code(start + last) == start + last
        else:
            with pytest.raises(CreditCodeInvalid):
                check_credit_code(start + last)


@pytest.mark.parametrize("code", [CREDIT_CODE, "91110000802100433B"])
def test_real_credit_codes_are_taken_and_any_slip_of_one_character_is_found(code: str) -> None:
    assert check_credit_code(code) == code

    for place in range(18):
        for other in LETTERS:
            slipped = code[:place] + other + code[place + 1 :]
            if slipped != code:
                with pytest.raises(CreditCodeInvalid):
                    check_credit_code(slipped)


@given(st.text(string.printable + "一二三", max_size=20))
def test_any_other_text_is_no_credit_code(text: str) -> None:
    if uscc.is_valid(text):
        assert check_credit_code(text) == uscc.compact(text)
    else:
        with pytest.raises(CreditCodeInvalid) as refused:
            check_credit_code(text)
        assert refused.value.field == "creditCode"


def test_a_partner_overseas_has_a_country_in_place_of_a_region(alliances: AlliancesHub) -> None:
    found = alliances.ask("register_organization", **an_organization(region=None), country="GB")

    assert (found["region"], found["country"]) == ("", "GB")
    with alliances.refuses("ORGANIZATION_KNOWN", "nameZh"):
        alliances.ask("register_organization", **an_organization(region=None), country="GB")
    alliances.ask("register_organization", **an_organization(region=None), country="AU")  # Newcastle and Newcastle
    office = alliances.province_office(ANHUI)
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("register_organization", office, **an_organization(region=None, name_zh="另一所"), country="GB")
    assert alliances.ask("organizations", region=ANHUI)["nodes"] == []
