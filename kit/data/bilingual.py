"""Bilingual: what has a name in Chinese and one in English, and is named by both in every message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.base import Named

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


class Bilingual:
    """For a mapped class with the columns `id`, `name_zh` and `name_en`."""

    if TYPE_CHECKING:
        id: Mapped[str]
        name_zh: Mapped[str]
        name_en: Mapped[str]

    @property
    def named(self) -> Named:
        return Named(id=self.id, zh=self.name_zh, en=self.name_en)
