"""Settings of fonts: in which font names are printed, and which others serve letters that it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env

NOTO = Path("/usr/share/fonts/truetype/noto")
OF_NOTO = (
    *("Serif", "NaskhArabic", "SerifTibetan", "SansYi", "SansMongolian", "SerifThai", "SerifHebrew", "SerifDevanagari"),
    *("SerifBengali", "SerifGurmukhi", "SerifGujarati", "SerifTamil", "SerifTelugu", "SerifKannada", "SerifMalayalam"),
    *("SerifSinhala", "SerifMyanmar", "SerifKhmer", "SerifLao", "SerifGeorgian", "SerifArmenian", "SerifEthiopic"),
    *("SansNewTaiLue", "SansTaiLe", "SansTaiTham", "SansLisu", "SansMiao", "SansPhagsPa", "SansSyriac", "SansSymbols2"),
)
RARE_HAN = ("hanazono/HanaMinB.ttf", "hanazono/HanaMinA.ttf", "babelstone/BabelStoneHan.ttf")
OTHERS = (
    *(NOTO / f"Noto{name}-Regular.ttf" for name in OF_NOTO),
    *(NOTO.parent / name for name in RARE_HAN),
)
"""Where Debian's fonts-noto-core, fonts-hanazono and fonts-babelstone-han put them; those that are not there are left out."""


@dataclass(frozen=True)
class FontSettings:
    """`first` is the font of all print; of `others` the first that has a letter which it lacks serves that."""

    first: Path
    others: tuple[Path, ...]

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            first=env.path("FONT", Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")),
            others=tuple(env.list("FONTS", [], subcast=Path)) or OTHERS,
        )
