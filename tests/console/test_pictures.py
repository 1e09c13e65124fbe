"""Pictures: what they are given is text, figures are kept within their frame, and the tiles are those of the regions."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import yaml

from console.pictures.bar import bar
from console.pictures.tile_map import TILES, shade, tile_map
from contracts.regions import region


def test_every_prefecture_of_the_delta_has_a_tile_of_its_own_under_its_name() -> None:
    tiles = yaml.safe_load(TILES.read_text(encoding="utf-8"))

    for code, tile in tiles.items():
        found = region(code)
        assert found and (tile["zh"], tile["en"]) == (found.name_zh.removesuffix("市"), found.name_en)
    assert len({tuple(tile["at"]) for tile in tiles.values()}) == len(tiles) == 41


def test_a_tile_shows_its_own_figure_else_that_of_its_province() -> None:
    drawn = ElementTree.fromstring(tile_map({"330000": 8, "330100": 2}, "<b>\"&'", "en"))
    tiles = {(tile.findtext("title") or ""): tile.get("class") for tile in drawn.iter("g")}

    assert drawn.get("aria-label") == "<b>\"&'"
    assert tiles["Hangzhou: 2"] == "tile shade-1"
    assert tiles["Ningbo: 8"] == "tile shade-4"
    assert tiles["Shanghai: 0"] == "tile shade-0"


@pytest.mark.parametrize(("figure", "most", "dark"), [(0, 0, 0), (0, 9, 0), (1, 1_000, 1), (5, 10, 2), (10, 10, 4)])
def test_a_figure_that_is_not_nothing_is_never_shown_as_nothing(figure: int, most: int, dark: int) -> None:
    assert shade(figure, most) == dark


@pytest.mark.parametrize(("figure", "most", "width"), [(0, 0, 0), (3, 0, 0), (1, 4, 25), (9, 4, 100)])
def test_a_bar_stays_within_its_frame(figure: int, most: int, width: float) -> None:
    ground, drawn = ElementTree.fromstring(bar(figure, most)).iter("rect")

    assert (float(ground.get("width", "")), float(drawn.get("width", ""))) == (100, width)
