"""Fonts: each part of a text is set in a font that has it, and the image carries what the settings name."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from kit.fonts.letters import lacking, runs
from kit.fonts.settings import OF_NOTO, OTHERS, FontSettings
from tests.names.table import REAL
from tests.servers.install import FONT, FONTS, install, require

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fonts() -> FontSettings:
    install(FONTS)
    return FontSettings(require(FONT), OTHERS)


def set_in(text: str, fonts: FontSettings) -> list[tuple[str, str, bool]]:
    return [(run.text, run.font.name.partition("-")[0] if run.font else "", run.shaped) for run in runs(text, fonts)]


def test_a_word_is_set_in_one_font_and_a_sign_in_that_of_what_stands_before_it(fonts: FontSettings) -> None:
    assert set_in("队员：Şahin、王𠮷", fonts) == [
        ("队员：", "NotoSerifCJK", False),
        ("Şahin", "NotoSerif", True),
        ("、王𠮷", "NotoSerifCJK", False),
    ]
    assert set_in("ئابدۇللا ئەخمەت", fonts) == [("ئابدۇللا ئەخمەت", "NotoNaskhArabic", True)]


def test_what_changes_its_neighbour_is_shaped_with_it(fonts: FontSettings) -> None:
    assert set_in("葛\U000e0100城", fonts) == [("葛\U000e0100城", "NotoSerifCJK", True)]
    assert [text for text, _, _ in set_in("👩\u200d🔬队", fonts)] == ["👩\u200d🔬", "队"]


@pytest.mark.parametrize("name", REAL.values(), ids=REAL)
def test_runs_lose_no_letter(name: str, fonts: FontSettings) -> None:
    assert "".join(run.text for run in runs(name, fonts)) == name


def test_letters_that_no_font_has_are_told_by_code_point_whatever_is_beside_them(fonts: FontSettings) -> None:
    assert lacking(["张三", "王\U0002ebf0 \u200b", "赵\ue863"], fonts) == ["U+E863", "U+2EBF0"]
    assert lacking(["张三"], FontSettings(fonts.first, (Path("/nowhere/none.ttf"), ROOT / "LICENSE"))) == []


def test_without_a_first_font_nothing_is_known() -> None:
    assert lacking(["王\U0002ebf0"], FontSettings(Path("/nowhere/none.ttc"), OTHERS)) == []


def test_the_image_carries_the_further_fonts() -> None:
    patterns = re.findall(r"noto/(Noto\S+\.ttf)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))

    left_out = [
        name for name in OF_NOTO if not any(fnmatch(f"Noto{name}-Regular.ttf", pattern) for pattern in patterns)
    ]
    assert left_out == []
