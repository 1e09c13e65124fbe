"""PDF: a certificate as a page of A4 that anybody can print, keep (PDF/A-2u) and check by its QR code."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import DocumentCompliance, TextMode

from gateway.certificates.facts import Facts
from gateway.certificates.wording import Lines, lines_of

WIDTH, HEIGHT = 297.0, 210.0  # mm
MIDDLE = WIDTH / 2
MOST_WIDE = 215.0  # mm of text between the borders
SMALLEST = 7.0  # pt, below which print is hard to read
TOP, BOTTOM = 55.0, 157.0  # mm: between them stands who is honoured, for what
ISSUER = 9.4  # mm that an issuing body takes at the lower right
SIGNED = 179.0
MM_A_POINT = 25.4 / 72
WAVES = 14
FAMILY = "certificate"
SIMPLIFIED = 2  # the place of the simplified Chinese font in the Noto CJK collections

Colour = tuple[int, int, int]
RED: Colour = (0x9E, 0x1B, 0x1E)
INK: Colour = (0x22, 0x22, 0x22)
GREY: Colour = (0x66, 0x60, 0x58)
GOLD: Colour = (0xB0, 0x8D, 0x3C)
PALE: Colour = (0xF8, 0xF3, 0xE7)


@dataclass(frozen=True)
class Line:
    """A line of text: its type in points, the way to the next line in mm, and the space between letters in points."""

    text: str
    size: float
    colour: Colour
    height: float
    spaced: float = 0
    heavy: bool = False


class FontMissing(Exception):  # noqa: N818 - a state of the machine, told to the operator
    """The font is not there or cannot be read; the text says which file and what to do."""


class FontLacks(Exception):  # noqa: N818
    """The font has no glyphs for `characters`; the certificate is not printed rather than with holes in a name."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"the font lacks {characters}")
        self.characters = characters


class Withdrawn(Exception):  # noqa: N818
    """A certificate that was withdrawn is not printed any more."""


def certificate_pdf(facts: Facts, *, address: str, font: Path) -> bytes:
    """The page; the same bytes for the same facts. `address` is that of its verification, which the QR code carries.

    Raises Withdrawn, FontMissing or FontLacks.
    """
    if facts.withdrawn_at is not None:
        raise Withdrawn
    lines = lines_of(facts)
    page = _Page(font, "".join(lines.all) + address)
    page.describe(facts, lines)
    page.background()
    page.heading(lines)
    page.honour(lines)
    page.proof(facts.number, address, lines)
    page.signature(lines)
    return bytes(page.output())


