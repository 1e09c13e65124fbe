"""Live: everybody hears what is theirs, however much passes by for others; who falls behind is told so."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from contracts.notify.notices import NoticeIssued
from gateway.live import LONGEST_QUEUE, Live
from gateway.protocol.faults import Fault
from kit.wire.envelope import Envelope
from tests.gateway.live_messages import issued
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

RECEIVED = "subscription { noticeReceived { id } }"
TEXTS = {
    "en": "You have missed some notices; subscribe again, without `since`, and ask for `notices`",
    "zh-CN": "部分通知未能送达；请重新订阅（不带 since），并查询 notices 补看",
}


async def test_a_wide_telling_does_not_drop_ones_own() -> None:
    services = ScriptedServices()
    listener = Live(services, (NoticeIssued.type,)).listen(NoticeIssued, "ann")
    own = issued("ann")

    services.pass_by(*(issued(f"person {number}") for number in range(2 * LONGEST_QUEUE)), own)

    assert (await listener.__anext__()).message.notice_id == own.subject_id


async def test_two_pages_of_one_person_both_hear_and_one_closed_hears_no_more() -> None:
    services = ScriptedServices()
    live = Live(services, (NoticeIssued.type,))
    pages = [live.listen(NoticeIssued, "ann") for _ in range(3)]
    await pages.pop().aclose()
    own = issued("ann")

    services.pass_by(own)

    assert [(await page.__anext__()).message.notice_id for page in pages] == [own.subject_id] * 2
    for page in pages:
        await page.aclose()
    assert live._listeners == {}


async def test_who_watches_two_things_counts_until_both_are_left_and_leaving_again_counts_nothing() -> None:
    live = Live(ScriptedServices(), (NoticeIssued.type,), 2)
    one, other = (live.watch((NoticeIssued,), about, "ann") for about in "ab")
    with pytest.raises(Fault) as told:
        live.watch((NoticeIssued,), "c", "ann")
    assert told.value.code == "TOO_MANY_SUBSCRIPTIONS"

    for _ in range(2):
        one.leave()
    assert live._watching == {"ann": 1}
    other.leave()
    assert (dict(live._watching), live._watchers) == ({}, {})


@pytest.mark.parametrize(
    "data", [{}, {"recipient": None}, {"recipient": ["ann"]}, {"recipient": "ann"}, {"recipient": "ann", "rule": 7}]
)
async def test_what_does_not_fit_its_type_is_passed_over_and_the_next_is_heard(data: dict[str, Any]) -> None:
    services = ScriptedServices()
    listener = Live(services, (NoticeIssued.type,)).listen(NoticeIssued, "ann")
    own = issued("ann")

    services.pass_by(issued("ann", data=data), own)

    assert (await listener.__anext__()).message.notice_id == own.subject_id


async def test_a_listener_that_falls_behind_is_told_so_and_others_go_on() -> None:
    services = ScriptedServices()
    live = Live(services, (NoticeIssued.type,))
    slow, other = live.listen(NoticeIssued, "ann"), live.listen(NoticeIssued, "bob")

    services.pass_by(*_for("ann", LONGEST_QUEUE + 1), issued("bob"))

    with pytest.raises(Fault) as told:
        await slow.__anext__()
    assert told.value.code == "FELL_BEHIND"
    assert (await other.__anext__()).message.recipient == "bob"


async def test_a_listener_just_not_behind_hears_all() -> None:
    services = ScriptedServices()
    listener = Live(services, (NoticeIssued.type,)).listen(NoticeIssued, "ann")
    told = _for("ann", LONGEST_QUEUE)

    services.pass_by(*told)

    heard = [(await listener.__anext__()).message.notice_id for _ in told]
    assert heard == [envelope.subject_id for envelope in told]


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
async def test_a_subscription_that_falls_behind_ends_with_what_to_do(locale: Any) -> None:
    services = ScriptedServices(notify__notices_by_id=lambda request: [{"id": request.arguments["ids"][0]}])
    answers = ScriptedGateway(services, "ann", locale).answers(RECEIVED)
    coming = asyncio.ensure_future(anext(answers))
    await asyncio.sleep(0)  # it listens

    services.pass_by(*_for("ann", LONGEST_QUEUE + 2))

    await coming
    with pytest.raises(Fault) as told:
        await anext(answers)
    assert told.value.text(locale) == TEXTS[locale]


def _for(person: str, number: int) -> list[Envelope]:
    return [issued(person) for _ in range(number)]
