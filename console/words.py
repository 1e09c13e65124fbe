"""Words: what a page says, in both languages side by side; a word that is missing is an error, never an empty place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from gateway.locale import Locale

Text = str | Mapping[str, str]
"""A text with its figures in braces; in English also `one` and `other`, of which the figure `n` chooses."""
Entries = Mapping[str, Mapping[str, Text]]
SHARED = Path(__file__).parent / "words.yaml"
ENUMS = Path(__file__).parent / "enums.yaml"
KEYS: Mapping[Locale, str] = {"zh-CN": "zh", "en": "en"}


def read_words(path: Path) -> Entries:
    """The words of a file by their names, each with `zh` and `en`."""
    found: Entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return found


@cache
def shared() -> Entries:
    """The words of all screens."""
    return read_words(SHARED)


@cache
def enums() -> Mapping[str, Entries]:
    """What the values of enums of the schema are called."""
    found: Mapping[str, Entries] = yaml.safe_load(ENUMS.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Words:
    """Those of a screen, then those that all share, in one language; raises KeyError for one that nobody has written."""

    entries: Entries
    enums: Mapping[str, Entries]
    locale: Locale

    def __call__(self, name: str, /, **figures: Any) -> str:
        return self._said(self.entries[name], figures)

    def of(self, enum: str, value: str) -> str:
        """What a value of an enum of the schema is called."""
        return self._said(self.enums[enum][value], {})

    def values(self, enum: str) -> list[str]:
        """The values of an enum of the schema, in the order in which people are shown them."""
        return list(self.enums[enum])

    def _said(self, entry: Mapping[str, Text], figures: Mapping[str, Any]) -> str:
        text = entry[KEYS[self.locale]]
        if not isinstance(text, str):
            text = text["one" if figures.get("n") == 1 else "other"]
        return text.format_map(figures) if figures else text


class Library:
    """The words of one screen in every language."""

    def __init__(self, own: Path) -> None:
        self._own = own

    @cached_property
    def entries(self) -> Entries:
        return {**shared(), **(read_words(self._own) if self._own.exists() else {})}

    @cached_property
    def _languages(self) -> Mapping[Locale, Words]:
        return {locale: Words(self.entries, enums(), locale) for locale in KEYS}

    def in_(self, locale: Locale) -> Words:
        return self._languages[locale]
