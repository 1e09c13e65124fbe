"""A running hub with an alliance and a competition whose names are hostile, and browsers in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from tests.console.answering import Answering, browsing
from tests.console.browsing import Browser
from tests.console.world import APPLICANT, COLLEGE, OFFICE, SECRETARY, World, entered
from tests.running.client import Client
from tests.running.processes import RunningHub, running, wait_until

PATIENCE = 60
HOSTILE = "<script>alert('{0}')</script>\"&'"
"""A name that would run in a page that took it for markup."""


@pytest.fixture(scope="session")
def console_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """The whole hub in one process, as `make run` starts it, without the demo's data."""
    with running(RunningHub(tmp_path_factory.mktemp("console"))) as hub:
        yield hub


@pytest.fixture(scope="session")
def world(console_hub: RunningHub) -> World:
    office = Client(console_hub, OFFICE)
    organizations = {
        persona: office.do(
            "registerOrganization",
            "organization { id }",
            kind="UNIVERSITY",
            region="341000",
            nameZh=HOSTILE.format(persona),
            nameEn=HOSTILE.format(f"{persona} in English"),
            representative=f"persona:{persona}",
        )["organization"]["id"]
        for persona in (COLLEGE, APPLICANT)
    }
    names = {"nameZh": HOSTILE.format("alliance"), "nameEn": HOSTILE.format("alliance in English")}
    founded = office.do("foundAlliance", "alliance { id }", kind="OTHER", **names, secretariat=f"persona:{SECRETARY}")
    competition, phase = drafted(office, HOSTILE.format("competition"), HOSTILE.format("series"))
    world = World(founded["alliance"]["id"], organizations, {}, competition, "", phase)
    for persona in organizations:
        world.memberships[persona] = _applied(console_hub, world, persona)
    college = Client(console_hub, COLLEGE)
    mine = "{ viewer { organizations { id } } notices(first: 1) { nodes { id } } }"
    wait_until(lambda: college.ask(mine)["notices"]["nodes"], PATIENCE, "nobody was told of their role")
    without = "events does not know who represents the college"
    world.entry = wait_until(lambda: entered(college, world, size="L"), PATIENCE, without)
    return world


def drafted(office: Client, name: str, series_name: str) -> tuple[str, str]:
    """The ids of a competition that takes entries, in a series of its own, and of its contest, which is to come."""
    now = datetime.now(UTC)
    size = {
        "key": "size",
        "kind": "CHOICE",
        "labelZh": HOSTILE.format("field"),
        "labelEn": "Size",
        "choices": ["M", "L"],
    }
    track = {
        "nameZh": HOSTILE.format("track"),
        "nameEn": "Track",
        "quotas": [{"province": "340000", "places": 5}],
        "entryFields": [{**size, "required": True}],
    }
    series = office.do("foundSeries", "series { id }", nameZh=series_name, nameEn="Series")["series"]
    closes = now + timedelta(days=20)
    opens, ends = ((closes + timedelta(days=days)).isoformat() for days in (1, 2))
    found = office.do(
        "draftCompetition",
        "competition { id phases { id } }",
        seriesId=series["id"],
        number=1,
        nameZh=name,
        nameEn="Contest",
        hostRegion="340000",
        opensAt=(now - timedelta(hours=1)).isoformat(),
        closesAt=closes.isoformat(),
        tracks=[track],
        phases=[{"round": 1, "kind": "CONTEST", "opensAt": opens, "closesAt": ends}],
    )["competition"]
    office.do("publishCompetition", competitionId=found["id"])
    return found["id"], found["phases"][0]["id"]


def _applied(hub: RunningHub, world: World, persona: str) -> str:
    pair = {"allianceId": world.alliance, "organizationId": world.organizations[persona]}
    return str(Client(hub, persona).do("applyForMembership", "membership { id }", **pair)["membership"]["id"])


@pytest.fixture
def browser(console_hub: RunningHub, world: World) -> Iterator[Callable[..., Browser]]:
    """A browser of somebody, who is signed in where a persona is named."""
    opened: list[Browser] = []

    def open_(persona: str = "", language: str = "zh-CN") -> Browser:
        browser = Browser(console_hub, language)
        opened.append(browser)
        if persona:
            browser.sign_in(persona)
        return browser

    yield open_
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def screens() -> Path:
    return Path(__file__).parents[2] / "console" / "screens"


@pytest.fixture
def answering() -> Answering:
    return Answering()


@pytest_asyncio.fixture
async def client(answering: Answering) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of somebody who is signed in, before pages that `answering` answers."""
    async with browsing(answering, "zhao") as client:
        yield client
