"""Moving an organisation from a day to come: planned, set anew, withdrawn, done by itself exactly once, held up by a namesake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kit.work import timers
from services.alliances.registry.organizations.moving import MOVE_WHEN_DUE
from tests.clock import NOW
from tests.services.alliances.alliances_hub import ANHUI, JIANGSU, VISITOR, AlliancesHub
from tests.services.alliances.registry.organizations.test_changing_an_organization import by_id, said_last

TODAY = NOW.date()
DAY = TODAY + timedelta(days=10)
HERE, THERE, ELSEWHERE = "341000", "341021", "341004"


def move(
    hub: AlliancesHub, found: dict[str, Any], region: str = THERE, since: date = DAY, viewer: str = "hub-office"
) -> Any:
    given = {"organization_id": found["id"], "region": region, "since": since.isoformat(), "reason": "迁址"}
    return hub.ask("move_organization", viewer, **given)


def planned(hub: AlliancesHub, found: dict[str, Any]) -> list[tuple[str, str]]:
    plans = hub.ask("planned_moves_of_organizations", VISITOR, organization_ids=[found["id"]])
    return [(each["region"], each["since"]) for each in plans]


def morning(hub: AlliancesHub, day: date) -> None:
    """Let the day begin in China, and everything be done that is due then."""
    hub.clock.advance(timedelta(days=(day - TODAY).days))
    hub.ring()


def moves(hub: AlliancesHub, found: dict[str, Any]) -> list[str]:
    return [
        data["what"]
        for _, data in hub.said()
        if data.get("organization", {}).get("id") == found["id"] and data.get("what", "").startswith("move")
    ]


def test_it_moves_by_itself_on_the_day_and_once(alliances: AlliancesHub) -> None:
    found = alliances.organization(region=HERE)

    assert move(alliances, found)["region"] == HERE
    said = said_last(alliances)
    assert (said["what"], said["since"], said["region"], said["to_region"]) == ("move_planned", str(DAY), HERE, THERE)
    assert planned(alliances, found) == [(THERE, str(DAY))]
    with alliances.refuses("NOTHING_CHANGED"):
        move(alliances, found)

    morning(alliances, DAY)
    assert (by_id(alliances, found)["region"], planned(alliances, found)) == (THERE, [])
    said = said_last(alliances)
    assert (said["what"], said["since"], said["reason"], said["region"]) == ("moved", str(DAY), "迁址", THERE)
    run_again(alliances, found)
    assert moves(alliances, found) == ["move_planned", "moved"]


def run_again(hub: AlliancesHub, found: dict[str, Any]) -> None:
    """Have the timer ring once more."""
    with hub.runtime.database.transaction() as session:
        timers.at(session, session.now, MOVE_WHEN_DUE, found["id"])
    hub.ring()


def test_day_and_place_are_set_anew_and_the_move_is_withdrawn(alliances: AlliancesHub) -> None:
    found = alliances.organization(region=HERE)
    move(alliances, found)
    later = DAY + timedelta(days=5)
    move(alliances, found, ELSEWHERE, later)
    assert planned(alliances, found) == [(ELSEWHERE, str(later))]
    morning(alliances, DAY)
    assert by_id(alliances, found)["region"] == HERE

    alliances.ask("withdraw_organization_move", organization_id=found["id"], reason="暂缓")
    alliances.clock.advance(timedelta(days=10))
    alliances.ring()

    assert (by_id(alliances, found)["region"], planned(alliances, found)) == (HERE, [])
    assert moves(alliances, found) == ["move_planned", "move_planned", "move_withdrawn"]
    with alliances.refuses("NOTHING_CHANGED", "organizationId"):
        alliances.ask("withdraw_organization_move", organization_id=found["id"], reason="暂缓")


def test_where_another_bears_its_name_it_stays_and_is_told_why(alliances: AlliancesHub) -> None:
    found = alliances.organization(region=HERE, name_zh="实验中学")
    move(alliances, found)
    alliances.organization(region=THERE, name_zh="实验中学")

    morning(alliances, DAY)

    assert (by_id(alliances, found)["region"], planned(alliances, found)) == (HERE, [])
    assert said_last(alliances)["what"] == "move_held_up"


def test_what_is_closed_meanwhile_moves_no_more(alliances: AlliancesHub) -> None:
    found = alliances.organization(region=HERE)
    move(alliances, found)
    alliances.ask("retire_organization", organization_id=found["id"], on=TODAY.isoformat(), reason="撤销")

    morning(alliances, DAY)

    assert (by_id(alliances, found)["region"], planned(alliances, found)) == (HERE, [])


def test_both_provinces_agree_and_the_first_takes_it_back(alliances: AlliancesHub) -> None:
    found = alliances.organization(region=HERE)
    here, there = alliances.province_office(ANHUI), alliances.province_office(JIANGSU)
    for office in (here, there):
        with alliances.refuses("NOT_ALLOWED"):
            move(alliances, found, "320100", viewer=office)
    move(alliances, found, viewer=here)
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("withdraw_organization_move", there, organization_id=found["id"], reason="?")
    alliances.ask("withdraw_organization_move", here, organization_id=found["id"], reason="暂缓")
    assert planned(alliances, found) == []
