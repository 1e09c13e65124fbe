"""Wording: the sentences of a certificate of an award in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contracts.events.recognition.awards import AwardKind
from contracts.names import one_line
from gateway.certificates.facts import Facts
from gateway.certificates.paper import Lines, day_en, day_zh

LINES_OF_NAMES = 4  # after which a line takes more names, in smaller type
NAMES_A_LINE = 34  # characters of names that stand well on one line


def lines_of(facts: Facts) -> Lines:
    return Lines(
        number=facts.number,
        issued_at=facts.issued_at,
        title_zh="获奖证书" if facts.kind == AwardKind.ENTRY else "荣誉证书",
        title_en="CERTIFICATE OF AWARD",
        recipient=one_line(facts.recipient),
        about_recipient=tuple(_about_recipient(facts)),
        merit_zh=tuple(map(one_line, _merit_zh(facts))),
        merit_en=tuple(map(one_line, _merit_en(facts))),
        prize_zh=one_line(facts.prize.zh),
        issuers=tuple((one_line(body.zh), one_line(body.en)) for body in facts.issuers),
        date_zh=day_zh(facts.issued_on),
        date_en=day_en(facts.issued_on),
    )


def _about_recipient(facts: Facts) -> Iterator[tuple[str, float]]:
    if facts.kind == AwardKind.ORGANIZATION:
        yield one_line(facts.organization.en), 11
        return
    yield one_line(facts.organization.zh), 13
    yield one_line(facts.organization.en), 9
    if facts.members and facts.members != (facts.recipient,):
        yield from ((line, 10.5) for line in _names("队员 Members：", facts.members))
    if facts.advisers:
        yield from ((line, 10.5) for line in _names("指导教师 Advisers：", facts.advisers))


def _names(label: str, names: Iterable[str]) -> Iterator[str]:
    """The names behind their label; a name is never broken."""
    line = label
    clean = [one_line(name) for name in names]
    most = max(NAMES_A_LINE, len("、".join(clean)) // LINES_OF_NAMES + 1)
    for name in clean:
        if len(line) + len(name) > most and line != label:
            yield line.rstrip("、")
            line = ""
        line += f"{name}、"
    yield line.rstrip("、")


def _merit_zh(facts: Facts) -> Iterator[str]:
    held = f"{facts.competition.zh}（{facts.edition.zh}）"
    where = f"{facts.round.zh if facts.round else ''}{f'“{facts.track.zh}”赛道' if facts.track else ''}"
    if facts.kind == AwardKind.ORGANIZATION:
        yield f"在{held}的组织工作中成绩突出，荣获"
    elif facts.kind == AwardKind.ADVISER and facts.entry_prize:
        yield f"在{held}{where}中指导“{facts.entry}”"
        yield f"获得{facts.entry_prize.zh}，被评为"
    else:
        yield f"在{held}{where}中，荣获"


def _merit_en(facts: Facts) -> Iterator[str]:
    held = f"{facts.competition.en}, {facts.edition.en}"
    where = ", ".join(place.en for place in (facts.track, facts.round) if place)
    yield facts.prize.en
    if facts.kind == AwardKind.ORGANIZATION:
        yield f"for outstanding work in organising {held}"
    elif facts.kind == AwardKind.ADVISER and facts.entry_prize:
        yield f"for advising an entry that won the {facts.entry_prize.en} in {where}"
        yield held
    else:
        yield f"in {where}" if where else held
        if where:
            yield held
