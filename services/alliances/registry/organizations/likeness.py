"""Likeness: what spellings of one name have in common, whatever their width, brackets, spaces and capitals."""

from __future__ import annotations

import hashlib
import unicodedata


def likeness(name: str) -> str:
    """The letters and digits of a name in one form, as 32 hexadecimal digits: an index holds any name, and a cursor too."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")
    return hashlib.sha256((letters or folded).encode()).hexdigest()[:32]
