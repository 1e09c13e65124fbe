"""Hands: a mouse or a keyboard, with which a person presses, types and chooses; a journey is one for either."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 120
"""How often one may have to press Tab before one is where one wants to be."""
OUTLINED = "e => e.matches(':focus-visible') && getComputedStyle(e).outlineStyle !== 'none'"


class Hand(Protocol):
    def press(self, what: Locator) -> None:
        """A link or a button."""

    def type(self, into: Locator, text: str) -> None:
        """Into an empty field."""

    def choose(self, of: Locator, label: str) -> None:
        """One of a list."""


class Mouse:
    """One who points and clicks, on a phone with a finger."""

    def press(self, what: Locator) -> None:
        what.click()

    def type(self, into: Locator, text: str) -> None:
        into.click()
        into.press_sequentially(text)

    def choose(self, of: Locator, label: str) -> None:
        of.select_option(label=label)


class Keyboard:
    """One who has keys alone: goes from one thing to the next until it has the focus, and sees that it has."""

    def __init__(self, page: Page) -> None:
        self._keys = page.keyboard

    def press(self, what: Locator) -> None:
        self._reach(what)
        self._keys.press("Enter")

    def type(self, into: Locator, text: str) -> None:
        self._reach(into)
        self._keys.type(text)

    def choose(self, of: Locator, label: str) -> None:
        """Down the list, as far as it has to be."""
        self._reach(of)
        for _ in range(of.locator("option").count()):
            if of.locator("option:checked").inner_text() == label:
                return
            self._keys.press("ArrowDown")
        expect(of.locator("option:checked")).to_have_text(label)

    def _reach(self, what: Locator) -> None:
        expect(what).to_be_visible()
        for _ in range(MOST_STEPS):
            if what.evaluate("e => e === document.activeElement"):
                assert what.evaluate(OUTLINED), f"nobody sees that {what} has the focus"
                return
            self._keys.press("Tab")
        raise AssertionError(f"no key leads to {what}")
