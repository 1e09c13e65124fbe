"""Looks: the ways in which a page is looked at: on a desk or a phone, in either language, by day or by night."""

from __future__ import annotations

from itertools import product
from typing import Literal, NamedTuple

DESK, PHONE = 1280, 390
NARROWEST = 320
HEIGHTS = {DESK: 900, PHONE: 844, NARROWEST: 640}


class Look(NamedTuple):
    """Width in pixels, language and colours."""

    width: int = DESK
    language: str = "zh-CN"
    colours: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return f"{self.width}-{self.language}-{self.colours}"

    @property
    def opposite(self) -> Look:
        """The one with which nothing is the same."""
        return Look(
            PHONE if self.width == DESK else DESK,
            "en" if self.language == "zh-CN" else "zh-CN",
            "dark" if self.colours == "light" else "light",
        )


ALL = [Look(*each) for each in product((DESK, PHONE), ("zh-CN", "en"), ("light", "dark"))]
PAIRS = [(each, each.opposite) for each in ALL if each.width == DESK]
"""Either of a pair shows what the other does not: a page seen in both was seen in each width, language and colour."""
