"""Names: whoever wins is printed letter by letter, or nobody is surprised: no 503, no 500, no letter missing anywhere."""

from __future__ import annotations

import json
from string import ascii_lowercase
from typing import Any

import pytest
from graphql_relay import to_global_id
from httpx import Response

from gateway.certificates.wording import lines_of
from kit.fonts.settings import FontSettings
from tests.gateway.certificates.desk import Desk, facts, first_page
from tests.handbook.pages import named_in_chinese, operations
from tests.names.table import REAL
from tests.reporting.founding import FOUNDING_PAPERS
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.recognition.awards.awarding import FIRST, Awarded, placed
from tests.services.events.recognition.awards.prizing import prize

UNPRINTED = {"王\U0002ebf0": "U+2EBF0", "👩\u200d🔬队": "U+1F52C"}
CASES = FOUNDING_PAPERS / "cases/inputs/certificate-names.json"


def awarded(desk: Desk, names: list[str]) -> tuple[Awarded, dict[str, str]]:
    """A stage at which all of these won, and the numbers of their certificates."""
    letters = dict(zip(ascii_lowercase, names, strict=False))
    prizes = [{**prize("first", count=len(names), points=5), **FIRST}]
    stage = placed(desk.events, "".join(letters), names=letters, prizes=prizes, advisers=None)
    stage.ask("grant_awards", ORGANIZER, stage_id=stage.stage_id, unprinted=True)
    return stage, {letters[letter]: stage.award(letter)["number"] for letter in letters}


def letters_of(answer: Response) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return "".join(first_page(answer.content).get_textpage().get_text_range().split())


async def test_rare_and_shaped_names_are_printed_shown_and_signed_whole(desk: Desk, fonts: FontSettings) -> None:
    names = [REAL[kind] for kind in ("extension C", "extension H", "Uyghur", "Tibetan", "an ideographic variation")]
    _, numbers = awarded(desk, names)

    for name, number in numbers.items():
        assert name in letters_of(await desk.get(f"/certificates/{number}.pdf"))
        assert name in (await desk.get(f"/verify/{number}")).text


async def test_a_name_with_a_letter_that_no_font_has_is_told_of_and_never_cut(desk: Desk, fonts: FontSettings) -> None:
    _, numbers = awarded(desk, list(UNPRINTED))

    for name, number in numbers.items():
        page = await desk.get(f"/certificates/{number}.pdf")
        assert (page.status_code, "retry-after" in page.headers) == (409, False)
        assert name in page.text and UNPRINTED[name] in page.text and "暂不能打印" in page.text
        assert f"/certificates/{number}.pdf" not in page.text
        checked = await desk.get(f"/verify/{number}")
        assert checked.status_code == 200 and name in checked.text
        assert (await desk.get(f"/credentials/{number}")).status_code == 200


async def test_the_page_of_names_asks_before_awards_are_given(desk: Desk, fonts: FontSettings) -> None:
    stage = placed(desk.events, names={"a": "王\U0002ebf0"})
    documents = operations("names")
    entry, held = to_global_id("Entry", stage.entries["a"]), to_global_id("Stage", stage.stage_id)

    asked = await desk.graph(documents["UnprintedNames"], ORGANIZER, entry=entry)
    given = await desk.graph(documents["GrantAwards"], ORGANIZER, stage=held)

    rare = {"name": "王\U0002ebf0", "letters": ["U+2EBF0"]}
    assert asked["node"] == {"contestant": rare["name"], "unprintedNames": [rare]}
    assert given["grantAwards"] == {"granted": 3, "problems": []}
    assert named_in_chinese("names") == set(documents)


def test_what_was_entered_before_keeps_its_letters_on_the_page() -> None:
    lines = lines_of(facts(recipient="\u202e赵\ue863\u200b", members=("王\U0002ebf0",)))

    assert lines.recipient == "赵\ue863"
    assert "王\U0002ebf0" in "".join(text for text, _ in lines.about_recipient)


@pytest.mark.founding
async def test_the_names_of_the_cases_are_printed_whole_or_told_of(desk: Desk, fonts: FontSettings) -> None:
    cases: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    names = [*cases["silently_cut_200"].values(), *cases["pdf_503_for_ever"].values(), *cases["printed_well"]]
    _, numbers = awarded(desk, names)

    for name, number in numbers.items():
        answer = await desk.get(f"/certificates/{number}.pdf")
        if answer.status_code == 409:
            assert any(letter in answer.text for letter in ("U+2EBF0", "U+E863"))
        else:
            assert "".join(lines_of(facts(recipient=name)).recipient.split()) in letters_of(answer)
        assert lines_of(facts(recipient=name)).recipient in (await desk.get(f"/verify/{number}")).text
