"""Watching: pages are told how a thing stands, at once and whenever it has changed, for as long as they may know it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from graphql import ExecutionResult, parse, subscribe

from contracts.authority import Role, Scope
from contracts.events.admission.waiting import OfferLapsed, WaitingEnded
from contracts.events.judging.judges import JudgeReplaced, WorksHandedOn
from contracts.events.judging.scoring import SheetSaved
from gateway.app import LIVE
from gateway.context import Context
from gateway.graph.watching import changes
from gateway.graph.watching.subscriptions import ENTRIES as ENTRY_KINDS
from gateway.graph.watching.subscriptions import SHEETS
from gateway.live import Live
from gateway.protocol.faults import Fault
from gateway.rpc import Refused, Rpc
from gateway.schema import graphql_schema
from gateway.viewer import Identity
from gateway.watching import Watcher
from kit.context import Context as CallContext
from kit.viewer import Viewer
from kit.wire.request import Payload, Request
from tests.gateway.live_messages import issued
from tests.gateway.on_events import OnEvents, global_id
from tests.handbook.pages import operations
from tests.services.events.competitions.competing import ORGANIZER, opened
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.scoring.judging import Judging

ENTRIES, JUDGING, PLACES, AGENDA = "WatchEntries", "WatchJudging", "WatchPlaces", "WatchAgenda"


class Pages:
    """Opens subscriptions of the handbook, each of which listens already when it is given."""

    def __init__(self, gateway: OnEvents) -> None:
        self.live = Live(gateway.wire, LIVE, 2)
        self._wire = gateway.wire

    async def open(self, name: str, viewer: str, **variables: Any) -> Any:
        called = CallContext(Viewer(viewer), "en")
        context = Context(Identity(viewer) if viewer else None, "en", Rpc(self._wire, called, 60), self.live, "one")
        document = parse(operations("frontends")[name])
        return await subscribe(graphql_schema(), document, context_value=context, variable_values=variables)

    @asynccontextmanager
    async def watching(self, name: str, viewer: str, **variables: Any) -> AsyncIterator[Any]:
        stream = await self.open(name, viewer, **variables)
        assert not isinstance(stream, ExecutionResult), stream.errors
        try:
            yield stream
        finally:
            await stream.aclose()


@pytest_asyncio.fixture
async def pages(gateway: OnEvents, monkeypatch: pytest.MonkeyPatch) -> Pages:
    for name in ("LEAST", "QUIET"):
        monkeypatch.setattr(changes, name, 0.02)
    return Pages(gateway)


async def told(stream: Any) -> dict[str, Any]:
    """What comes next; it may be told more than once on the way to how things stand in the end."""
    result = await asyncio.wait_for(anext(stream), 60)
    assert result.errors is None, result.errors
    return dict(next(iter(result.data.values())))


async def until(stream: Any, name: str, value: Any) -> dict[str, Any]:
    while (state := await told(stream))[name] != value:
        pass
    return state


def enter(events: EventsHub, track_id: str, organization: str, name: str) -> str:
    given = {"track_id": track_id, "organization_id": organization, "contestant": name, "wait_if_full": True}
    return str(events.ask("submit_entry", **given)["id"])


async def test_entries_and_places_are_told_at_once_and_as_they_come(events: EventsHub, pages: Pages) -> None:
    track_id = opened(events)
    competition = events.ask("tracks_by_id", ids=[track_id])[0]["competition_id"]
    ours = events.organization()
    entries = pages.watching(ENTRIES, ORGANIZER, competition=global_id("Competition", competition))
    places = pages.watching(PLACES, "somebody", track=global_id("Track", track_id))

    async with entries as counted, places as moved:
        assert (await told(counted))["entered"] == 0
        assert {each["taken"] for each in (await told(moved))["quotas"]} == {0}
        entry, *_ = [await asyncio.to_thread(enter, events, track_id, ours, name) for name in "甲乙丙"]
        state = await until(counted, "entered", 2)
        while state["waiting"] != 1:
            state = await told(counted)
        assert [each["region"]["code"] for each in state["provinces"]] == ["310000"]
        while max(each["taken"] for each in (await told(moved))["quotas"]) != 2:
            pass
        await asyncio.to_thread(events.ask, "withdraw_entry", entry_id=entry)
        assert (await until(counted, "waiting", 0))["id"] != state["id"]


async def test_after_a_break_what_stands_otherwise_is_told_and_nothing_else(events: EventsHub, pages: Pages) -> None:
    track_id = opened(events)
    competition = global_id("Competition", events.ask("tracks_by_id", ids=[track_id])[0]["competition_id"])
    async with pages.watching(ENTRIES, ORGANIZER, competition=competition) as stream:
        last = await told(stream)

    async with pages.watching(ENTRIES, ORGANIZER, competition=competition, since=last["id"]) as stream:
        coming = asyncio.ensure_future(told(stream))
        await asyncio.to_thread(enter, events, track_id, events.organization(), "甲")
        first = await coming
    assert (first["entered"], first["id"] != last["id"]) == (1, True)

    await asyncio.to_thread(enter, events, track_id, events.organization(), "乙")
    async with pages.watching(ENTRIES, ORGANIZER, competition=competition, since=first["id"]) as stream:
        assert (await told(stream))["entered"] == 2


async def test_judging_is_told_as_sheets_are_handed_in(events: EventsHub, pages: Pages) -> None:
    judging = Judging(events)
    async with pages.watching(JUDGING, ORGANIZER, stage=global_id("Stage", judging.stage_id)) as stream:
        assert {seat["submitted"] for seat in (await told(stream))["progress"]["seats"]} == {0}
        await asyncio.to_thread(judging.submit, "judge-1", judging.my_sheets()[0]["id"], "40", "20")
        while max(seat["submitted"] for seat in (await told(stream))["progress"]["seats"]) != 1:
            pass


async def test_a_right_that_ends_takes_the_subscription_with_it(events: EventsHub, pages: Pages) -> None:
    track_id = opened(events)
    competition = events.ask("tracks_by_id", ids=[track_id])[0]
    series = events.ask("competitions_by_id", ids=[competition["competition_id"]])[0]["series"]["id"]
    held = events.grant("helper", Role.ORGANIZER, Scope.event(series))
    competition_id = global_id("Competition", competition["competition_id"])

    async with pages.watching(ENTRIES, "helper", competition=competition_id) as stream:
        await told(stream)
        await asyncio.to_thread(events.revoke, held)
        with pytest.raises(Refused, match="NOT_ALLOWED"):
            await asyncio.wait_for(anext(stream), 60)
    assert pages.live._watchers == {} and not pages.live._watching


async def test_the_agenda_is_told_of_when_it_has_changed_and_not_while_a_service_is_away(
    gateway: OnEvents, pages: Pages
) -> None:
    due, away, looked = ["2027-01-01T00:00:00+00:00"], [False], asyncio.Event()

    def instead(request: Request) -> Payload | None:
        if away[0]:
            looked.set()
            return None  # alliances and projects do not run here
        nodes = [{"kind": "milestone", "subject_id": "1", "due_at": each, "done": False} for each in due]
        page = {"nodes": nodes, "cursors": ["c"] * len(nodes), "has_next": False}
        return {"result": page if request.arguments["undone"] else None, "error": None}

    gateway.wire.instead = instead
    async with pages.watching(AGENDA, "somebody") as stream:
        first = await told(stream)
        assert first["nextDueAt"].startswith("2027-01-01")
        coming, away[0] = asyncio.ensure_future(told(stream)), True
        pages.live._hear(issued("somebody"))
        await asyncio.wait_for(looked.wait(), 60)
        assert not coming.done()
        due.clear()
        away[0] = False
        pages.live._hear(issued("somebody"))
        assert (await coming)["nextDueAt"] is None
    async with pages.watching(AGENDA, "somebody", since=first["id"]) as stream:
        assert (await told(stream))["nextDueAt"] is None


async def test_a_page_that_hears_nothing_asks_ever_more_rarely_and_no_two_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pauses of a page that is woken once, without their spread: from a few seconds to a minute, and anew."""
    monkeypatch.setattr(changes, "LEAST", 0)
    pauses: list[float] = []

    class Heard(Watcher):
        async def within(self, seconds: float) -> bool:
            pauses.append(seconds)
            return len(pauses) == 6

    async def look() -> dict[str, Any]:
        return {"entered": 1 if len(pauses) == 8 else 0}

    before = changes._numbered(await look())
    coming = changes.Changes(Heard(lambda: None), look, before, before["id"])
    assert (await anext(coming))["entered"] == 1

    plain = [5, 10, 20, 40, 60, 60, 5, 10]
    assert all(each <= pause <= changes.SPREAD * each for each, pause in zip(plain, pauses, strict=True))
    assert len({pause / each for each, pause in zip(plain, pauses, strict=True)}) > 1


