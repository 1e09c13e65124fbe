"""Letters: which of them the fonts of this machine have, and in which font each part of a text is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb
import unicodedata2 as unicode

from contracts.names import is_of_words, is_unseen
from kit.fonts.settings import FontSettings

COLLECTION, SINGLE = b"ttcf", (b"OTTO", b"\0\1\0\0", b"true")  # how such files begin (OpenType 1.9)
JOINER = "\u200d"
SKINS = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
SIMPLIFIED = 2  # the place of the simplified Chinese font in the Noto CJK collections


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text that one font has whole; None where none has it. It is `shaped` where letters change each other."""

    text: str
    font: Path | None
    shaped: bool


def runs(text: str, fonts: FontSettings) -> list[Run]:
    """The text cut where the font changes; spaces and signs stay in the font of what stands before them, if it has them."""
    parts: list[tuple[str, Path | None]] = []
    for letters in _pieces(text, fonts):
        before = parts[-1][1] if parts and not unicode.category(letters[0]).startswith("L") else None
        font = before if before and _has(before, letters) else _font_of(letters, fonts)
        if parts and parts[-1][1] == font:
            parts[-1] = (parts[-1][0] + letters, font)
        else:
            parts.append((letters, font))
    return [Run(part, font, font != fonts.first or any(map(_belongs, part))) for part, font in parts]


def lacking(texts: Sequence[str], fonts: FontSettings) -> list[str]:
    """The letters that no font has, by code point as U+2EBF0; none where there is no first font, for then nothing is known."""
    if not fonts.first.exists():
        return []
    letters = {letter for text in texts for letter in text if not letter.isspace() and not is_unseen(letter)}
    return [f"U+{ord(letter):04X}" for letter in sorted(letters) if _font_of(letter, fonts) is None]


def number_in(font: Path) -> int:
    """Which font of a file is meant, from 0; raises OSError, or ValueError for what is no font at all."""
    with font.open("rb") as file:
        kind = file.read(4)
    if kind not in {COLLECTION, *SINGLE}:
        raise ValueError("not a font")
    return SIMPLIFIED if kind == COLLECTION else 0


@cache
def _opened(font: Path) -> hb.Font | None:
    """The font, its file mapped into memory; None where the file is no font that can be read."""
    try:
        return hb.Font(hb.Face(hb.Blob.from_file_path(str(font)), number_in(font)))
    except (OSError, ValueError, hb.HarfBuzzError):
        return None


def _font_of(letters: str, fonts: FontSettings) -> Path | None:
    return next((font for font in (fonts.first, *fonts.others) if _has(font, letters)), None)


def _has(font: Path, letters: str) -> bool:
    opened = _opened(font)
    return opened is not None and all(is_unseen(each) or _glyph(opened, each) for each in letters)


def _glyph(font: hb.Font, letter: str) -> int | None:
    """Its number in the font; none of a letter that every font draws as it pleases (private use)."""
    glyph: int | None = font.get_nominal_glyph(ord(letter))
    return None if unicode.category(letter) == "Co" else glyph


def _pieces(text: str, fonts: FontSettings) -> Iterator[str]:
    """Words that one font has whole, and else each letter with all that belongs to it."""
    for is_word, clusters in groupby(_clusters(text), lambda cluster: is_of_words(cluster[0])):
        letters = list(clusters)
        word = "".join(letters)
        yield from [word] if is_word and _font_of(word, fonts) else letters


def _clusters(text: str) -> Iterator[str]:
    """Each letter with the marks, joiners and selectors that belong to it."""
    cluster = ""
    for letter in text:
        if cluster and not (_belongs(letter) or cluster.endswith(JOINER)):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _belongs(letter: str) -> bool:
    return is_unseen(letter) or unicode.category(letter).startswith("M") or letter in SKINS
