"""A judge in the console: sees their sheets by code, writes them with a form or its script, and never learns whose work it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from gateway.graph.relay import to_global_id
from kit.ids import new_id
from tests.console.before import Before, before, page
from tests.console.browsing import Page
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.judging.scoring.judging import Judging

pytestmark = pytest.mark.asyncio(loop_scope="module")
JUDGES = 14
OTHER = f"judge-{JUDGES}"
SCRIPT = {"accept": "application/json"}


@dataclass
class Judged:
    """A stage at the beginning of its judging, with judges who judge every code, and the pages before it."""

    judging: Judging
    pages: Before

    async def browser(self, person: str = "", language: str = "zh-CN") -> httpx.AsyncClient:
        return await self.pages.browser(person, language)

    @property
    def stage(self) -> str:
        return to_global_id("Stage", self.judging.stage_id)

    def sheets(self, judge: str) -> list[str]:
        """The pages of a judge's sheets, by code."""
        return [f"/judging/sheets/{to_global_id('Sheet', each['id'])}" for each in self.judging.my_sheets(judge)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Judged]:
    async with before(tmp_path_factory) as pages:
        yield Judged(Judging(pages.events, judges=JUDGES), pages)


@pytest.fixture(scope="module")
def judges() -> Iterator[str]:
    return (f"judge-{number}" for number in range(1, JUDGES))


@pytest.fixture
def judge(judges: Iterator[str]) -> str:
    """One whose sheets no other test has written."""
    return next(judges)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_a_judge_is_led_from_seat_to_sheet_and_learns_nobody_s_name(
    stage: Judged, judge: str, language: str
) -> None:
    browser = await stage.browser(judge, language)
    all_, of_stage = await page(browser, "/judging"), await page(browser, f"/judging/stages/{stage.stage}")
    first, second = stage.sheets(judge)
    shown = [all_, of_stage, await page(browser, first), await page(browser, f"{first}/submit")]

    assert {first, second} <= set(all_.links) and {first, second} <= set(of_stage.links)
    assert second in shown[2].links and first not in (await page(browser, first)).links
    for each in shown:
        assert f'<html lang="{language}">' in each.html and each.html.count("<h1") == 1
        assert "选手" not in each.html and "style" not in each.attributes | each.tags
        assert all(address.startswith("/assets/") for address in each.loads)


async def test_a_sheet_is_saved_by_its_form_and_submitted_after_a_question(stage: Judged, judge: str) -> None:
    browser, [path, _] = await stage.browser(judge, "en"), stage.sheets(judge)
    fields = (await page(browser, path)).form(path)
    written = {**fields, "points.idea": "３０．5", "points.craft": "20", "remark": "结构清晰"}
    saved = await browser.post(path, data=written)
    twice = await browser.post(path, data=written)
    asked = await browser.post(
        path, data={**(await page(browser, path)).form(path), "remark": "结构清晰", "then": "submit"}
    )
    done = await browser.post(f"{path}/submit", data=(await page(browser, f"{path}/submit")).form("/submit"))

    assert saved.headers["location"] == twice.headers["location"] == f"{path}?said=saved"
    assert asked.headers["location"] == f"{path}/submit"
    assert done.headers["location"] == f"/judging/stages/{stage.stage}?said=submitted"
    [sheet, _] = stage.judging.my_sheets(judge)
    assert (sheet["status"], sheet["total"], sheet["remark"]) == ("submitted", "50.5", "结构清晰")
    assert path not in [action for action, _ in (await page(browser, path)).forms]


async def test_the_script_saves_is_given_the_next_key_and_is_told_of_faults(stage: Judged, judge: str) -> None:
    browser, [path, _] = await stage.browser(judge, "en"), stage.sheets(judge)
    fields = {**(await page(browser, path)).form(path), "points.idea": "30"}
    first = await browser.post(path, data=fields, headers=SCRIPT)
    again = await browser.post(path, data=fields, headers=SCRIPT)
    told = first.json()
    next_ = {**fields, "key": told["key"], "version": str(told["version"])}
    wrong = await browser.post(path, data={**next_, "points.idea": "1000", "points.craft": "x"}, headers=SCRIPT)
    refused = await browser.post(path, data={**next_, "points.idea": "1000"}, headers=SCRIPT)

    assert (first.status_code, told["version"], told["total"]) == (200, 1, None)
    assert told["said"].startswith("Saved at") and told["key"] != fields["key"]
    assert again.json()["version"] == 1
    assert (wrong.status_code, list(wrong.json()["faults"])) == (422, ["points.craft"])
    assert (refused.status_code, list(refused.json()["faults"])) == (422, ["points.idea"])
    assert stage.judging.my_sheets(judge)[0]["version"] == 1


