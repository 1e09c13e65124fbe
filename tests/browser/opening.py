"""Opening: Debian's Chromium, and pages in it as one person sees them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.looks import HEIGHTS, Look
from tests.console.browsing import session_of
from tests.running.processes import RunningHub
from tests.servers.install import CHROMIUM, require

PATIENCE = 60_000
"""Milliseconds that a busy machine may take for what a page waits for."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without windows; the sandbox is off, since root, as whom CI runs, cannot have it."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(CHROMIUM), args=["--no-sandbox"], timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


def opened(
    browser: Browser, hub: RunningHub, persona: str = "", look: Look | None = None, **more: Any
) -> BrowserContext:
    """A browser of its own for one person, signed in where a persona is named; `more` as Playwright's new_context has it."""
    look = look or Look()
    origin = hub.url.removesuffix("/graphql")
    context = browser.new_context(
        base_url=origin,
        viewport={"width": look.width, "height": HEIGHTS[look.width]},
        locale=look.language,
        color_scheme=look.colours,
        reduced_motion="reduce",
        timezone_id="Asia/Shanghai",
        **more,
    )
    context.set_default_timeout(PATIENCE)
    cookies = {"hub_language": look.language} | ({"hub_session": session_of(hub, persona)} if persona else {})
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
    return context
