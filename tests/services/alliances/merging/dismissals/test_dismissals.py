"""Pairs that look like one and are two: said with the reason, taken back, and looked at again when a name changes."""

from __future__ import annotations

from typing import Any

from tests.services.alliances.alliances_hub import (
    ANHUI,
    JIANGSU,
    OFFICE,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
    representative,
)
from tests.services.service_hub import at_once


def two(hub: AlliancesHub) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two schools of one name, in two cities of a province."""
    return hub.organization(name_zh="第一中学", region="341000"), hub.organization(name_zh="第一中学", region="340200")


def suggested(hub: AlliancesHub, viewer: str = OFFICE, **which: Any) -> list[tuple[str, str]]:
    nodes = hub.ask("duplicates", viewer, reason="same_name", **which)["nodes"]
    return [(each["earlier_id"], each["later_id"]) for each in nodes]


def dismiss(hub: AlliancesHub, one: dict[str, Any], other: dict[str, Any], viewer: str = OFFICE) -> dict[str, Any]:
    pair = {"organization_id": one["id"], "other_id": other["id"]}
    return dict(hub.ask("dismiss_duplicate", viewer, **pair, reason="两校并存"))


def listed(hub: AlliancesHub, viewer: str = OFFICE, **which: Any) -> list[str]:
    return [each["id"] for each in hub.ask("dismissals", viewer, **which)["nodes"]]


def test_a_pair_that_was_dismissed_is_suggested_no_more_until_that_is_taken_back(alliances: AlliancesHub) -> None:
    earlier, later = two(alliances)
    assert suggested(alliances) == [(earlier["id"], later["id"])]
    before = len(alliances.said())

    dismissal = dismiss(alliances, later, earlier)

    about = {"dismissal_id": dismissal["id"], "earlier": named(earlier), "later": named(later), "reason": "两校并存"}
    assert alliances.said(since=before) == [("alliances.duplicate_dismissed", about)]
    assert (suggested(alliances), listed(alliances)) == ([], [dismissal["id"]])
    with alliances.refuses("NOTHING_CHANGED"):
        dismiss(alliances, earlier, later)
    with alliances.refuses("MERGE_INTO_ITSELF", "otherId"):
        dismiss(alliances, earlier, earlier)

    alliances.ask("restore_duplicate", dismissal_id=dismissal["id"], reason="须再核实")
    assert (suggested(alliances), listed(alliances)) == ([(earlier["id"], later["id"])], [])
    with alliances.refuses("NOTHING_CHANGED", "dismissalId"):
        alliances.ask("restore_duplicate", dismissal_id=dismissal["id"], reason="须再核实")
    assert dismiss(alliances, earlier, later)["id"] == dismissal["id"]
    assert suggested(alliances) == []


def test_it_is_looked_at_again_when_one_of_the_two_is_called_otherwise(alliances: AlliancesHub) -> None:
    earlier, later = two(alliances)
    third = alliances.organization(name_zh="芜湖中学", region="340200")
    dismissal = dismiss(alliances, earlier, later)
    dismiss(alliances, earlier, third)

    for each in (earlier, later):
        alliances.ask("change_organization", organization_id=each["id"], name_zh="实验中学", reason="更名")

    assert suggested(alliances) == [(earlier["id"], later["id"])]
    assert listed(alliances) == []
    assert dismiss(alliances, earlier, later)["id"] == dismissal["id"]
    assert suggested(alliances) == []


def test_who_may_merge_two_may_say_that_they_are_two(alliances: AlliancesHub) -> None:
    earlier, later = two(alliances)
    office = alliances.province_office(ANHUI)
    strangers = [VISITOR, SOMEBODY, representative(earlier), alliances.province_office(JIANGSU)]
    for stranger in strangers:
        code = "NOT_ALLOWED" if stranger else "SIGN_IN_REQUIRED"
        with alliances.refuses(code):
            dismiss(alliances, earlier, later, stranger)
        with alliances.refuses(code):
            listed(alliances, stranger, province=ANHUI)
    elsewhere = alliances.organization(name_zh="第一中学", region=SHANGHAI)
    with alliances.refuses("NOT_ALLOWED"):
        dismiss(alliances, earlier, elsewhere, office)

    dismissal = dismiss(alliances, earlier, later, office)

    assert listed(alliances, office, province=ANHUI) == [dismissal["id"]]
    assert listed(alliances, OFFICE, province=SHANGHAI) == []
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("restore_duplicate", strangers[-1], dismissal_id=dismissal["id"], reason="?")


def test_of_two_who_say_it_at_once_one_does(alliances: AlliancesHub) -> None:
    earlier, later = two(alliances)
    outcomes = at_once(*(lambda: dismiss(alliances, earlier, later) for _ in range(3)))
    assert sum(isinstance(each, dict) for each in outcomes) == 1
    assert len(listed(alliances)) == 1
