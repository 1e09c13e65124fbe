"""Cells: what may stand in the cell of a sheet: nothing that a spreadsheet would calculate, nothing that no file can hold.

In CSV, which knows no types, a text that begins as a formula gets an apostrophe in front, as OWASP advises against CSV
injection; in full width too, which spreadsheets of East Asia take for the same. In XLSX a text is a text by its type.
"""

from __future__ import annotations

import re
import unicodedata

MOST_LETTERS = 32_000  # a cell of a spreadsheet holds 32,767
SHOWN = 40
MARK = "'"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = r" \xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_FORMULA = re.compile(rf"[{MARK}{_UNSEEN}]*[=+\-@\t\r\n＝＋－＠]")
_AS_TEXT = re.compile(r'="([^"=]*)"')  # how spreadsheets write a number that is to stay a text
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def is_formula(text: str) -> bool:
    """Whether some spreadsheet may calculate the text, or would if nothing unseen and no apostrophe stood before it."""
    return _FORMULA.match(text) is not None


def marked(text: str) -> str:
    """The text for a CSV file, which no spreadsheet takes for a formula; `unmarked` gives the printable text back."""
    printable = _printable(text)
    return MARK + printable if is_formula(printable) else printable


def unmarked(cell: str) -> str:
    """The cell of a CSV file without the mark that `marked` has put there."""
    return cell[1:] if cell.startswith(MARK) and is_formula(cell[1:]) else cell


def typed(text: str) -> str:
    """The text for a workbook, as XLSX writes what XML would change (ECMA-376 part 1, section 22.9.2.19)."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", _printable(text)).replace("\r", "_x000D_")


def would_calculate(cell: str) -> bool:
    """Whether a spreadsheet calculates the cell: it begins as a formula, and no mark says that it is a text."""
    return is_formula(cell) and unmarked(cell) == cell and not _AS_TEXT.fullmatch(cell.strip())


def is_rounded(text: str) -> bool:
    """Whether it is a long number as a spreadsheet shows it when it has dropped the last digits."""
    return _ROUNDED.fullmatch(text) is not None


def shortened(text: str) -> str:
    """So much of a text that one knows which it is."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def cleaned(cell: str, longest: int) -> str:
    """The cell without what spreadsheets put around a text, with single spaces and at most one character too long."""
    text = unicodedata.normalize("NFC", cell).strip().removeprefix(MARK)
    quoted = _AS_TEXT.fullmatch(text)
    return " ".join((quoted[1] if quoted else text).split())[: longest + 1]


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)[:MOST_LETTERS]
