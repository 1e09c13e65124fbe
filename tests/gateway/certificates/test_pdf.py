"""The printed certificate: A4, set in an embedded font, nothing over anything else, and a QR code that leads to the check."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from contracts.names import is_unseen
from gateway.certificates.facts import Facts
from gateway.certificates.fonts import FontLacks, FontMissing
from gateway.certificates.pdf import certificate_pdf
from gateway.certificates.wording import lines_of
from kit.fonts.settings import FontSettings
from tests.gateway.certificates.desk import ADDRESS, CASES, NUMBER, facts, first_page, named, picture
from tests.names.table import REAL

Box = tuple[float, float, float, float]
A4 = (841.89, 595.28)  # points
FRAME = 13.0 / 25.4 * 72


@cache
def printed(case: str, fonts: FontSettings) -> bytes:
    return certificate_pdf(lines_of(CASES[case]), address=ADDRESS, fonts=fonts)


@pytest.mark.parametrize("case", CASES)
def test_the_qr_code_decodes_to_the_address_of_the_check(case: str, fonts: FontSettings) -> None:
    [code] = zxingcpp.read_barcodes(picture(printed(case, fonts)))

    assert (code.text, code.format) == (ADDRESS, zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_a4_across_and_everything_lies_within_its_frame(case: str, fonts: FontSettings) -> None:
    page = first_page(printed(case, fonts))

    assert page.get_size() == pytest.approx(A4, abs=0.1)
    for left, bottom, right, top in boxes(page):
        assert FRAME < left < right < A4[0] - FRAME
        assert FRAME < bottom < top < A4[1] - FRAME


@pytest.mark.parametrize("case", CASES)
def test_no_line_lies_over_another(case: str, fonts: FontSettings) -> None:
    for one, other in combinations(boxes(first_page(printed(case, fonts))), 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0 or down <= 1.5, (one, other)


def test_the_text_says_who_won_what_where_and_when_in_both_languages(fonts: FontSettings) -> None:
    text = first_page(printed("a team", fonts)).get_textpage().get_text_range()

    for said in (
        "获奖证书",
        "星火燎原队",
        "欧阳震华、司马相如·阿卜杜热依木、王𬭎",
        "诸葛㛃、上官䶮",
        "上海师范大学",
        "Shanghai Normal University",
        "在长三角师范生教学基本功大赛（第14届）决赛“小学语文”赛道中，荣获",
        "一等奖",
        "First Prize",
        "长三角教育协作枢纽",
        NUMBER,
        ADDRESS,
        "2026年5月18日",
        "18 May 2026",
    ):
        assert said in text, said


def test_the_font_is_embedded_and_cut_down_to_what_is_used(fonts: FontSettings) -> None:
    pdf = printed("one", fonts)
    page = first_page(pdf)

    texts = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]))

    assert texts
    assert all(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text.raw)) == 1 for text in texts)
    assert len(pdf) < 200_000 < fonts.first.stat().st_size


def test_the_same_facts_give_the_same_bytes(fonts: FontSettings) -> None:
    again = certificate_pdf(lines_of(CASES["a team"]), address=ADDRESS, fonts=fonts)

    assert again == printed("a team", fonts)


def test_it_is_a_pdf_for_keeping_and_says_what_it_is(fonts: FontSettings) -> None:
    pdf = printed("one", fonts)

    metadata = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", pdf, re.DOTALL)
    assert metadata is not None
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata[0]
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in metadata[0]
    assert f"获奖证书 {NUMBER}".encode() in metadata[0]
    assert b"2026-05-17T16:30:00" in metadata[0]


def test_a_missing_font_is_told_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        certificate_pdf(lines_of(facts()), address=ADDRESS, fonts=FontSettings(tmp_path / "none.ttc", ()))


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    strange = tmp_path / "strange.ttf"
    strange.write_text("no font")

    with pytest.raises(FontMissing, match=r"strange\.ttf"):
        certificate_pdf(lines_of(facts()), address=ADDRESS, fonts=FontSettings(strange, ()))


def test_a_character_that_the_font_lacks_is_told_rather_than_left_out(fonts: FontSettings) -> None:
    with pytest.raises(FontLacks) as lacks:
        certificate_pdf(
            lines_of(facts(recipient="张三\U0001f4a9ཨ")), address=ADDRESS, fonts=FontSettings(fonts.first, ())
        )

    assert lacks.value.letters == ["U+0F68", "U+1F4A9"]


PRINTED = {kind: name for kind, name in REAL.items() if kind not in {"extension I", "a picture of several"}}
"""The names for which Debian's fonts have all letters."""


def test_real_names_are_printed_letter_by_letter(fonts: FontSettings) -> None:
    read = shown(read_back(facts(recipient="各民族联队", members=tuple(PRINTED.values())), fonts))

    assert [name for name in PRINTED.values() if not all(shown(word) in read for word in name.split())] == []


@pytest.mark.parametrize("kind", ["Uyghur", "Persian with a non-joiner", "Tibetan", "an ideographic variation"])
def test_a_real_name_alone_is_printed_letter_by_letter(kind: str, fonts: FontSettings) -> None:
    assert compact(PRINTED[kind]) in read_back(facts(recipient=PRINTED[kind]), fonts)


def test_names_of_many_scripts_stand_on_one_page(fonts: FontSettings) -> None:
    team = facts(recipient="阿卜杜拉队", members=("ئابدۇللا ئەخمەت", "བཀྲ་ཤིས", "王𠮷"), advisers=("Ŵyn Łukasz",))

    read = read_back(team, fonts)

    for said in ("ئابدۇللا", "ئەخمەت", "、བཀྲ་ཤིས", "王𠮷", "指导教师Advisers：ŴynŁukasz"):
        assert said in read


@pytest.mark.parametrize(("name", "letters"), [("王\U0002ebf0", ["U+2EBF0"]), ("赵\ue863", ["U+E863"])])
def test_a_letter_that_no_font_has_is_told_by_its_code_point(
    name: str, letters: list[str], fonts: FontSettings
) -> None:
    with pytest.raises(FontLacks) as lacks:
        certificate_pdf(lines_of(facts(recipient=name)), address=ADDRESS, fonts=fonts)

    assert lacks.value.letters == letters


def test_hostile_names_stay_on_one_line_and_cannot_turn_it_round(fonts: FontSettings) -> None:
    hostile = facts(recipient="张三\u202e\r\n一等奖\x00", prize=named("二等奖\u2028", "Second\nPrize"))

    text = first_page(certificate_pdf(lines_of(hostile), address=ADDRESS, fonts=fonts)).get_textpage().get_text_range()

    assert "张三 一等奖" in text
    assert "\u202e" not in text


def read_back(given: Facts, fonts: FontSettings) -> str:
    """All letters of the page as a reader's program finds them."""
    return compact(
        first_page(certificate_pdf(lines_of(given), address=ADDRESS, fonts=fonts)).get_textpage().get_text_range()
    )


def shown(text: str) -> str:
    """Without joiners and selectors, which readers of long lines leave out."""
    return "".join(letter for letter in text if not is_unseen(letter))


def compact(text: str) -> str:
    return "".join(text.split())


def boxes(page: object) -> list[Box]:
    """Where each line of text lies, in points from the lower left."""
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])  # type: ignore[attr-defined]
    return [each.get_bounds() for each in found]