class _Page(FPDF):
    """The one page, part by part from the top to the bottom; positions in mm, sizes of type in points."""

    def __init__(self, font: Path, text: str) -> None:
        super().__init__("landscape", "mm", "A4", enforce_compliance=DocumentCompliance.PDFA_2U)
        number = SIMPLIFIED if font.suffix.lower() in {".ttc", ".otc"} else 0
        try:
            self.add_font(FAMILY, fname=font, collection_font_number=number)
        except (OSError, ValueError, RuntimeError) as error:  # fontTools' own errors are RuntimeErrors
            raise FontMissing(f"HUB_FONT: {font} is no font that can be read; install fonts-noto-cjk") from error
        lacking = sorted({letter for letter in text if ord(letter) not in self.fonts[FAMILY].cmap})
        if lacking:
            raise FontLacks("".join(lacking))
        self.set_margin(0)
        self.set_auto_page_break(False)
        self.add_page()

    def describe(self, facts: Facts, lines: Lines) -> None:
        """What a reader of files sees before it is opened; the date is the certificate's, so that the bytes are too."""
        self.set_lang("zh-CN")
        self.set_title(f"{lines.title_zh} {facts.number}")
        self.set_author("、".join(body.zh for body in facts.issuers))
        self.set_creation_date(facts.issued_at)

    def background(self) -> None:
        """A rosette like that of securities, and a frame of three lines."""
        self.set_draw_color(*PALE)
        self.set_line_width(0.25)
        for turn in range(WAVES):
            self.polyline(list(_rosette(turn)))
        self.set_draw_color(*GOLD)
        for inset, line in ((9.0, 1.4), (11.6, 0.3), (13.0, 0.3)):
            self.set_line_width(line)
            self.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)

    def heading(self, lines: Lines) -> None:
        self.centred(24, Line(lines.title_zh, 40, RED, 14, spaced=6, heavy=True))
        self.centred(42.5, Line(lines.title_en, 11, GOLD, 4, spaced=2.2))

    def honour(self, lines: Lines) -> None:
        """Who is honoured, for what, and with which prize, spread over the middle of the page."""
        parts = (
            [Line(lines.recipient, 30, INK, 16, heavy=True)],
            [Line(text, size, GREY, max(5.4, size * 0.47)) for text, size in lines.about_recipient],
            [Line(text, 15, INK, 8) for text in lines.deed_zh],
            [Line(lines.prize_zh, 34, RED, 13, spaced=4, heavy=True)],
            [Line(text, 10.5, GREY, 5.4) for text in lines.deed_en],
        )
        room = min(BOTTOM, _signed_from(lines) - 4) - TOP
        free = room - sum(line.height for part in parts for line in part)
        gap = max(0.5, min(7.0, free / (len(parts) - 1)))
        y = TOP + max(0.0, free - gap * (len(parts) - 1)) / 2
        for part in parts:
            for line in part:
                self.centred(y, line)
                y += line.height
            if part is parts[0]:
                self.rule(y)
            y += gap

    def proof(self, number: str, address: str, lines: Lines) -> None:
        """The QR code at the lower left, with what it leads to in words."""
        x, y, side = 25.0, 161.0, 27.0
        code = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=0)]
        dot = side / len(code)
        self.set_fill_color(*INK)
        with self.new_path() as path:
            path.style.fill_color = "#222222"
            path.style.stroke_color = None
            for down, row in enumerate(code):
                for across, dark in enumerate(row):
                    if dark:
                        path.rectangle(x + across * dot, y + down * dot, dot, dot)
        self.left(x + side + 4, 166, lines.number_label, 8, GREY)
        self.left(x + side + 4, 170.5, number, 12, INK)
        self.left(x + side + 4, 178, lines.verify, 8, GREY)
        self.left(x + side + 4, 182.5, address, 7, GREY, most=95)

    def signature(self, lines: Lines) -> None:
        """Who issues it, and when, at the lower right."""
        y = _signed_from(lines)
        for zh, en in lines.issuers:
            self.right(y, zh, 12, INK)
            self.right(y + 4.9, en, 7.5, GREY)
            y += ISSUER
        self.right(y + 1, lines.date_zh, 12, INK)
        self.right(y + 6.2, lines.date_en, 7.5, GREY)

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

    def rule(self, y: float) -> None:
        self.set_draw_color(*GOLD)
        self.set_line_width(0.3)
        self.line(MIDDLE - 62, y, MIDDLE + 62, y)

    def _fit(self, text: str, size: float, most: float) -> float:
        """Take the largest type up to `size` in which the text is no wider than `most` mm; gives its width."""
        self.set_font(FAMILY, size=size)
        width = self.get_string_width(text)
        if width > most:
            self.set_font(FAMILY, size=max(SMALLEST / 2, math.floor(size * most / width * 10) / 10))
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


def _signed_from(lines: Lines) -> float:
    """Where the issuing bodies begin, so that the date under them stays where it is."""
    return SIGNED - ISSUER * len(lines.issuers)


def _rosette(turn: int) -> Iterator[tuple[float, float]]:
    """The points of one closed wave around the middle of the page."""
    for step in range(361):
        angle = math.tau * step / 360
        radius = 46 + 26 * math.sin(6 * angle + turn * math.tau / WAVES)
        yield MIDDLE + 1.4 * radius * math.cos(angle), HEIGHT / 2 + radius * math.sin(angle)
