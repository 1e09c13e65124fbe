"""Journeys: what people come for, from the page on which they start to the one that says that it is done.

Each goes by what stands on the pages, whatever hand it is done by, in the language that the page is in.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from console.catalogue import SCREENS
from console.words import Words
from gateway.locale import Locale
from hub.personas import personas
from tests.browser.hands import Hand

ADVISER = "周老师"
LIBRARIES = {screen.name: screen.library for screen in SCREENS}


class Traveller:
    """Somebody in front of a page, with a hand."""

    def __init__(self, page: Page, hand: Hand, locale: Locale = "zh-CN") -> None:
        self.page, self.hand, self._locale = page, hand, locale

    def words(self, screen: str) -> Words:
        return LIBRARIES[screen].in_(self._locale)

    def sign_in(self, persona: str) -> None:
        self.page.goto("/sign-in")
        title = personas()[persona]["title_en" if self._locale == "en" else "title_zh"]
        self.hand.press(self.button(title))
        self.arrives("/today")

    def link(self, name: str) -> Locator:
        return self.main.get_by_role("link", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.main.get_by_role("button", name=name, exact=True)

    def field(self, name: str) -> Locator:
        return self.main.get_by_label(re.compile(f"^{re.escape(name)}"))

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def arrives(self, path: str) -> None:
        """Behind the host, whatever the query says."""
        expect(self.page).to_have_url(re.compile(rf"^https?://[^/]+{path}(\?.*)?$"))

    def is_told(self, text: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()


def admit_member(who: Traveller, alliance: str, applicant: str) -> None:
    """A secretariat: from today to the members of its alliance, to one who has applied, and yes."""
    words = who.words("membership")
    named = who.page.get_by_role("link", name=alliance, exact=True)
    mine = who.main.get_by_role("listitem").filter(has=named)
    who.hand.press(mine.get_by_role("link", name=who.words("today")("members_of"), exact=True))
    who.hand.press(who.link(who.words("members").of("MembershipStatus", "APPLIED")))
    who.hand.press(who.link(applicant))
    who.hand.press(who.link(words("admit_member")))
    who.hand.press(who.button(words("admit_member")))
    who.is_told(words("said_admit_member"))
    expect(who.link(words("admit_member"))).to_have_count(0)


def enter_competition(who: Traveller, competition: str, track: str, contestant: str) -> None:
    """A representative: from today to the competitions, to one, to a track, and the form."""
    fill_entry(who, competition, track, contestant)
    who.hand.press(who.button(who.words("entering")("submit")))
    is_entered(who, contestant)


def fill_entry(who: Traveller, competition: str, track: str, contestant: str) -> None:
    words = who.words("entering")
    places = who.page.get_by_role("navigation", name=words("places"), exact=True)
    who.hand.press(places.get_by_role("link", name=words("competitions"), exact=True))
    who.hand.press(who.link(competition))
    who.hand.press(who.link(who.words("competition")("enter")))
    who.hand.press(who.link(track))
    who.hand.type(who.field(words("contestant")), contestant)
    who.hand.type(who.field(f"{words('name')} 1"), contestant)
    who.hand.type(who.field(f"{words('name')} 2"), ADVISER)
    who.hand.choose(who.field(f"{words('role')} 2"), words.of("MemberRole", "ADVISER"))


def is_entered(who: Traveller, contestant: str) -> None:
    """The entry, with whom it names."""
    who.arrives("/entries/[^/]+")
    who.is_told(who.words("entering")("said_entered"))
    expect(who.page.get_by_role("heading", level=1)).to_contain_text(contestant)
    expect(who.main.get_by_role("listitem").filter(has_text=ADVISER)).to_be_visible()


def read_inbox(who: Traveller) -> None:
    """Anybody: one notice is read, then all; the number beside the inbox goes."""
    words = who.words("inbox")
    unread = who.page.locator("article.unread")
    who.page.goto("/inbox")
    expect(who.page.locator(".bell")).to_be_visible()
    there = unread.count()
    who.hand.press(unread.first.get_by_role("button", name=words("mark_read"), exact=True))
    who.is_told(words("said_read"))
    expect(unread).to_have_count(there - 1)
    who.hand.press(who.button(words("read_all")))
    who.is_told(words("said_all_read"))
    expect(unread).to_have_count(0)
    expect(who.page.locator(".bell")).to_have_count(0)
