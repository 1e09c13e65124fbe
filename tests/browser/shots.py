"""Shots: pictures of every screen in every look, in `.shots/` with a page to leaf through them; and those of the README.

`python -m tests.browser.shots` makes the first, `python -m tests.browser.shots readme` the others.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.demo import applied, world_of
from tests.browser.looks import ALL, Look
from tests.browser.opening import chromium, opened
from tests.console.test_pages import addresses
from tests.console.world import World
from tests.running.processes import ROOT, RunningHub, running

SHOTS, PICTURES = ROOT / ".shots", ROOT / "docs" / "pictures"
IN_README = ("today", "competition")
LANGUAGES = {"en": "", "zh-CN": ".zh-CN"}
COLOURS = 128
"""Of a palette: enough for a page, at a third of the bytes."""


def main() -> None:
    with _demo() as (hub, world), chromium() as browser:
        if sys.argv[1:] == ["readme"]:
            for_readme(browser, hub, world)
        else:
            every_screen(browser, hub, world)


@contextmanager
def _demo() -> Iterator[tuple[RunningHub, World]]:
    with tempfile.TemporaryDirectory() as home, running(RunningHub(Path(home), HUB_DEMO="true")) as hub:
        world = world_of(hub)
        applied(hub, world.alliance)
        yield hub, world


def every_screen(browser: Browser, hub: RunningHub, world: World) -> None:
    """The whole of each page, one file a look, and index.html."""
    SHOTS.mkdir(exist_ok=True)
    pages = addresses(world)
    for look in ALL:
        for name, (persona, path) in pages.items():
            (SHOTS / _file(name, look)).write_bytes(_picture(browser, hub, persona, path, look, whole=True))
    (SHOTS / "index.html").write_text(_index(list(pages)), encoding="utf-8")
    print(SHOTS / "index.html")


def for_readme(browser: Browser, hub: RunningHub, world: World) -> None:
    PICTURES.mkdir(exist_ok=True)
    for name in IN_README:
        persona, path = addresses(world)[name]
        for language, suffix in LANGUAGES.items():
            picture = _picture(browser, hub, persona, path, Look(language=language), whole=False)
            few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS)
            few.save(PICTURES / f"{name}{suffix}.png", optimize=True)


def _picture(browser: Browser, hub: RunningHub, persona: str, path: str, look: Look, *, whole: bool) -> bytes:
    with opened(browser, hub, look=look) as context:
        if persona:  # as the page signs in, which knows what they are called
            origin = hub.url.removesuffix("/graphql")
            context.request.post("/sign-in", form={"persona": persona}, headers={"origin": origin})
        page = context.new_page()
        page.goto(path, wait_until="networkidle")
        return page.screenshot(full_page=whole)


def _file(name: str, look: Look) -> str:
    return f"{name.replace(' ', '-')}-{look}.png"


def _index(names: list[str]) -> str:
    rows = "".join(f"<h2>{escape(name)}</h2><p>{''.join(_shown(name, look) for look in ALL)}</p>" for name in names)
    return f'<!doctype html><meta charset="utf-8"><title>Shots</title><h1>Shots</h1>{rows}\n'


def _shown(name: str, look: Look) -> str:
    file = escape(_file(name, look))
    return f'<a href="{file}"><img src="{file}" alt="{look}" title="{look}" height="300" loading="lazy"></a> '


if __name__ == "__main__":
    main()