async def test_a_second_window_is_told_and_overwrites_only_when_asked_again(stage: Judged, judge: str) -> None:
    browser, [path, _] = await stage.browser(judge, "en"), stage.sheets(judge)
    one, two = (await page(browser, path)).form(path), (await page(browser, path)).form(path)
    await browser.post(path, data={**one, "points.idea": "30"})
    script = await browser.post(path, data={**two, "points.idea": "11"}, headers=SCRIPT)
    told = await browser.post(path, data={**two, "key": new_id(), "points.idea": "11"})

    assert (script.status_code, script.json()["changed"]) == (422, True)
    assert told.status_code == 409 and "saved is 30" in told.text
    assert stage.judging.my_sheets(judge)[0]["scores"] == [{"criterion": "idea", "points": "30"}]
    kept = await browser.post(path, data=Page(told.text).form(path))
    assert kept.status_code == 303
    assert stage.judging.my_sheets(judge)[0]["scores"] == [{"criterion": "idea", "points": "11"}]


async def test_what_is_no_figure_is_said_at_its_field_and_stays(stage: Judged, judge: str) -> None:
    browser, [path, _] = await stage.browser(judge), stage.sheets(judge)
    fields = (await page(browser, path)).form(path)
    refused = await browser.post(path, data={**fields, "points.idea": "<b>", "remark": "<script>alert(1)</script>"})

    assert refused.status_code == 422 and 'id="points.idea-fault"' in refused.text
    assert "<script>alert" not in refused.text and Page(refused.text).form(path)["points.idea"] == "<b>"
    assert stage.judging.my_sheets(judge)[0]["version"] == 0


@pytest.mark.parametrize("person", [OTHER, ORGANIZER, "passer-by"])
async def test_nobody_else_opens_or_writes_a_sheet(stage: Judged, judge: str, person: str) -> None:
    mine, [path, _] = await stage.browser(judge), stage.sheets(judge)
    fields = {**(await page(mine, path)).form(path), "points.idea": "30"}
    await mine.post(path, data=fields)
    browser = await stage.browser(person)
    answers = [await browser.get(path), await browser.post(path, data={**fields, "key": new_id(), "points.idea": "1"})]

    assert [each.status_code for each in answers] == [404, 404]
    assert stage.judging.my_sheets(judge)[0]["scores"] == [{"criterion": "idea", "points": "30"}]


async def test_who_has_nothing_to_judge_is_told_so(stage: Judged) -> None:
    nothing = await page(await stage.browser("passer-by", "en"), "/judging")
    visitor = await (await stage.browser()).get("/judging")

    assert "No sheets are assigned to you" in nothing.text
    assert visitor.headers["location"] == "/sign-in?next=%2Fjudging"


async def test_a_conflict_is_declared_with_an_institution_that_was_found(stage: Judged, judge: str) -> None:
    browser = await stage.browser(judge, "en")
    links = (await page(browser, "/judging")).links
    [path] = [link for link in links if link.endswith("/conflict")]
    missing = await browser.post(path, data={"key": new_id(), "reason": "曾任该校教师"})

    assert "Find the institution" in (await page(browser, path)).text
    assert missing.status_code == 422 and 'role="alert"' in missing.text
    assert (await browser.get(path.replace("/conflict", "/erase"))).status_code == 404


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_who_runs_a_stage_sees_how_far_its_judges_are_and_nobody_else_does(stage: Judged, language: str) -> None:
    path = f"/judging/stages/{stage.stage}"
    organizer, stranger = [await stage.browser(each, language) for each in (ORGANIZER, "passer-by")]
    shown, hidden = await page(organizer, path), await page(stranger, path)

    assert f"/ {len(stage.judging.entry_ids)}</span>" in shown.html and shown.html.count("<h1") == 1
    assert [link for link in shown.links if link.endswith("/results")]
    assert not [link for link in hidden.links if link.endswith("/results")]
    assert not any(sheet in shown.links for sheet in stage.sheets(OTHER))
