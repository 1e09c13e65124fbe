"""Sheet: a page of A4 across with one embedded font, on which lines of text are set that always fit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import DocumentCompliance, TextMode
from fpdf.fonts import TTFFont

from gateway.certificates.fonts import FontLacks, FontMissing

WIDTH, HEIGHT = 297.0, 210.0  # mm
MIDDLE = WIDTH / 2
MOST_WIDE = 215.0  # mm of text between the borders
SMALLEST = 3.5  # pt; nothing that people enter is so long that it would need less
MM_A_POINT = 25.4 / 72
FAMILY = "certificate"
COLLECTION, SINGLE = b"ttcf", (b"OTTO", b"\0\1\0\0", b"true")  # how such files begin (OpenType 1.9)
SIMPLIFIED = 2  # the place of the simplified Chinese font in the Noto CJK collections

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Line:
    """A line of text: its type in points, the way to the next line in mm, and the space between letters in points."""

    text: str
    size: float
    colour: Colour
    height: float
    spaced: float = 0
    heavy: bool = False


class Sheet(FPDF):
    """The page; positions in mm from the upper left, sizes of type in points."""

    def __init__(self, font: Path) -> None:
        super().__init__("landscape", "mm", "A4", enforce_compliance=DocumentCompliance.PDFA_2U)
        try:
            number = SIMPLIFIED if _is_collection(font) else 0
            self.add_font(FAMILY, fname=font, collection_font_number=number)
        except (OSError, ValueError) as error:
            raise FontMissing(f"HUB_FONT: {font} is no font that can be read; install fonts-noto-cjk") from error
        self.set_margin(0)
        self.set_auto_page_break(False)
        self.add_page()

    @property
    def _font(self) -> TTFFont:
        font = self.fonts[FAMILY]
        assert isinstance(font, TTFFont)
        return font

    def check_letters(self, text: str) -> None:
        """Go on only if the font has every letter; refuses with FontLacks."""
        lacking = sorted({letter for letter in text if ord(letter) not in self._font.cmap})
        if lacking:
            raise FontLacks("".join(lacking))

    def centred(self, y: float, line: Line) -> None:
        """A line in the middle of the page, smaller on the same base where it would not fit."""
        self.set_char_spacing(line.spaced)
        width = self._fit(line.text, line.size, MOST_WIDE)
        down = (line.size - self.font_size_pt) * MM_A_POINT
        self._put(MIDDLE - (width - line.spaced * MM_A_POINT) / 2, y + down, line.text, line.colour, line.heavy)
        self.set_char_spacing(0)

    def left(self, x: float, y: float, text: str, size: float, colour: Colour, *, most: float = 100) -> None:
        self._fit(text, size, most)
        self._put(x, y, text, colour)

    def right(self, y: float, text: str, size: float, colour: Colour) -> None:
        width = self._fit(text, size, 105)
        self._put(WIDTH - 27 - width, y, text, colour)

    def _fit(self, text: str, size: float, most: float) -> float:
        """Take the largest type up to `size` in which the text is no wider than `most` mm; gives its width."""
        self.set_font(FAMILY, size=size)
        width = self.get_string_width(text)
        if width > most:
            self.set_font(FAMILY, size=max(SMALLEST, math.floor(size * most / width * 10) / 10))
            width = self.get_string_width(text)
        return width

    def _put(self, x: float, y: float, text: str, colour: Colour, heavy: bool = False) -> None:
        """The text with its upper edge at `y`; heavy type is outlined in its own colour, for the font has one weight."""
        self.set_text_color(*colour)
        self.set_draw_color(*colour)
        self.set_line_width(self.font_size_pt * 0.007)
        self.text_mode = TextMode.FILL_STROKE if heavy else TextMode.FILL
        self.set_xy(x, y)
        self.cell(text=text)
        self.text_mode = TextMode.FILL

    def close(self) -> None:
        """Let go of the font's file."""
        self._font.close()


def _is_collection(font: Path) -> bool:
    """Whether the file holds several fonts; raises ValueError for what is no font at all."""
    with font.open("rb") as file:
        kind = file.read(4)
    if kind not in {COLLECTION, *SINGLE}:
        raise ValueError("not a font")
    return kind == COLLECTION
