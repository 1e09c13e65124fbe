"""Fonts: what keeps a certificate from being set in the font of this machine."""

from __future__ import annotations


class FontMissing(Exception):  # noqa: N818 - a state of the machine, told to the operator
    """The font is not there or cannot be read; the text says which file and what to do."""


class FontLacks(Exception):  # noqa: N818
    """No font has these `letters` (code points, as U+2EBF0): the certificate is not printed rather than with holes in a name."""

    def __init__(self, letters: list[str]) -> None:
        super().__init__(f"no font has {', '.join(letters)}")
        self.letters = letters
