"""Award: a certificate of an award as a paper: what its page says of it, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from contracts.events.recognition.awards import GROUND_NAMES, AwardKind
from contracts.names import one_line
from gateway.certificates.credential import credential
from gateway.certificates.facts import Facts, read_facts
from gateway.certificates.page_words import WORDS, Words
from gateway.certificates.paper import Bilingual, Paper, day_en, day_zh
from gateway.certificates.wording import lines_of


def paper_of_award(said: dict[str, Any]) -> Paper:
    """The paper in the answer of the service."""
    facts = read_facts(said)
    return Paper(
        state="withdrawn" if facts.withdrawn_at else "valid",
        lines=lines_of(facts),
        rows={locale: tuple(_rows(facts, words, locale == "en")) for locale, words in WORDS.items()},
        credential=partial(credential, facts),
    )


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
