"""Conflicts (回避): which judge may not judge which entry, and by which dated tie, without any pair being looked at twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from contracts.events.judging.judges import ConflictKind, TieKind

OF_INSTITUTION = {
    TieKind.NOMINATED_FROM: ConflictKind.SAME_INSTITUTION,
    TieKind.WORKED_AT: ConflictKind.SAME_INSTITUTION,
    TieKind.REPRESENTS: ConflictKind.SAME_INSTITUTION,
    TieKind.ADVISED_FOR: ConflictKind.SAME_INSTITUTION,
    TieKind.COMPETED_FOR: ConflictKind.SAME_INSTITUTION,
    TieKind.DECLARED_BY_JUDGE: ConflictKind.DECLARED,
    TieKind.DECLARED_BY_ORGANIZER: ConflictKind.DECLARED,
}
OF_ENTRY = {
    TieKind.ADVISES: ConflictKind.ADVISER,
    TieKind.COMPETES_IN: ConflictKind.CONTESTANT,
    TieKind.DECLARED_BY_JUDGE: ConflictKind.DECLARED,
    TieKind.DECLARED_BY_ORGANIZER: ConflictKind.DECLARED,
}
OF_PROVINCE = {
    TieKind.NOMINATED_FROM: ConflictKind.SAME_DELEGATION,
    TieKind.LEADS: ConflictKind.SAME_DELEGATION,
    TieKind.IN_OFFICE_OF: ConflictKind.SAME_DELEGATION,
}
"""Which kind of conflict a tie to an institution, an entry or a province makes."""


@dataclass(frozen=True)
class Tie:
    """A dated fact: what ties a judge or an entry to `target`, since when, and until when if it has ended."""

    kind: TieKind
    target: str
    since: date | None = None
    until: date | None = None

    def holds(self, on: date, years: int) -> bool:
        """Whether it counts on a day: it has begun, and has not ended more than so many years before."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or self.until >= years_before(on, years))


@dataclass(frozen=True)
class Judge:
    """What is known of one judge: ties to institutions, to entries, and to provinces."""

    id: str
    institutions: tuple[Tie, ...] = ()
    entries: tuple[Tie, ...] = ()
    provinces: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Work:
    """What is known of one entry: the institutions that entered it or that its members come from, and its delegation."""

    id: str
    institutions: tuple[Tie, ...]
    province: Tie


@dataclass(frozen=True)
class Conflict:
    """Why one judge may not judge one entry.

    `path` leads from the judge to the entry: the judge's tie to it; or their tie to an institution or a province, and the
    tie of the entry to the same.
    """

    judge: str
    entry: str
    kind: ConflictKind
    path: tuple[Tie, ...]


@dataclass(frozen=True)
class Terms:
    """What the rules count: ties that ended no more than so many `years` ago, and whether a delegation is a conflict."""

    years: int
    same_delegation: bool


def conflicts(judges: Iterable[Judge], works: Iterable[Work], terms: Terms, on: date) -> list[Conflict]:
    """Every conflict between these judges and these entries, in the order of the judges; a pair may have several."""
    ends = _Ends(works)
    return [
        Conflict(judge.id, entry, kind, path)
        for judge in judges
        for kind, tie, reached in _tied(judge, ends, terms, on)
        for entry, path in ((entry, (tie, *rest)) for entry, rest in reached.items())
    ]


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February where that year has no 29th."""
    year = max(day.year - years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


_Reached = dict[str, tuple[Tie, ...]]
"""Entries, each with the rest of the path to it."""


class _Ends:
    """The entries by what a tie can lead to: themselves, their institutions, their provinces."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.entries: defaultdict[str, _Reached] = defaultdict(dict)
        self.institutions: defaultdict[str, _Reached] = defaultdict(dict)
        self.provinces: defaultdict[str, _Reached] = defaultdict(dict)
        for work in works:
            self.entries[work.id][work.id] = ()
            self.provinces[work.province.target][work.id] = (work.province,)
            for tie in work.institutions:
                self.institutions[tie.target].setdefault(work.id, (tie,))


def _tied(judge: Judge, ends: _Ends, terms: Terms, on: date) -> Iterator[tuple[ConflictKind, Tie, _Reached]]:
    """Each tie that counts, with the entries that it reaches."""
    ties = [
        *((OF_ENTRY, tie, ends.entries) for tie in judge.entries),
        *((OF_INSTITUTION, tie, ends.institutions) for tie in judge.institutions),
        *((OF_PROVINCE, tie, ends.provinces) for tie in judge.provinces if terms.same_delegation),
    ]
    for kinds, tie, index in ties:
        if tie.holds(on, terms.years):
            yield kinds[tie.kind], tie, index.get(tie.target, {})
