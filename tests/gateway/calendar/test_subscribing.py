"""Subscribing: a calendar at its address, again only when something has changed, and nothing for who has no address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import vobject

from tests.gateway.on_events import OnEvents, global_id
from tests.services.events.competitions.competing import ORGANIZER, drafted
from tests.services.events.fixtures.contesting import FIRST_DAY, fixtures, scheduled, venues

NOWHERE = "01990000-0000-7000-8000-000000000001"


def the_calendar(gateway: OnEvents) -> str:
    competition_id = gateway.events.ask("competitions")["nodes"][0]["id"]
    return f"/calendar/competitions/{global_id('Competition', competition_id)}.ics"


def events_in(text: str) -> dict[str, Any]:
    calendar = vobject.readOne(text)
    assert calendar.validate(raiseException=True)
    return {event.uid.value: event for event in calendar.vevent_list}


async def test_the_calendar_of_a_competition_is_public_and_valid(gateway: OnEvents) -> None:
    scheduled(gateway.events, teams=4)

    answer = await gateway.get(the_calendar(gateway))

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["content-language"] == "zh-CN" and "accept-language" in answer.headers["vary"]
    found = events_in(answer.text)
    assert len(found) == 1 + 6 + 1
    match = next(event for uid, event in found.items() if uid.startswith("fixture"))
    assert match.summary.value.startswith("男子足球第") and match.location.value.endswith("号场")
    assert match.url.value.endswith(the_calendar(gateway))


async def test_what_was_fetched_is_not_sent_again_until_it_changes(gateway: OnEvents) -> None:
    stage_id = scheduled(gateway.events, teams=4)
    address = the_calendar(gateway)
    first = await gateway.get(address)
    tag = first.headers["etag"]

    for known in (tag, f'"other", W/{tag}', "*"):
        again = await gateway.get(address, if_none_match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await gateway.get(address, if_none_match='"other"')).status_code == 200
    assert (await gateway.get(address)).content == first.content
    english = await gateway.get(address, language="en", if_none_match=tag)
    assert (english.status_code, english.headers["content-language"]) == (200, "en")

    fixture = fixtures(gateway.events, stage_id)[0]
    gateway.events.clock.advance(timedelta(hours=1))
    moved_to = (FIRST_DAY - timedelta(days=1)).isoformat()
    gateway.events.ask(
        "move_fixture", ORGANIZER, fixture_id=fixture["id"], starts_at=moved_to, venue=venues(1)[0], reason="改期"
    )
    after = await gateway.get(address, if_none_match=tag)

    uid = f"fixture-{fixture['id']}@events.delta-hub"
    before, moved = events_in(first.text)[uid], events_in(after.text)[uid]
    assert after.status_code == 200
    assert int(moved.sequence.value) == int(before.sequence.value) + 1
    assert moved.dtstart.value == FIRST_DAY - timedelta(days=1)
    assert moved.last_modified.value > before.last_modified.value

    gateway.events.ask("cancel_fixture", ORGANIZER, fixture_id=fixture["id"], reason="天气")
    cancelled = events_in((await gateway.get(address)).text)[uid]
    assert (cancelled.status.value, int(cancelled.sequence.value)) == ("CANCELLED", int(moved.sequence.value) + 1)


async def test_the_language_can_stand_in_the_address(gateway: OnEvents) -> None:
    scheduled(gateway.events, teams=2, mode="groups")

    answer = await gateway.get(f"{the_calendar(gateway)}?language=en", language="zh-CN")

    assert answer.headers["content-language"] == "en"
    assert "Football\\, fixture 1: " in answer.text.replace("\r\n ", "")


@pytest.mark.parametrize("id_", ["x", "", "%00", "..", global_id("Track", NOWHERE), global_id("Competition", NOWHERE)])
async def test_no_calendar_is_found_where_there_is_none(gateway: OnEvents, id_: str) -> None:
    answer = await gateway.get(f"/calendar/competitions/{id_}.ics")

    assert answer.status_code == 404


async def test_a_draft_is_not_found_even_by_its_organizer(gateway: OnEvents) -> None:
    draft = drafted(gateway.events)

    answer = await gateway.get(f"/calendar/competitions/{global_id('Competition', draft['id'])}.ics", ORGANIZER)

    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


async def test_a_person_subscribes_by_an_address_that_they_can_renew(gateway: OnEvents) -> None:
    scheduled(gateway.events, teams=4, group_size=2, advance=1)
    renew = "mutation { renewMyCalendar(input: {}) { myCalendar { url renewedAt } problems { code } } }"
    mine = "{ myCalendar { url } }"
    assert await gateway.graph(mine, "teacher-0") == {"myCalendar": None}

    renewed = (await gateway.graph(renew, "teacher-0"))["renewMyCalendar"]
    url = renewed["myCalendar"]["url"]
    answer = await gateway.get(url.removeprefix(url[: url.index("/calendar")]))

    assert renewed["problems"] == []
    assert (await gateway.graph(mine, "teacher-0"))["myCalendar"]["url"] == url
    assert answer.headers["cache-control"] == "private, no-cache"
    assert sorted(uid.partition("-")[0] for uid in events_in(answer.text)) == ["entries", "fixture"]
    assert "X-WR-CALNAME:我的赛事日历" in answer.text
    await gateway.graph(renew, "teacher-0")
    gone = await gateway.get(url.removeprefix(url[: url.index("/calendar")]))
    assert (gone.status_code, gone.json()["code"]) == (404, "NOT_FOUND")


async def test_an_address_that_nobody_has_is_not_found(gateway: OnEvents) -> None:
    for secret in ("x" * 43, "a b", "x" * 101):
        answer = await gateway.get(f"/calendar/people/{secret}.ics")
        assert answer.status_code in {400, 404}
    assert (await gateway.graph("mutation { renewMyCalendar(input: {}) { problems { code } } }"))[
        "renewMyCalendar"
    ] == {"problems": [{"code": "SIGN_IN_REQUIRED"}]}
