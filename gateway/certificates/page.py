"""Page: what anybody sees who checks a certificate: whether it stands, and what it says; without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from contracts.events.recognition.awards import GROUND_NAMES, AwardKind
from contracts.names import one_line
from gateway.certificates.facts import Bilingual, Facts
from gateway.certificates.page_words import WORDS, State, Words
from gateway.certificates.wording import day_en, day_zh
from gateway.locale import Locale
from gateway.pages import Pages

PAGES = Pages(Path(__file__).parent)


def page(state: State, locale: Locale, facts: Facts | None = None, lacking: Sequence[str] = ()) -> str:
    """The whole page; `facts` for a certificate that stands or was withdrawn, with the letters that no font has."""
    words = WORDS[locale]
    rows = list(_rows(facts, words, locale == "en")) if facts else []
    rows += [(words.lacking, ", ".join(lacking))] if lacking else []
    number = facts.number if facts else ""
    return PAGES.page("page.html", lang=locale, words=words, state=state, rows=rows, number=number)


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
