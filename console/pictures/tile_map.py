"""Tile map: the cities and prefectures of Shanghai, Jiangsu, Zhejiang and Anhui as tiles of one size, shaded by a figure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

TILES = Path(__file__).parent / "tiles.yaml"
WIDE, HIGH, GAP = 64, 36, 2
DARKEST = 4
MAP = Markup('<svg class="tiles" viewBox="0 0 {width} {height}" role="img" aria-label="{name}">{tiles}</svg>')
TILE = Markup(
    '<g class="tile shade-{shade}"><title>{place}: {figure}</title>'
    '<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4"></rect>'
    '<text x="{middle}" y="{line}" text-anchor="middle">{place}</text></g>'
)


def tile_map(figures: Mapping[str, int], name: str, language: str) -> Markup:
    """`figures` by GB/T 2260 code: a tile shows its own, else that of its province, else 0. `language` is zh or en."""
    tiles = {code: _figure(figures, code) for code in _tiles()}
    most = max(tiles.values())
    drawn = Markup("").join(_tile(code, figure, most, language) for code, figure in tiles.items())
    columns, rows = (1 + max(tile["at"][side] for tile in _tiles().values()) for side in (0, 1))
    return MAP.format(width=columns * WIDE, height=rows * HIGH, name=name, tiles=drawn)


def _tile(code: str, figure: int, most: int, language: str) -> Markup:
    tile = _tiles()[code]
    column, row = tile["at"]
    return TILE.format(
        shade=shade(figure, most),
        place=tile[language],
        figure=figure,
        x=column * WIDE + GAP / 2,
        y=row * HIGH + GAP / 2,
        width=WIDE - GAP,
        height=HIGH - GAP,
        middle=column * WIDE + WIDE / 2,
        line=row * HIGH + HIGH / 2 + 4,
    )


def shade(figure: int, most: int) -> int:
    """From 0, where there is none, to 4, the darkest."""
    return ceil(DARKEST * figure / most) if figure > 0 else 0


def _figure(figures: Mapping[str, int], code: str) -> int:
    return figures.get(code, figures.get(f"{code[:2]}0000", 0))


@cache
def _tiles() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(TILES.read_text(encoding="utf-8"))
    return found
