"""Paper: what every kind of certificate comes to: what is printed, what its page says, how it stands, and its credential."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gateway.certificates.page_words import State
from gateway.locale import Locale

MONTHS = (  # as no locale of the machine can change them
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
Rows = tuple[tuple[str, str], ...]
"""Labels, and what stands beside each."""


@dataclass(frozen=True)
class Bilingual:
    """A name in both languages."""

    zh: str
    en: str

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Bilingual:
        return cls(said["zh"], said["en"])


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What is printed, line by line; `about_recipient` has the size of type (pt) beside each."""

    number: str
    issued_at: datetime
    title_zh: str
    title_en: str
    recipient: str
    about_recipient: tuple[tuple[str, float], ...]
    merit_zh: tuple[str, ...]
    merit_en: tuple[str, ...]
    prize_zh: str
    issuers: tuple[tuple[str, str], ...]
    date_zh: str
    date_en: str
    number_label: str = "证书编号 Certificate number"
    verify: str = "扫码或访问以下网址查验 Scan, or visit, to verify"

    @property
    def all(self) -> Iterator[str]:
        """Every text, for the question whether a font has all it needs."""
        yield from (self.title_zh, self.title_en, self.recipient, self.prize_zh, self.date_zh, self.date_en)
        yield from (self.number_label, self.verify, *self.merit_zh, *self.merit_en)
        yield from (text for text, _ in self.about_recipient)
        yield from (text for body in self.issuers for text in body)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A certificate of any kind; `credential` gives its payload to sign, by the hub's address, where it is had as data."""

    state: State
    lines: Lines
    rows: Mapping[Locale, Rows]
    credential: Callable[[str], dict[str, Any]] | None = None

    @property
    def number(self) -> str:
        return self.lines.number


def day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def day_en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
