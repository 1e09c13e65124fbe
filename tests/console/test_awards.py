"""Awards in the console: given by the organisers, seen by everybody, with a certificate for those concerned; withdrawn by two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from gateway.graph.relay import to_global_id
from kit.ids import new_id
from tests.console.before import Before, before, page, sent
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.judging.motions.moving import SUPERVISOR
from tests.services.events.recognition.awards.awarding import Awarded, placed, rep

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class Stage:
    """A stage with a final result, and the pages before it."""

    awarded: Awarded
    pages: Before

    @property
    def competition(self) -> str:
        return f"/competitions/{to_global_id('Competition', self.awarded.competition_id)}"

    @property
    def grant(self) -> str:
        return f"/stages/{to_global_id('Stage', self.awarded.stage_id)}/grant"

    def award(self, prize: str) -> str:
        [found] = [each for each in self.awarded.awards(kind="entry") if each["prize"]["name_zh"] == prize]
        return f"/awards/{to_global_id('Award', found['id'])}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Its awards are given by the page for that."""
    async with before(tmp_path_factory) as pages:
        stage = Stage(placed(pages.events), pages)
        organizer = await pages.browser(ORGANIZER)
        assert stage.grant in (await page(organizer, f"{stage.competition}/awards")).links
        granted = await sent(organizer, stage.grant)
        assert granted.headers["location"] == f"{stage.competition}/awards?said=granted"
        yield stage


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_everybody_sees_the_awards_and_those_concerned_their_certificate(stage: Stage, language: str) -> None:
    path = f"{stage.competition}/awards"
    visitor, winner = [await stage.pages.browser(each, language) for each in ("", rep("a"))]
    seen, own, of_award = (
        await page(visitor, path),
        await page(winner, path),
        await page(visitor, stage.award("一等奖")),
    )
    certificates = [link for link in own.links if link.startswith("/certificates/")]

    assert stage.award("一等奖") in seen.links and stage.grant not in seen.links
    assert not [link for link in [*seen.links, *of_award.links] if link.startswith("/certificates/")]
    assert certificates and certificates[0] in (await page(winner, stage.award("一等奖"))).links
    assert (await visitor.get(f"{path}?kind=<b>")).status_code == 200
    for each in (seen, own, of_award):
        assert f'<html lang="{language}">' in each.html and each.html.count("<h1") == 1
        assert "style" not in each.attributes | each.tags


async def test_awards_are_given_by_the_organisers_alone_and_once(stage: Stage) -> None:
    stranger, organizer = [await stage.pages.browser(each, "en") for each in ("passer-by", ORGANIZER)]
    before_ = stage.awarded.awards()
    refused = await stranger.post(stage.grant, data={"key": new_id()})
    again = await sent(organizer, stage.grant)

    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert again.status_code == 303 and stage.awarded.awards() == before_


async def test_the_organisations_of_a_competition_get_theirs(stage: Stage) -> None:
    organizer = await stage.pages.browser(ORGANIZER)
    granted = await sent(organizer, f"{stage.competition}/grant")

    assert granted.headers["location"] == f"{stage.competition}/awards?said=granted"
    assert "/awards/" in " ".join((await page(organizer, f"{stage.competition}/awards?kind=ORGANIZATION")).links)


async def test_an_award_is_withdrawn_when_a_second_person_has_signed(stage: Stage) -> None:
    organizer, supervisor = [await stage.pages.browser(each, "en") for each in (ORGANIZER, SUPERVISOR)]
    visitor, stranger = [await stage.pages.browser(each, "en") for each in ("", "passer-by")]
    path, said = stage.award("二等奖"), {"ground": "MISCONDUCT", "reason": "<script>alert(1)</script>"}
    groundless = await sent(organizer, f"{path}/withdraw", reason="作品系抄袭。")
    moved = await sent(organizer, f"{path}/withdraw", **said)
    motion = moved.headers["location"].partition("?")[0]
    hidden = [await visitor.get(motion), await stranger.get(motion)]
    own = await page(organizer, motion)
    alone = await sent(organizer, f"{motion}/sign")
    unseen = await sent(supervisor, f"{motion}/sign", digest="0" * 64)
    still = await page(visitor, path)
    signed = await sent(supervisor, f"{motion}/sign")

    assert groundless.status_code == alone.status_code == unseen.status_code == 422
    assert [each.status_code for each in hidden] == [303, 404]
    assert f"{motion}/sign" not in own.links and f"{motion}/withdraw" in own.links and "<script>alert" not in own.html
    assert motion in (await page(supervisor, f"{stage.competition}/motions")).links
    assert "This award was withdrawn" not in still.text
    assert signed.headers["location"] == f"{motion}?said=sign"
    assert "This award was withdrawn" in (await page(await stage.pages.browser(rep("b"), "en"), path)).text


async def test_a_motion_is_taken_back_and_then_nothing_is_done(stage: Stage) -> None:
    organizer, path = await stage.pages.browser(ORGANIZER), stage.award("一等奖")
    moved = await sent(organizer, f"{path}/withdraw", ground="RENOUNCED", reason="获奖者放弃。")
    motion = moved.headers["location"].partition("?")[0]
    taken_back = await sent(organizer, f"{motion}/withdraw")

    assert taken_back.headers["location"] == f"{motion}?said=withdraw"
    assert f"{motion}/sign" not in (await page(organizer, motion)).links
    assert f"{path}/withdraw" in (await page(organizer, path)).links