def test_all_that_moves_what_a_page_shows_wakes_it() -> None:
    assert {WaitingEnded, OfferLapsed} < set(ENTRY_KINDS)
    assert {SheetSaved, JudgeReplaced, WorksHandedOn} < set(SHEETS)
    assert {kind.type for kind in (*ENTRY_KINDS, *SHEETS)} < set(LIVE)


@pytest.mark.parametrize(("viewer", "code"), [("somebody", "NOT_ALLOWED"), ("", "SIGN_IN_REQUIRED")])
async def test_who_may_not_know_is_refused_at_the_start(
    events: EventsHub, pages: Pages, viewer: str, code: str
) -> None:
    competition = events.ask("tracks_by_id", ids=[opened(events)])[0]["competition_id"]

    refused = await pages.open(ENTRIES, viewer, competition=global_id("Competition", competition))

    assert [str(error.original_error) for error in refused.errors] == [code]
    assert pages.live._watchers == {} and not pages.live._watching


async def test_one_person_watches_so_many_things_and_no_more(events: EventsHub, pages: Pages) -> None:
    track = global_id("Track", opened(events))
    async with pages.watching(PLACES, "somebody", track=track), pages.watching(PLACES, "somebody", track=track):
        [error] = (await pages.open(PLACES, "somebody", track=track)).errors
        assert isinstance(error, Fault) or isinstance(error.original_error, Fault)
        async with pages.watching(PLACES, "another", track=track) as stream:
            await told(stream)
    async with pages.watching(PLACES, "somebody", track=track) as stream:
        await told(stream)
        await stream.aclose()
    assert pages.live._watchers == {} and not pages.live._watching
