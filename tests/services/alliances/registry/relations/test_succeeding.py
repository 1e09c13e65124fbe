"""Succeeding: bodies go over into others or end; what was entered by mistake is undone without a trace but the history."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clock import NOW
from tests.services.alliances.alliances_hub import ANHUI, SHANGHAI, VISITOR, AlliancesHub, named

TODAY = str(NOW.date())


def succeed(
    alliances: AlliancesHub, kind: str, old: list[dict[str, Any]], new: list[dict[str, Any]], **how: Any
) -> dict[str, Any]:
    ids = {"from_ids": [each["id"] for each in old], "to_ids": [each["id"] for each in new]}
    found: dict[str, Any] = alliances.ask(
        "succeed_organizations", **{**ids, "kind": kind, "on": TODAY, "reason": "教发函〔2026〕1号", **how}
    )
    return found


def statuses(alliances: AlliancesHub, bodies: list[dict[str, Any]]) -> list[str]:
    found = {each["id"]: each for each in alliances.ask("organizations_by_id", ids=[each["id"] for each in bodies])}
    return [found[each["id"]]["status"] for each in bodies]


def test_two_go_over_into_one_that_goes_on(alliances: AlliancesHub) -> None:
    one, other = alliances.organization(), alliances.organization()
    before = len(alliances.said())

    succession = succeed(alliances, "merged", [one, other], [one])

    assert statuses(alliances, [one, other]) == ["active", "inactive"]
    succeeded, retired = alliances.said(since=before)
    assert succeeded == (
        "alliances.organization_succeeded",
        {
            "succession_id": succession["id"],
            "from_ids": [one["id"], other["id"]],
            "to_ids": [one["id"]],
            "kind": "merged",
            "on": TODAY,
            "reason": "教发函〔2026〕1号",
            "predecessors": [named(one), named(other)],
            "successors": [named(one)],
        },
    )
    assert (retired[1]["what"], retired[1]["organization"]) == ("retired", named(other))
    [relation] = alliances.ask("relations", VISITOR, organization_id=other["id"])["nodes"]
    assert (relation["kind"], relation["to_id"], relation["since"]) == ("continued_by", one["id"], TODAY)
    assert alliances.ask("successions", VISITOR)["nodes"] == [succession]
    with alliances.refuses("ORGANIZATION_INACTIVE", "fromIds"):
        succeed(alliances, "dissolved", [other], [])


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("renamed", 1, 2), ("renamed", 2, 1), ("merged", 2, 2), ("split", 1, 1), ("split", 2, 2), ("dissolved", 1, 1)],
)
def test_the_numbers_fit_the_kind(alliances: AlliancesHub, kind: str, old: int, new: int) -> None:
    bodies = [alliances.organization() for _ in range(4)]

    with alliances.refuses("SUCCESSION_UNFIT", "kind"):
        succeed(alliances, kind, bodies[:old], bodies[-new:])


def test_what_was_entered_by_mistake_is_undone(alliances: AlliancesHub) -> None:
    bodies = [alliances.organization() for _ in range(3)]
    before = [alliances.ask("organizations_by_id", ids=[each["id"]]) for each in bodies]
    succession = succeed(alliances, "split", bodies[:1], bodies[1:])
    assert statuses(alliances, bodies) == ["inactive", "active", "active"]
    undoing = {"succession_id": succession["id"], "reason": "误办"}

    withdrawn = alliances.ask("withdraw_succession", **undoing)

    assert withdrawn["withdrawn_at"] == NOW.isoformat()
    assert [alliances.ask("organizations_by_id", ids=[each["id"]]) for each in bodies] == before
    assert alliances.ask("relations", organization_id=bodies[0]["id"])["nodes"] == []
    assert alliances.ask("successions")["nodes"] == []
    types = [type_ for type_, _ in alliances.said()[-2:]]
    assert types == ["alliances.succession_withdrawn", "alliances.organization_changed"]
    with alliances.refuses("NOTHING_CHANGED"):
        alliances.ask("withdraw_succession", **undoing)


def test_it_cannot_be_undone_while_another_bears_the_name(alliances: AlliancesHub) -> None:
    gone = alliances.organization(name_zh="学院")
    succession = succeed(alliances, "dissolved", [gone], [])
    alliances.organization(name_zh="学院")

    with alliances.refuses("ORGANIZATION_KNOWN", "successionId"):
        alliances.ask("withdraw_succession", succession_id=succession["id"], reason="误办")


def test_nobody_continues_itself(alliances: AlliancesHub) -> None:
    first, second = alliances.organization(), alliances.organization()
    succeed(alliances, "renamed", [first], [second])
    alliances.ask("reopen_organization", organization_id=first["id"], reason="恢复")

    with alliances.refuses("RELATION_CIRCULAR", "toId"):
        succeed(alliances, "renamed", [second], [first])


def test_an_office_closes_what_lies_in_its_province_alone(alliances: AlliancesHub) -> None:
    here, there = alliances.organization(), alliances.organization(region=SHANGHAI)
    office = alliances.province_office(ANHUI)
    how = {"kind": "dissolved", "on": TODAY, "reason": "撤销", "to_ids": []}

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("succeed_organizations", office, from_ids=[here["id"], there["id"]], **how)
    with alliances.refuses("DAY_AHEAD", "on"):
        succeed(alliances, "dissolved", [here], [], on="2030-01-01")
    alliances.ask("succeed_organizations", office, from_ids=[here["id"]], **how)
