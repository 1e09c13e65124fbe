"""PDF: a certificate as a page of A4 that anybody can print, keep (PDF/A-2u) and check by its QR code."""

from __future__ import annotations

import math
from collections.abc import Iterator

import segno

from gateway.certificates.metadata import PRODUCER, xmp
from gateway.certificates.paper import Lines
from gateway.certificates.sheet import HEIGHT, MIDDLE, WIDTH, Colour, Line, Sheet
from kit.fonts.settings import FontSettings

TOP, BOTTOM = 55.0, 157.0  # mm: between them stands who is honoured, for what
ISSUER = 9.4  # mm that an issuing body takes at the lower right
SIGNED = 179.0
WAVES = 14

RED: Colour = (0x9E, 0x1B, 0x1E)
INK: Colour = (0x22, 0x22, 0x22)
GREY: Colour = (0x66, 0x60, 0x58)
GOLD: Colour = (0xB0, 0x8D, 0x3C)
PALE: Colour = (0xF8, 0xF3, 0xE7)


def certificate_pdf(lines: Lines, *, address: str, fonts: FontSettings) -> bytes:
    """The page; the same bytes for the same lines. `address` is that of its verification, which the QR code carries.

    Raises FontMissing or FontLacks.
    """
    page = _Page(fonts)
    try:
        page.check_letters([*lines.all, address])
        page.describe(lines)
        page.background()
        page.heading(lines)
        page.honour(lines)
        page.proof(address, lines)
        page.signature(lines)
        return bytes(page.output())
    finally:
        page.close()


class _Page(Sheet):
    """The one page, part by part from the top to the bottom."""

    def describe(self, lines: Lines) -> None:
        """What a reader of files sees before it is opened; the date is the certificate's, so that the bytes are too."""
        title = f"{lines.title_zh} {lines.number}"
        author = "、".join(zh for zh, _ in lines.issuers)
        self.set_lang("zh-CN")
        self.set_title(title)
        self.set_author(author)
        self.set_producer(PRODUCER)
        self.set_creation_date(lines.issued_at)
        self.set_xmp_metadata(xmp(title=title, author=author, at=lines.issued_at))

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
            [Line(text, 15, INK, 8) for text in lines.merit_zh],
            [Line(lines.prize_zh, 34, RED, 13, spaced=4, heavy=True)],
            [Line(text, 10.5, GREY, 5.4) for text in lines.merit_en],
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

    def proof(self, address: str, lines: Lines) -> None:
        """The QR code at the lower left, with what it leads to in words."""
        x, y, side = 25.0, 161.0, 27.0
        code = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=0)]
        dot = side / len(code)
        with self.new_path() as path:
            path.style.fill_color = "#222222"
            path.style.stroke_color = None
            for down, row in enumerate(code):
                for across, dark in enumerate(row):
                    if dark:
                        path.rectangle(x + across * dot, y + down * dot, dot, dot)
        self.left(x + side + 4, 166, lines.number_label, 8, GREY)
        self.left(x + side + 4, 170.5, lines.number, 12, INK)
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

    def rule(self, y: float) -> None:
        self.set_draw_color(*GOLD)
        self.set_line_width(0.3)
        self.line(MIDDLE - 62, y, MIDDLE + 62, y)


def _signed_from(lines: Lines) -> float:
    """Where the issuing bodies begin, so that the date under them stays where it is."""
    return SIGNED - ISSUER * len(lines.issuers)


def _rosette(turn: int) -> Iterator[tuple[float, float]]:
    """The points of one closed wave around the middle of the page."""
    for step in range(361):
        angle = math.tau * step / 360
        radius = 46 + 26 * math.sin(6 * angle + turn * math.tau / WAVES)
        yield MIDDLE + 1.4 * radius * math.cos(angle), HEIGHT / 2 + radius * math.sin(angle)
