"""Sheet: a page of A4 across with its fonts embedded, on which lines of text are set that always fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import DocumentCompliance, TextMode
from fpdf.fonts import TTFFont

from gateway.certificates.fonts import FontLacks, FontMissing
from kit.fonts.letters import Run, lacking, number_in, runs
from kit.fonts.settings import FontSettings

WIDTH, HEIGHT = 297.0, 210.0  # mm
MIDDLE = WIDTH / 2
MOST_WIDE = 215.0  # mm of text between the borders
SMALLEST = 3.5  # pt; nothing that people enter is so long that it would need less
MM_A_POINT = 25.4 / 72

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

    def __init__(self, fonts: FontSettings) -> None:
        super().__init__("landscape", "mm", "A4", enforce_compliance=DocumentCompliance.PDFA_2U)
        self._settings = fonts
        self._families: dict[Path, str] = {}
        try:
            self._family(fonts.first)
        except (OSError, ValueError) as error:
            raise FontMissing(f"HUB_FONT: {fonts.first} is no font that can be read; install fonts-noto-cjk") from error
        self.set_margin(0)
        self.c_margin = 0
        self.set_auto_page_break(False)
        self.add_page()

    def check_letters(self, texts: Sequence[str]) -> None:
        """Go on only if some font has every letter; refuses with FontLacks."""
        if found := lacking(texts, self._settings):
            raise FontLacks(found)

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
        width = self._width(text, size)
        if width > most:
            width = self._width(text, max(SMALLEST, math.floor(size * most / width * 10) / 10))
        return width

    def _width(self, text: str, size: float) -> float:
        return sum(self.get_string_width(run.text) for run in self._runs(text, size))

    def _runs(self, text: str, size: float) -> Iterator[Run]:
        """The parts of a text, the font of each being taken when it comes."""
        for run in runs(text, self._settings):
            self.set_font(self._family(run.font or self._settings.first), size=size)
            self.set_text_shaping(run.shaped)
            yield run

    def _family(self, font: Path) -> str:
        """What the page calls a font, which is read when it is needed first."""
        if font not in self._families:
            self._families[font] = f"font{len(self._families)}"
            self.add_font(self._families[font], fname=font, collection_font_number=number_in(font))
        return self._families[font]

    def _put(self, x: float, y: float, text: str, colour: Colour, heavy: bool = False) -> None:
        """The text with its upper edge at `y`; heavy type is outlined in its own colour, for a font has one weight."""
        self.set_text_color(*colour)
        self.set_draw_color(*colour)
        self.set_line_width(self.font_size_pt * 0.007)
        self.text_mode = TextMode.FILL_STROKE if heavy else TextMode.FILL
        self.set_xy(x, y)
        for run in self._runs(text, self.font_size_pt):
            self.cell(text=run.text)
        self.text_mode = TextMode.FILL

    def close(self) -> None:
        """Let go of the files of the fonts."""
        for font in self.fonts.values():
            assert isinstance(font, TTFFont)
            font.close()
