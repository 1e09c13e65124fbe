"""The calendars of working days: who amends them, what is refused, and that others reckon by the newest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kit.clock import MovableClock
from tests.services.projects.projects_hub import ANHUI, ANHUI_OFFICE, JIANGSU, VISITOR, ProjectsHub, at_once

NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"
MADE_UP = {"day": "2027-02-14", "kind": "working"}
OFF = {"day": "2027-02-08", "kind": "holiday"}


@pytest.fixture
def projects(home: Path) -> Iterator[ProjectsHub]:
    """In the days in which the State Council gives those of the next year."""
    hub = ProjectsHub(MovableClock(datetime(2026, 11, 20, 1, tzinfo=UTC)))
    yield hub
    hub.stop()


def confirm(projects: ProjectsHub, *days: dict[str, str], caller: str = "", **given: Any) -> dict[str, Any]:
    asked = {"year": 2027, "source": NOTICE, "days": list(days)} | given
    return projects.ask("confirm_calendar_year", *filter(None, [caller]), **asked)


def amend(projects: ProjectsHub, *days: dict[str, str], caller: str = "", **given: Any) -> dict[str, Any]:
    asked = {"year": 2027, "source": "补充通知", "days": list(days)} | given
    return projects.ask("amend_calendar", *filter(None, [caller]), **asked)


def after(projects: ProjectsHub, day: str, n: int, **given: Any) -> tuple[str, bool]:
    found = projects.ask("workday_after", VISITOR, from_day=day, workdays=n, **given)
    return found["day"], found["provisional"]


def test_a_year_is_provisional_until_it_is_confirmed(projects: ProjectsHub) -> None:
    before = projects.ask("calendar_year", VISITOR, year=2027)
    assert (before["status"], before["workdays"], before["days"], before["versions"]) == ("provisional", 261, [], [])
    assert after(projects, "2027-02-05", 1) == ("2027-02-08", True)

    year = confirm(projects, OFF, MADE_UP)

    assert (year["status"], year["workdays"]) == ("official", 261)
    assert [each["number"] for each in year["versions"]] == [1]
    assert after(projects, "2027-02-05", 1) == ("2027-02-09", False)
    assert after(projects, "2027-02-12", 1) == ("2027-02-14", False)
    assert year == projects.ask("calendar_year", VISITOR, year=2027)


def test_what_is_amended_is_told_whole_and_numbered(projects: ProjectsHub) -> None:
    since = len(projects.said())
    confirm(projects, OFF)
    amend(projects, MADE_UP)
    amend(projects, {"day": OFF["day"], "kind": "working"})

    told = [data for type_, data in projects.said(since=since) if type_ == "projects.calendar_amended"]
    assert [(each["number"], each["holidays"], each["working_days"]) for each in told] == [
        (1, [OFF["day"]], []),
        (2, [OFF["day"]], [MADE_UP["day"]]),
        (3, [], [MADE_UP["day"]]),
    ]
    assert {(each["status"], each["year"], each["province"]) for each in told} == {("official", 2027, None)}


def test_amending_a_provisional_year_leaves_it_so(projects: ProjectsHub) -> None:
    assert amend(projects, OFF)["status"] == "provisional"
    assert confirm(projects, OFF)["status"] == "official"


def test_an_official_year_of_the_release_is_amended_from_what_it_is(projects: ProjectsHub) -> None:
    before = projects.ask("calendar_year", VISITOR, year=2026)
    changed = amend(projects, {"day": "2026-12-31", "kind": "holiday"}, year=2026)

    assert changed["workdays"] == before["workdays"] - 1
    assert changed["days"] == [*before["days"], {"day": "2026-12-31", "kind": "holiday"}]


def test_a_province_has_its_own_calendar_and_its_own_office_amends_it(projects: ProjectsHub) -> None:
    confirm(projects, OFF)
    amend(projects, {"day": "2027-02-09", "kind": "holiday"}, caller=ANHUI_OFFICE, province=ANHUI)

    assert after(projects, "2027-02-05", 1, province=ANHUI) == ("2027-02-10", False)
    assert after(projects, "2027-02-05", 1, province=JIANGSU) == ("2027-02-09", False)
    assert after(projects, "2027-02-05", 1) == ("2027-02-09", False)
    for province in (None, JIANGSU):
        with projects.refuses("NOT_ALLOWED"):
            amend(projects, MADE_UP, caller=ANHUI_OFFICE, province=province)
    with projects.refuses("SIGN_IN_REQUIRED"):
        projects.ask("amend_calendar", VISITOR, year=2027, source="通知", days=[MADE_UP])


def test_what_is_refused_changes_nothing(projects: ProjectsHub) -> None:
    confirm(projects, OFF)
    with projects.refuses("DAYS_UNCHANGED", "days"):
        confirm(projects, OFF)
    with projects.refuses("DAYS_UNCHANGED", "days"):
        amend(projects, OFF, {"day": "2027-02-07", "kind": "holiday"})  # a Sunday, which is off anyway
    with projects.refuses("DAY_OUTSIDE_YEAR", "days.1.day", year=2027):
        amend(projects, MADE_UP, {"day": "2028-01-03", "kind": "holiday"})
    with projects.refuses("GIVEN_TWICE", "days.1.day", value=MADE_UP["day"]):
        amend(projects, MADE_UP, {**MADE_UP, "kind": "holiday"})
    with projects.refuses("YEAR_CLOSED", "days", day="2026-11-19"):
        amend(projects, {"day": "2026-11-19", "kind": "holiday"}, year=2026)
    with projects.refuses("UNKNOWN_REGION", "province", region="340100"):
        amend(projects, MADE_UP, province="340100")
    with projects.refuses("UNKNOWN_REGION", "province", region="000000"):
        projects.ask("calendar_year", VISITOR, year=2027, province="000000")


def test_the_past_stays_as_it_was_reckoned_with(projects: ProjectsHub) -> None:
    with projects.refuses("YEAR_CLOSED", "days", day="2026-01-01"):
        confirm(projects, year=2026)


def test_days_are_counted_both_ways(projects: ProjectsHub) -> None:
    count = {"from_day": "2025-09-26", "until": "2025-10-09"}
    assert projects.ask("workdays_between", VISITOR, **count) == {"workdays": 4, "provisional": False}
    back = {"from_day": count["until"], "until": count["from_day"]}
    assert projects.ask("workdays_between", VISITOR, **back) == {"workdays": -4, "provisional": False}
    assert after(projects, "2025-10-01", 0) == ("2025-10-09", False)
    assert after(projects, "2025-10-09", -1) == ("2025-09-30", False)


def test_two_who_say_the_first_of_a_year_at_once_are_both_kept(projects: ProjectsHub) -> None:
    """Whoever comes second says it of what the first has made of the year."""
    at_once(lambda: amend(projects, OFF), lambda: amend(projects, MADE_UP))

    year = projects.ask("calendar_year", VISITOR, year=2027)
    assert [each["day"] for each in year["days"]] == [OFF["day"], MADE_UP["day"]]
    assert [each["number"] for each in year["versions"]] == [2, 1]
