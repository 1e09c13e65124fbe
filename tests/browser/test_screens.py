"""Every screen in a real browser: nothing keeps anybody from using it, nothing is out of sight, nothing complains."""

from __future__ import annotations

from itertools import cycle

import pytest
from playwright.sync_api import Page

from tests.browser.axe import hindrances
from tests.browser.conftest import Open
from tests.browser.looks import HEIGHTS, NARROWEST, PAIRS, Look
from tests.browser.watching import Watch
from tests.console.test_pages import addresses
from tests.console.world import COLLEGE, OFFICE, SECRETARY, World

pytestmark = pytest.mark.live
PERSONAS = ["", SECRETARY, COLLEGE, OFFICE, "visitor"]
LOOKS = sorted({look for pair in PAIRS for look in pair})
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def seen(world: World) -> list[tuple[str, str, Look]]:
    """Who opens which page how: each page in both looks of a pair, and the pairs by turns."""
    pages = zip(addresses(world).values(), cycle(PAIRS), strict=False)
    return [(persona, path, look) for (persona, path), pair in pages for look in pair]


def test_every_page_is_seen_by_somebody_here(shown_world: World) -> None:
    assert {persona for persona, _, _ in seen(shown_world)} == set(PERSONAS)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona or "nobody")
def test_every_page_can_be_used_by_everybody(open_: Open, shown_world: World, persona: str, look: Look) -> None:
    page = open_(persona, look).new_page()
    watch = Watch(page)
    faults: list[str] = []
    for path in [path for who, path, in_look in seen(shown_world) if (who, in_look) == (persona, look)]:
        page.goto(path)
        faults += [f"{path}: {fault}" for fault in found(page, look)]

    assert faults + watch.heard == []


def found(page: Page, look: Look) -> list[str]:
    """What is wrong with the page that is shown."""
    faults = hindrances(page)
    if (headings := page.locator("h1").count()) != 1:
        faults.append(f"{headings} headings of the first rank")
    for width in (look.width, NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        if wider := page.evaluate(SIDEWAYS):
            faults.append(f"{wider} px wider than {width}")
    page.set_viewport_size({"width": look.width, "height": HEIGHTS[look.width]})
    return faults


def test_what_is_wrong_would_be_found(open_: Open) -> None:
    page = open_().new_page()
    watch = Watch(page)
    page.goto("/")
    page.evaluate(
        "document.querySelector('main').innerHTML += '<h1>再</h1><button></button><p style=\"color: red\">红</p>'"
    )
    page.evaluate("document.querySelector('main').append(document.createElement('hr'))")
    page.evaluate("document.querySelector('hr').style.width = '3000px'")
    faults = found(page, Look())
    page.goto("/no-such-page")

    for expected in ("button-name", "2 headings", "px wider than 1280", "px wider than 320"):
        assert any(expected in fault for fault in faults), expected
    assert any("Content Security Policy" in each for each in watch.heard)
    assert any(each.endswith("/no-such-page: 404") for each in watch.heard)
