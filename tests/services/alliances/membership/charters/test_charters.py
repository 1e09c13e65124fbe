"""Charters: who adopts one, from when on it counts, what it cannot say, and that members fit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.alliances.membership.charters.reading import rulebook
from services.alliances.membership.charters.rules import SECTIONS
from tests.services.alliances.alliances_hub import (
    OFFICE,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
    representative,
    secretariat,
)

RULES = {"members": {"cap": 2}, "terms": {"years": 5}}


def adopted(hub: AlliancesHub, alliance: dict[str, Any], rules: dict[str, Any], since: str | None = None) -> Any:
    given = {"alliance_id": alliance["id"], "rules": rules, "reason": "成员大会通过"}
    return hub.ask("adopt_charter", secretariat(alliance), **given, **({"since": since} if since else {}))


def on(hub: AlliancesHub, alliance: dict[str, Any], day: str | None = None) -> Any:
    question = {"alliance_id": alliance["id"], **({"day": day} if day else {})}
    (found,) = hub.ask("charters_on", VISITOR, asked=[question])
    return found["answer"]


def test_a_charter_is_complete_with_the_defaults_and_is_said(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    before = len(alliances.said())

    charter = adopted(alliances, alliance, RULES)

    assert charter["document"]["members"] == {"cap": 2, "parent_required": False}
    assert charter["document"]["terms"] == {**rulebook().defaults["terms"], "years": 5}
    assert (charter["number"], charter["since"]) == (1, "2026-03-02")
    said = {name: charter[name] for name in ("number", "since", "digest", "reason")}
    told = {"charter_id": charter["id"], "alliance": named(alliance), **said}
    assert alliances.said(since=before) == [("alliances.charter_adopted", told)]
    assert alliances.ask("charters", VISITOR, alliance_id=alliance["id"])["nodes"] == [charter]
    assert alliances.ask("charters_by_id", VISITOR, ids=[charter["id"]]) == [charter]


def test_on_each_day_the_newest_counts_of_those_that_have_come(alliances: AlliancesHub) -> None:
    alliance, other = alliances.alliance(), alliances.alliance()
    adopted(alliances, alliance, {"members": {"cap": 10}}, "2026-07-01")
    adopted(alliances, alliance, {"members": {"cap": 20}}, "2026-06-01")
    adopted(alliances, alliance, {"members": {"cap": 30}}, "2026-08-01")

    days = ("2026-05-31", "2026-06-01", "2026-07-31", "2026-08-01")
    assert [on(alliances, alliance, day)["number"] for day in days] == [0, 2, 2, 3]
    assert on(alliances, other)["document"] == rulebook().defaults
    asked = [{"alliance_id": each["id"], "day": day} for each in (alliance, other) for day in days]
    with alliances.statements() as sent:
        alliances.ask("charters_on", VISITOR, asked=asked)
    assert len([each for each, _ in sent if "charters" in each]) == 2


def test_the_past_is_not_changed_and_nothing_twice(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    with alliances.refuses("CHARTER_TOO_EARLY", "since", earliest="2026-03-02"):
        adopted(alliances, alliance, RULES, "2026-03-01")
    adopted(alliances, alliance, RULES)
    with alliances.refuses("RULES_UNCHANGED", "rules"):
        adopted(alliances, alliance, RULES)
    alliances.clock.advance(timedelta(days=1))
    assert adopted(alliances, alliance, {})["number"] == 2


@pytest.mark.parametrize(
    ("rules", "field", "code"),
    [
        ({"classes": {"admitted_as": "nobody"}}, "rules.classes.admittedAs", "NOT_ONE_OF"),
        ({"classes": {"admitted_as": "chair"}}, "rules.classes.admittedAs", "INVALID"),
        ({"terms": {"ladder": [7, 30, 7]}}, "rules.terms.ladder", "GIVEN_TWICE"),
        ({"terms": {"years": 0}}, "rules.terms.years", "OUT_OF_RANGE"),
        ({"by_class": {"nobody": {"terms": {"years": 3}}}}, "rules.by_class.nobody", "UNKNOWN_FIELD"),
        ({"fees": {}}, "rules.fees", "UNKNOWN_FIELD"),
    ],
)
def test_a_fault_is_told_with_its_place(alliances: AlliancesHub, rules: dict[str, Any], field: str, code: str) -> None:
    alliance = alliances.alliance()
    problems = alliances.refusals("adopt_charter", alliance_id=alliance["id"], rules=rules, reason="-")
    assert [(each["field"], each["code"]) for each in problems] == [(field, code)]


def test_members_fit_into_a_new_charter(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    members = [alliances.member(alliance) for _ in range(2)]
    vice = {"member_class": "vice_chair", "since": "2026-03-02"}
    for member in members:
        alliances.ask("set_member_class", membership_id=member["id"], **vice)
    without = [each for each in rulebook().defaults["classes"]["list"] if each["code"] != "vice_chair"]
    scarce = [
        {**each, "most": 1 if each["code"] == "vice_chair" else None} for each in rulebook().defaults["classes"]["list"]
    ]

    with alliances.refuses("CAP_BELOW_MEMBERS", "rules", cap=1, members=2):
        adopted(alliances, alliance, {"members": {"cap": 1}})
    with alliances.refuses("CLASS_IN_USE", "rules", member_class="vice_chair"):
        adopted(alliances, alliance, {"classes": {"list": without}})
    with alliances.refuses("CLASS_FULL", "memberClass", member_class="副理事长单位", most=1):
        adopted(alliances, alliance, {"classes": {"list": scarce}})
    adopted(alliances, alliance, {"members": {"cap": 2}})
    pair = {"alliance_id": alliance["id"], "organization_id": alliances.organization()["id"]}
    applied = alliances.ask("apply_for_membership", **pair)
    with alliances.refuses("CAP_REACHED", cap=2):
        alliances.ask("admit_member", membership_id=applied["id"])


def test_only_the_secretariat_adopts(alliances: AlliancesHub) -> None:
    alliance, organization = alliances.alliance(), alliances.organization()
    given = {"alliance_id": alliance["id"], "rules": RULES, "reason": "-"}
    for viewer in (VISITOR, SOMEBODY, representative(organization), secretariat(alliances.alliance())):
        with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
            alliances.ask("adopt_charter", viewer, **given)
    assert alliances.ask("adopt_charter", OFFICE, **given)["number"] == 1


def test_every_key_of_the_defaults_is_read() -> None:

    assert rulebook().complete({}, {"chair"}, SECTIONS) == {**rulebook().defaults, "by_class": {}}
    assert {form.name for form in SECTIONS} == set(rulebook().defaults)
