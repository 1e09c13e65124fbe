"""Results in the console: proposed by one person, signed by another, objected to and decided; who has no part sees no step."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from gateway.graph.relay import to_global_id
from kit.ids import new_id
from tests.console.before import Before, before, page, sent
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.judging.results.judging import SUPERVISOR, Judged, judged, rep

pytestmark = pytest.mark.asyncio(loop_scope="module")
PASSER_BY = "passer-by"


@dataclass
class Stage:
    """A stage whose codes are opened, and the pages before it."""

    judged: Judged
    pages: Before

    @property
    def competition(self) -> str:
        return f"/competitions/{to_global_id('Competition', self.judged.competition_id)}/results"

    @property
    def result(self) -> str:
        return f"/results/{to_global_id('Result', self.judged.result(ORGANIZER)['id'])}"


@pytest_asyncio.fixture(loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with before(tmp_path_factory) as pages:
        yield Stage(judged(pages.events), pages)


@pytest_asyncio.fixture(loop_scope="module")
async def announced(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """One whose result is announced."""
    async with before(tmp_path_factory) as pages:
        stage = Stage(judged(pages.events), pages)
        stage.judged.announce()
        yield stage


async def test_a_result_is_proposed_by_one_and_signed_by_another_and_then_everybody_sees_it(stage: Stage) -> None:
    organizer, supervisor = [await stage.pages.browser(each, "en") for each in (ORGANIZER, SUPERVISOR)]
    visitor = await stage.pages.browser("", "en")
    propose = f"/stages/{to_global_id('Stage', stage.judged.stage_id)}/propose"
    assert propose not in (await page(visitor, stage.competition)).links
    first = await sent(organizer, propose)
    path = stage.result
    unseen = await sent(supervisor, f"{path}/sign", digest="0" * 64)
    taken_back = await sent(supervisor, f"{path}/withdraw")
    proposed = await sent(organizer, propose)
    hidden = await visitor.get(path)
    assert f"{path}/sign" not in (await page(organizer, path)).links
    own = await sent(organizer, f"{path}/sign")
    signed = await sent(supervisor, f"{path}/sign")
    shown = await page(visitor, path)

    assert unseen.status_code == 422 and 'role="alert"' in unseen.text
    assert taken_back.headers["location"] == f"{path}?said=withdraw"
    assert (await supervisor.get(f"{path}/erase")).status_code == 404
    assert first.headers["location"] == proposed.headers["location"] == f"{path}?said=propose"
    assert hidden.status_code == 404 and own.status_code == 422
    assert signed.headers["location"] == f"{path}?said=sign"
    assert path in (await page(visitor, stage.competition)).links
    assert re.findall(r"<strong>(\d) ", shown.html) == ["1", "2", "3"]
    assert f"{path}/withdraw" not in (await page(supervisor, path)).links


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_an_objection_is_filed_seated_and_voted_on_and_freezes_the_result(
    announced: Stage, language: str
) -> None:
    stage = announced
    path, entry = stage.result, to_global_id("Entry", stage.judged.entries["A"])
    filer, organizer, stranger, visitor = [
        await stage.pages.browser(each, language) for each in (rep("A"), ORGANIZER, PASSER_BY, "")
    ]
    new = f"{path}/objections/new?entry={entry}"
    assert new in (await page(filer, path)).links and new not in (await page(visitor, path)).links
    fields = (await page(filer, new)).form("/objections/new")
    nothing_chosen = await filer.post(f"{path}/objections/new", data={**fields, "statement": "计时有误。"})
    filed = await filer.post(
        f"{path}/objections/new", data={**fields, "ground": "PROCEDURE", "statement": "<script>alert(1)</script>"}
    )
    objection = filed.headers["location"].partition("?")[0]
    shown = await page(filer, objection)
    frozen = await page(await stage.pages.browser("", "en"), path)
    seated = await sent(organizer, f"{objection}/seat")
    assert seated.status_code == 303, seated.text
    about = stage.judged.result(ORGANIZER)["id"]
    seats = stage.judged.ask("objections", ORGANIZER, result_id=about, first=10)["nodes"][0]["seats"]
    arbitrators = [await stage.pages.browser(seat["person"], language) for seat in seats]
    unsaid = await sent(arbitrators[0], f"{objection}/vote", vote="", reason="已核实。")
    votes = [await sent(each, f"{objection}/vote", vote="dismiss", reason="已核实。") for each in arbitrators[:2]]

    assert nothing_chosen.status_code == unsaid.status_code == 422
    assert "An objection is being decided" in frozen.text and "<strong>1 " not in frozen.html
    assert "<script>alert" not in shown.html and "<script>alert(1)" in shown.text
    assert f"{objection}/vote" not in shown.links and f"{objection}/withdraw" in shown.links
    assert {each.status_code for each in votes} == {303}
    assert (await page(await stage.pages.browser(rep("A"), "en"), objection)).text.count("Dismissed") == 1
    assert objection in (await page(filer, "/objections")).links
    assert (await stranger.get(objection)).status_code in (403, 404)
    assert (await visitor.get(objection)).headers["location"].startswith("/sign-in")


async def test_who_has_no_part_is_refused_in_words(announced: Stage) -> None:
    stage = announced
    browser, path = await stage.pages.browser(PASSER_BY, "en"), stage.result
    entry = to_global_id("Entry", stage.judged.entries["A"])
    given = {"key": new_id(), "ground": "PROCEDURE", "statement": "计时有误。", "entry": entry}
    refused = await browser.post(f"{path}/objections/new", data=given)

    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert stage.judged.result("")["status"] == "announced"
