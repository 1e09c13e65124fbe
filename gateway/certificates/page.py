"""Page: what anybody sees who checks a certificate: whether it stands, and what it says; without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from contracts.events.recognition.awards import GROUND_NAMES, AwardKind
from contracts.names import one_line
from gateway.certificates.facts import Bilingual, Facts
from gateway.certificates.page_words import WORDS, State, Words
from gateway.certificates.wording import day_en, day_zh
from gateway.locale import Locale


def page(state: State, locale: Locale, facts: Facts | None = None, lacking: Sequence[str] = ()) -> str:
    """The whole page; `facts` for a certificate that stands or was withdrawn, with the letters that no font has."""
    words = WORDS[locale]
    rows = list(_rows(facts, words, locale == "en")) if facts else []
    rows += [(words.lacking, ", ".join(lacking))] if lacking else []
    number = facts.number if facts else ""
    return _template().render(lang=locale, words=words, state=state, rows=rows, number=number, style=Markup(_style()))


@cache
def policy() -> str:
    """The content security policy: nothing but the page's own style, known by its digest, and its form."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    rules = ("default-src 'none'", f"style-src 'sha256-{digest}'", "img-src data:", "form-action 'self'")
    return "; ".join((*rules, "base-uri 'none'", "frame-ancestors 'none'"))


def _rows(facts: Facts, words: Words, english: bool) -> Iterator[tuple[str, str]]:
    """What the certificate says, and nothing else; of a withdrawn one also since when and why."""

    def name(named: Bilingual) -> str:
        return one_line(f"{named.zh} {named.en}" if english else named.zh)

    day = day_en if english else day_zh
    yield words.number, facts.number
    yield words.recipient, one_line(facts.recipient)
    if facts.members not in ((), (facts.recipient,)):
        yield words.members, "、".join(map(one_line, facts.members))
    if facts.advisers:
        yield words.advisers, "、".join(map(one_line, facts.advisers))
    if facts.kind != AwardKind.ORGANIZATION:
        yield words.organization, name(facts.organization)
    yield words.competition, f"{name(facts.competition)} {name(facts.edition)}"
    if facts.track:
        yield words.track, " · ".join(name(place) for place in (facts.track, facts.round) if place)
    yield words.prize, name(facts.prize)
    if facts.entry and facts.entry_prize:
        yield words.entry, f"{one_line(facts.entry)} · {name(facts.entry_prize)}"
    yield words.issuers, "；".join(map(name, facts.issuers))
    yield words.issued, day(facts.issued_on)
    if facts.withdrawn_on and facts.ground:
        yield words.withdrawn, day(facts.withdrawn_on)
        yield words.ground, GROUND_NAMES[facts.ground][english]


@cache
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("page.html")
