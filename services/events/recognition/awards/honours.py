"""Honours: every award that a final result and the rules come to: entries' prizes and the awards of their advisers; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.base import Named
from contracts.events.admission.entries import MemberRole
from contracts.events.recognition.awards import AwardKind
from services.events.judging.results.advancement import Placed
from services.events.recognition.awards.prizes import Prize, prizes
from services.events.recognition.awards.rules import AdviserRule, AwardsRules

Show = Callable[[str], str]
"""How the public sees a name."""


class Ranked(Placed, Protocol):
    """A row of a result: where an entry stands, and who it is."""

    @property
    def contestant(self) -> str: ...


class Someone(Protocol):
    """A member of an entry; the name is empty once it was erased."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def organization_id(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Honour:
    """An award to be given. `holder_id` is the entry, the adviser or the organisation; `prize` has its code as id.

    `recipient` is the name for the certificate and `shown_as` the one for the public. `rank` is 1 for the highest prize
    and 0 where there is only one. `members`, `advisers`, `entry` and `entry_prize` are for the certificate alone.
    """

    kind: AwardKind
    holder_id: str
    prize: Named
    organization_id: str
    province: str
    recipient: str
    shown_as: str
    entry_id: str | None = None
    rank: int = 0
    points: int = 0
    place: int | None = None
    members: tuple[str, ...] = ()
    advisers: tuple[str, ...] = ()
    entry: str = ""
    entry_prize: Named | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What nobody gets twice."""
        return str(self.kind), self.holder_id, self.prize.id


def honours(
    rows: Iterable[Ranked],
    people: Mapping[str, Sequence[Someone]],
    rules: AwardsRules,
    show: Show,
) -> list[Honour]:
    """The awards from the highest prize to the lowest, those of advisers behind; `people` are the members by entry.

    `show` gives a name as the public sees it.
    """
    by_entry = {row.entry_id: row for row in rows}
    given = [
        _honour(prize, by_entry[prize.entry_id], people.get(prize.entry_id, ()), rules, show)
        for prize in prizes(by_entry.values(), rules)
    ]
    rule = rules.advisers
    if rule is None:
        return given
    awarded = [honour for honour in given if honour.prize.id in rule.prizes]
    return given + [
        adviser for honour in awarded for adviser in _advisers(honour, people.get(honour.holder_id, ()), rule, show)
    ]


def _honour(prize: Prize, row: Ranked, people: Sequence[Someone], rules: AwardsRules, show: Show) -> Honour:
    rank, rule = next((rank, rule) for rank, rule in enumerate(rules.prizes, 1) if rule.code == prize.code)
    return Honour(
        kind=AwardKind.ENTRY,
        holder_id=prize.entry_id,
        entry_id=prize.entry_id,
        prize=rule.named,
        rank=rank,
        points=rule.points,
        place=prize.place,
        organization_id=prize.organization_id,
        province=prize.province,
        recipient=row.contestant,
        shown_as=show(row.contestant),
        members=_names(people, MemberRole.CONTESTANT),
        advisers=_names(people, MemberRole.ADVISER),
    )


def _advisers(honour: Honour, people: Sequence[Someone], rule: AdviserRule, show: Show) -> Iterator[Honour]:
    named = [one for one in people if one.role == MemberRole.ADVISER and one.name]
    for adviser in named[: rule.most_per_entry]:
        yield Honour(
            kind=AwardKind.ADVISER,
            holder_id=adviser.id,
            entry_id=honour.entry_id,
            prize=rule.named,
            organization_id=adviser.organization_id,
            province=honour.province,
            recipient=adviser.name,
            shown_as=show(adviser.name),
            entry=honour.recipient,
            entry_prize=honour.prize,
        )


def _names(people: Sequence[Someone], role: MemberRole) -> tuple[str, ...]:
    return tuple(one.name for one in people if one.role == role and one.name)
