"""Cells: what may stand in the cell of a sheet: nothing that a spreadsheet would calculate, nothing that no file can hold.

A text that begins as a formula gets an apostrophe in front, as OWASP advises against CSV injection; in full width too,
which spreadsheets of East Asia take for the same.
"""

from __future__ import annotations

import re
import unicodedata

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
MOST_LETTERS = 32_000  # a cell of a spreadsheet holds 32,767
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AS_TEXT = re.compile(r'="([^"=]*)"')  # how spreadsheets write a number that is to stay a text


def harmless(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    printable = _UNPRINTABLE.sub("\ufffd", text)[:MOST_LETTERS]
    return f"'{printable}" if printable.startswith(FORMULA) else printable


def cleaned(cell: str, longest: int) -> str:
    """The cell without what spreadsheets put around a text, with single spaces and at most one character too long."""
    text = unicodedata.normalize("NFC", cell).strip().removeprefix("'")
    quoted = _AS_TEXT.fullmatch(text)
    return " ".join((quoted[1] if quoted else text).split())[: longest + 1]
