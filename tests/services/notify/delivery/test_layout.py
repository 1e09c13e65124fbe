"""Layout: an e-mail in text and HTML names the news, the link and the reason, in both languages, and escapes names."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from contracts.base import LANGUAGES
from services.notify.delivery.layout import render_email
from services.notify.rules.table import wording
from services.notify.telling.wording import Said
from tests.services.notify.rules.test_wording import HOSTILE


class Page(HTMLParser):
    """Collects the tags, the addresses and the language of an HTML e-mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str | None] = []
        self.lang: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.addresses += [values[name] for name in ("href", "src", "background", "action") if name in values]
        self.lang = values.get("lang", self.lang)


def _said(rule: str, locale: str, name: str) -> Said:
    return wording(rule).render(locale, dict.fromkeys(wording(rule).names, name))


@pytest.mark.parametrize("locale", LANGUAGES)
def test_email_names_the_news_the_link_and_the_reason_in_both_forms(locale: str) -> None:
    said = _said("member_admitted", locale, "name")

    text, html = render_email(said, locale, why="#why#", link="https://hub.example.org/notices/1?a=1&b=2")

    assert text.startswith(f"{said.title}\n\n{said.body}\n\n")
    assert "https://hub.example.org/notices/1?a=1&b=2" in text and "#why#" in text
    assert all(paragraph.replace("'", "&#39;") in html for paragraph in said.body.split("\n\n"))
    assert "#why#" in html
    page = Page(html)
    assert page.lang == locale
    assert page.addresses == ["https://hub.example.org/notices/1?a=1&b=2"] * 2
    assert page.tags.count("h1") == 1 and page.tags.count("p") >= 5
    assert not {"img", "link", "script", "style", "iframe"} & set(page.tags)
    assert "url(" not in html and "@import" not in html


@pytest.mark.parametrize("locale", LANGUAGES)
def test_email_without_a_link_has_no_button(locale: str) -> None:
    text, html = render_email(Said("title", "body", "subject"), locale, why="why", link="")

    assert "http" not in text and Page(html).addresses == []
    assert "\n\n\n" not in text


@pytest.mark.parametrize("locale", LANGUAGES)
def test_email_escapes_hostile_names_in_every_place(locale: str) -> None:
    said, plain = _said("item_assigned", locale, HOSTILE), _said("item_assigned", locale, "name")

    _, html = render_email(said, locale, why=HOSTILE, link="https://hub.example.org/\"><script>alert('x')</script>")
    _, tame = render_email(plain, locale, why="why", link="https://hub.example.org/")

    assert "<script" not in html and "&lt;script&gt;" in html
    assert Page(html).tags == Page(tame).tags
