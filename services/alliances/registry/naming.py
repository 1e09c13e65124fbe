"""Naming: what a body was officially called from which day on; what it is called on any day follows from that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from contracts.alliances.registry.naming import FirstNameStands, NoNameSince
from contracts.base import Named
from contracts.refusals import NothingChanged, TooLong
from contracts.times import FIRST_DAY
from kit.data.name_keys import KeyedByName

MOST_NAMES = 50


class DatedName:
    """For a mapped class beside its owner's key: the names that begin on a day; the next ones end them.

    The day is part of the key, so that two names of one body can neither overlap nor leave a gap. FIRST_DAY stands for the
    beginning, whenever that was.
    """

    since: Mapped[date] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    reason: Mapped[str]


@dataclass(frozen=True)
class Period:
    """A time from `since` to `until`, both included, in which a body has these names; None where it is open."""

    since: date | None
    until: date | None
    name_zh: str
    name_en: str

    @property
    def texts(self) -> tuple[str, str]:
        """The name in Chinese and in English."""
        return self.name_zh, self.name_en

    def is_ahead_of(self, today: date) -> bool:
        """Whether it is still to begin."""
        return self.since is not None and self.since > today

    def named(self, id_: str) -> Named:
        return Named(id=id_, zh=self.name_zh, en=self.name_en)


def periods(names: Iterable[DatedName]) -> list[Period]:
    """The names one after another, the oldest first."""
    return list(_periods(sorted(names, key=lambda name: name.since)))


def _periods(names: list[DatedName]) -> Iterator[Period]:
    for name, following in pairwise([*names, None]):
        assert name
        yield Period(
            since=None if name.since == FIRST_DAY else name.since,
            until=following.since - timedelta(days=1) if following else None,
            name_zh=name.name_zh,
            name_en=name.name_en,
        )


def period_on(all_periods: list[Period], day: date) -> Period:
    """The names on a day."""
    return next(each for each in reversed(all_periods) if not each.is_ahead_of(day))


def next_turn(all_periods: list[Period], today: date) -> date | None:
    """The first day to come on which other names begin."""
    return next((each.since for each in all_periods if each.is_ahead_of(today)), None)


def period_view(period: Period) -> dict[str, date | str | None]:
    """How a time with its names looks from outside."""
    return {"since": period.since, "until": period.until, "name_zh": period.name_zh, "name_en": period.name_en}


class Renamed(KeyedByName):
    """For a mapped class whose names change: `official` holds the names by their days once it was renamed."""

    dated: ClassVar[type[Any]]
    """The mapped class of its dated names."""

    if TYPE_CHECKING:
        official: Mapped[Any]

    @property
    def periods(self) -> list[Period]:
        """Its official names by their days; of one that was never renamed, those that it has."""
        return periods(self.official) or [Period(None, None, self.name_zh, self.name_en)]

    def borne_by(self, day: date) -> list[str]:
        """All names that it has ever borne until this day, the oldest first."""
        return [name for period in self.periods if not period.is_ahead_of(day) for name in period.texts]

    def why_since(self, since: date | None) -> str:
        """The reason that was given for the names of that day."""
        return next((str(each.reason) for each in self.official if each.since == since), "")

    def bears_names_of(self, day: date) -> bool:
        """Whether it is called what it should be on this day; names to come may be held up by another who bears them."""
        return period_on(self.periods, day).texts == (self.name_zh, self.name_en)

    def bear_since(self, since: date, name_zh: str, name_en: str, reason: str, *, today: date) -> Period:
        """It has these names from a day on, in place of those that it had or was to have on that day."""
        if period_on(self.periods, since).texts == (name_zh, name_en) and self.bears_names_of(today):
            raise NothingChanged
        if not self.official:
            self.official = [self._dated(FIRST_DAY, self.name_zh, self.name_en, "")]
        others = [each for each in self.official if each.since != since]
        if len(others) >= MOST_NAMES:
            raise TooLong("since", max=MOST_NAMES)
        self.official = [*others, self._dated(since, name_zh, name_en, reason)]
        return period_on(self.periods, since)

    def _dated(self, since: date, name_zh: str, name_en: str, reason: str) -> DatedName:
        row: DatedName = self.dated(since=since, name_zh=name_zh, name_en=name_en, reason=reason)
        return row

    def strike_out(self, since: date) -> Period:
        """It never had, or will not have, the names of that day; those before them count on."""
        if all(each.since != since for each in self.official):
            raise NoNameSince("since")
        if all(each.since >= since for each in self.official):
            raise FirstNameStands("since")
        struck = period_on(self.periods, since)
        self.official = [each for each in self.official if each.since != since]
        return struck

    def take_names_of(self, day: date) -> None:
        """Be called from now on as it is called on this day."""
        self.name_zh, self.name_en = period_on(self.periods, day).texts

    def put_name_right(self, today: date) -> None:
        """The names that it has been given count for the whole time in which those of today do."""
        if self.official:
            since = period_on(self.periods, today).since or FIRST_DAY
            row = next(each for each in self.official if each.since == since)
            row.name_zh, row.name_en = self.name_zh, self.name_en
