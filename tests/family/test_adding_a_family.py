"""Adding a family: the page lists every place, because a copy of the tree in which only it was followed is a whole hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.family.page import PAGES, commands, copied, edited, figures, run, steps
from tests.running.client import Client
from tests.running.processes import RunningHub, running, wait_until

ENGLISH, CHINESE = PAGES
OTHERS = (
    "tests/contracts/test_messages.py::test_every_message_comes_back_from_json_the_same",
    "tests/contracts/test_names.py",
)
"""What takes long and looks at nothing that a family adds."""
HOUSE = (
    "tests/house",
    "tests/contracts",
    "tests/gateway/graph/test_composition.py",
    "tests/gateway/graph/notify/test_rules_of_notices.py",
    "tests/gateway/graph/notify/test_what_a_notice_is_about.py",
    "tests/services/alliances/governance",
    "tests/services/notify/rules",
)
"""What looks for a place that was forgotten, and the tests of the family itself."""
CHECKS = (
    "ruff check .",
    "ruff format --check .",
    "lint-imports",
    f"pytest -q -p no:cacheprovider -m 'not live' {' '.join(HOUSE)} {' '.join(f'--deselect {each}' for each in OTHERS)}",
    "hub schema --check",
    "hub asyncapi --check",
)
SEATS = "seats { title organization { nameEn } }"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with the family of the page in it."""
    found = copied(tmp_path_factory.mktemp("tree"))
    for step in steps(ENGLISH):
        step.carry_out(found)
    for line in commands(ENGLISH):
        run(found, line)
    return found


@pytest.mark.timeout(600)
def test_the_house_accepts_what_the_page_says(tree: Path, record_property: Any) -> None:
    for line in CHECKS:
        run(tree, line)
    record_property("figures", figures(steps(ENGLISH)))


@pytest.fixture
def hub(tree: Path, tmp_path: Path) -> Iterator[RunningHub]:
    with running(RunningHub(tmp_path, code=tree)) as found:
        yield found


@pytest.mark.timeout(600)
def test_a_seat_is_given_read_and_told_of_on_the_running_hub(hub: RunningHub) -> None:
    office, secretary = Client(hub, "hub-office"), Client(hub, "secretariat")
    names = [{"nameZh": f"单位{place}", "nameEn": f"Body {place}"} for place in range(3)]
    entered = [
        office.do("registerOrganization", "organization { id }", kind="UNIVERSITY", region="341000", **name, **facts)
        for name, facts in zip(names, [{"representative": "persona:huangshan-university"}, {}, {}], strict=True)
    ]
    group = {"kind": "MECHANISM", "nameZh": "集团", "nameEn": "Group", "secretariat": "persona:secretariat"}
    alliance = office.do("foundAlliance", "alliance { id }", **group)["alliance"]["id"]
    other = office.do("foundAlliance", "alliance { id }", **group | {"nameZh": "联盟", "nameEn": "Other"})["alliance"][
        "id"
    ]

    for body, title in zip(entered, ["Chair", "Vice-Chair", "Member"], strict=True):
        asked = {"allianceId": alliance, "organizationId": body["organization"]["id"], "title": title}
        given = secretary.do("giveSeat", "seat { id title }", **asked)["seat"]
        assert given["title"] == title

    [again] = secretary.payload("giveSeat", **asked)["problems"]
    assert again == {"code": "SEAT_TAKEN", "field": "organizationId"}
    visitor = Client(hub)
    expected = [
        {"title": title, "organization": {"nameEn": name["nameEn"]}}
        for title, name in zip(["Chair", "Vice-Chair", "Member"], names, strict=True)
    ]
    assert visitor.ask(f"{{ alliances {{ nodes {{ id {SEATS} }} }} }}")["alliances"]["nodes"] == [
        {"id": alliance, "seats": expected},
        {"id": other, "seats": []},
    ]
    page = "query($id: ID!) { seats(alliance: $id, first: 2) { nodes { title } pageInfo { hasNextPage } } }"
    assert visitor.ask(page, id=alliance)["seats"] == {
        "nodes": [{"title": "Chair"}, {"title": "Vice-Chair"}],
        "pageInfo": {"hasNextPage": True},
    }
    [notice] = wait_until(lambda: told(hub, "en"), 60, "the representative is told of nothing")
    assert notice == {
        "rule": "SEAT_GIVEN",
        "title": "Council seat: Group",
        "body": "Body 0 now has a seat on the council of Group (Chair).",
        "about": {"__typename": "CouncilSeat", "title": "Chair"},
    }
    assert [each["title"] for each in told(hub, "zh-CN")] == ["理事会席位：集团"]


def told(hub: RunningHub, language: str) -> list[dict[str, Any]]:
    """The notices of seats that the representative finds."""
    document = "{ notices { nodes { rule title body about { __typename ... on CouncilSeat { title } } } } }"
    found = Client(hub, "huangshan-university", language).ask(document)["notices"]["nodes"]
    return [notice for notice in found if notice["rule"] == "SEAT_GIVEN"]


def test_the_page_says_the_same_in_both_languages() -> None:
    assert steps(CHINESE) == steps(ENGLISH)
    assert commands(CHINESE) == commands(ENGLISH)


@pytest.mark.parametrize("text", ["b\n", "a\nb\nb\n", "a\nbc\n", ""])
def test_an_edit_whose_place_is_not_there_once_is_a_fault_of_the_page(text: str) -> None:
    with pytest.raises(AssertionError, match="has this place not once"):
        edited(text + text, " a\n-b\n+c\n", "file")


def test_an_edit_changes_its_place_alone() -> None:
    assert edited("x\na\nb\ny\n", " a\n-b\n+c\n@@\n y\n+z\n", "file") == "x\na\nc\ny\nz\n"
