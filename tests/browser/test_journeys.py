"""What people come for, done in a real browser: with a mouse at a desk and on a phone, with keys alone, without JavaScript."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.demo import applied, told
from tests.browser.hands import Keyboard, Mouse
from tests.browser.journeys import Traveller, admit_member, enter_competition, fill_entry, is_entered, read_inbox
from tests.browser.looks import DESK, PHONE, Look
from tests.console.world import COLLEGE, SECRETARY, World
from tests.running.client import Client
from tests.running.processes import RunningHub

pytestmark = pytest.mark.live
HANDS = {"mouse at a desk": (Mouse, DESK), "finger on a phone": (Mouse, PHONE), "keys alone": (Keyboard, DESK)}
BY_HAND = pytest.mark.parametrize("by", HANDS)
NAMES = "query($id: ID!) { alliance(id: $id) { nameZh } }"
COMPETITION = "query($id: ID!) { competition(id: $id) { series { nameZh } nameZh tracks { nameZh } } }"
ENTRIES = "query($id: ID!) { entries(competition: $id, first: 50) { nodes { contestant } } }"


@pytest.fixture
def competition(shown_hub: RunningHub, shown_world: World) -> tuple[str, str]:
    """What the page of competitions calls it, and a track in which nobody has entered yet."""
    found = Client(shown_hub).ask(COMPETITION, id=shown_world.competition)["competition"]
    return f"{found['series']['nameZh']} {found['nameZh']}", found["tracks"][1]["nameZh"]


def traveller(open_: Open, by: str, persona: str = "") -> Traveller:
    hand, width = HANDS[by]
    page = open_(persona, Look(width)).new_page()
    return Traveller(page, hand(page) if hand is Keyboard else hand())


@BY_HAND
def test_a_secretariat_admits_a_member(open_: Open, shown_hub: RunningHub, shown_world: World, by: str) -> None:
    alliance = Client(shown_hub).ask(NAMES, id=shown_world.alliance)["alliance"]["nameZh"]
    applicant, who = applied(shown_hub, shown_world.alliance), traveller(open_, by)

    who.sign_in(SECRETARY)
    admit_member(who, alliance, applicant)


@BY_HAND
def test_a_representative_enters_a_competition(open_: Open, competition: tuple[str, str], by: str) -> None:
    who = traveller(open_, by)

    who.sign_in(COLLEGE)
    enter_competition(who, *competition, contestant=by)


@pytest.mark.parametrize("by", list(HANDS)[:2])
def test_somebody_reads_their_inbox_and_quiets_it(open_: Open, shown_hub: RunningHub, by: str) -> None:
    reader = f"reader-{list(HANDS).index(by)}"
    told(shown_hub, reader)

    read_inbox(traveller(open_, by, reader))


def test_a_competition_is_entered_without_javascript(open_: Open, competition: tuple[str, str]) -> None:
    who = Traveller(open_(java_script_enabled=False).new_page(), Mouse())

    who.sign_in(COLLEGE)
    enter_competition(who, *competition, contestant="没有脚本")


def test_pressing_twice_enters_once(
    open_: Open, shown_hub: RunningHub, shown_world: World, competition: tuple[str, str]
) -> None:
    who = Traveller(open_(COLLEGE).new_page(), Mouse())
    who.page.goto("/today")
    fill_entry(who, *competition, contestant="按了两次")
    who.button(who.words("entering")("submit")).dblclick()
    is_entered(who, "按了两次")

    nodes = Client(shown_hub, COLLEGE).ask(ENTRIES, id=shown_world.competition)["entries"]["nodes"]
    assert [each["contestant"] for each in nodes].count("按了两次") == 1
