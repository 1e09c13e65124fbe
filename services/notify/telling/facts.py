"""Facts: what a message says that its wording speaks of, kept in no language until somebody reads it.

What a field becomes follows from its kind: a name in both languages, a moment, a day, the number of an edition, a text or figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from contracts.base import Message, Named
from kit.clock import in_china

Fact = str | dict[str, Any]
Facts = dict[str, Fact]
Source = Callable[[Message], Fact | None]
"""What a message says under one name; None where it does not say it."""


def field(name: str) -> Source:
    """What the field of this name says; raises AttributeError where there is none, TypeError where it cannot be told."""
    return lambda message: _fact(name, getattr(message, name))


def words(name: str, meanings: Mapping[Any, tuple[str, str]]) -> Source:
    """What the value of this field means, in Chinese and English; raises KeyError for a value without words."""

    def said(message: Message) -> Fact:
        zh, en = meanings[getattr(message, name)]
        return {"zh": zh, "en": en}

    return said


def or_else(name: str, zh: str, en: str) -> Source:
    """What the field of this name says, and these words where it is empty."""
    return lambda message: field(name)(message) or {"zh": zh, "en": en}


def paragraphs(zh: str, en: str) -> Source:
    """The text that these fields give in both languages, whose lines stay lines."""
    return lambda message: {"lines": {"zh": getattr(message, zh), "en": getattr(message, en)}}


class Lines(str):
    """A text that may have several lines where a wording puts it into a body."""

    __slots__ = ()


def with_names(facts: Mapping[str, Fact], persons: Iterable[str], names: Mapping[str, Fact]) -> Facts:
    """The facts with a name in place of each account of a person; an account that nobody is known by is said to be one."""
    accounts = {name: said for name in persons if isinstance(said := facts.get(name), str)}
    return dict(facts) | {name: names.get(said) or _unnamed(said) for name, said in accounts.items()}


def _unnamed(account: str) -> Fact:
    return {"zh": f"账号 {account}", "en": f"account {account}"}


def spoken(facts: Mapping[str, Fact], locale: str) -> dict[str, str]:
    """The facts as texts in zh-CN or en."""
    return {name: _spoken(fact, english=locale == "en") for name, fact in facts.items()}


def _fact(name: str, value: object) -> Fact | None:
    match value:
        case None:
            return None
        case Named(zh=zh, en=en):
            return {"zh": zh, "en": en}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case int() if name == "edition":
            return {"number": value}
        case bool() | list():
            raise TypeError(f"{name} has no words")
        case _:
            return str(value)


def _spoken(fact: Fact, *, english: bool) -> str:
    match fact:
        case {"lines": text}:
            return Lines(_spoken(text, english=english))
        case {"zh": zh, "en": en}:
            return str(en if english and en else zh)
        case {"moment": moment}:
            return _moment(in_china(datetime.fromisoformat(moment)), english)
        case {"day": day}:
            return _day(date.fromisoformat(day), english)
        case {"number": number}:
            return f"{_ordinal(int(number))} edition" if english else f"第{number}届"
        case _:
            return str(fact)


def _moment(at: datetime, english: bool) -> str:
    if english:
        return f"{at.day} {at:%B %Y, %H:%M} (China time)"
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


def _day(at: date, english: bool) -> str:
    return f"{at.day} {at:%B %Y}" if english else f"{at.year}年{at.month}月{at.day}日"


def _ordinal(number: int) -> str:
    in_teens = 10 < number % 100 < 20
    return f"{number}{'th' if in_teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
