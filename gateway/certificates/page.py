"""Page: what anybody sees who checks a certificate: whether it stands, and what it says; without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gateway.certificates.page_words import WORDS, State
from gateway.certificates.paper import Paper
from gateway.locale import Locale
from gateway.pages import Pages

PAGES = Pages(Path(__file__).parent)


def page(state: State, locale: Locale, paper: Paper | None = None, lacking: Sequence[str] = ()) -> str:
    """The whole page, with what the paper says where there is one, and the letters that no font has."""
    words = WORDS[locale]
    rows = list(paper.rows[locale]) if paper else []
    rows += [(words.lacking, ", ".join(lacking))] if lacking else []
    number = paper.number if paper else ""
    has_data = paper is not None and paper.credential is not None
    return PAGES.page("page.html", lang=locale, words=words, state=state, rows=rows, number=number, has_data=has_data)
