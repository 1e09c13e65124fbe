"""Competing: a gateway to speak to as a frontend does, and the steps that most tests take first."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import ASGITransport, AsyncClient

from contracts.authority import Role, Scope
from gateway.app import create_app
from gateway.viewer import Identity
from hub.embedded import EmbeddedWire
from hub.settings import read_settings
from kit.clock import MovableClock
from kit.context import Context
from kit.ids import new_id
from kit.viewer import SYSTEM
from kit.wire.request import Payload, Request
from services.alliances.authority.roles.commands import grant_role
from services.alliances.service import AlliancesService
from services.events.service import EventsService
from tests.databases.ground import hub_of

OFFICE = "hub-office"
EVENTUAL = {"NOT_ALLOWED", "ORGANIZATION_UNKNOWN", "ALLIANCE_UNKNOWN"}
"""What events says until the message about a grant, organisation or alliance has reached it."""


class CountingWire(EmbeddedWire):
    """Counts the calls that leave the gateway."""

    calls = 0

    async def send(self, service: str, request: Request) -> Payload:
        self.calls += 1
        return await super().send(service, request)


class Believing:
    """Takes the token for the id of a person; whether tokens hold is tested elsewhere."""

    async def verify(self, token: str) -> Identity:
        return Identity(token)


class Gateway:
    """Asks as `viewer` (empty: a visitor) in `language`."""

    def __init__(self, client: AsyncClient, wire: CountingWire, clock: MovableClock) -> None:
        self._client = client
        self._wire = wire
        self.clock = clock

    async def answer(self, document: str, viewer: str = "", language: str = "en", **variables: Any) -> dict[str, Any]:
        """The whole GraphQL response."""
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {viewer}"} if viewer else {})
        body = {"query": document, "variables": variables}
        response: dict[str, Any] = (await self._client.post("/graphql", json=body, headers=headers)).json()
        return response

    async def ask(self, document: str, viewer: str = "", language: str = "en", **variables: Any) -> Any:
        """The data of a response without errors."""
        response = await self.answer(document, viewer, language, **variables)
        assert "errors" not in response, response
        return response["data"]

    async def payload(
        self, mutation: str, returning: str, viewer: str, language: str = "en", **given: Any
    ) -> dict[str, Any]:
        """What a mutation answered, with its problems, once it goes on as a job no longer."""
        given.setdefault("idempotencyKey", new_id())
        form = f"{mutation[0].upper()}{mutation[1:]}Input"
        shown = f"{returning} problems {{ code field message }}"
        document = f"mutation($input: {form}!) {{ payload: {mutation}(input: $input) {{ {shown} }} }}"
        while True:
            payload: dict[str, Any] = (await self.ask(document, viewer, language, input=given))["payload"]
            if [problem["code"] for problem in payload["problems"]] != ["STILL_RUNNING"]:
                return payload

    async def do(self, mutation: str, returning: str, viewer: str = OFFICE, **given: Any) -> dict[str, Any]:
        """What a mutation answered that was not refused, once what it rests on has reached events.

        What was refused is asked for under a new key: an old one would give the old answer again.
        """
        deadline = time.monotonic() + 60
        payload = await self.payload(mutation, returning, viewer, **given)
        while {problem["code"] for problem in payload["problems"]} & EVENTUAL and time.monotonic() < deadline:
            payload = await self.payload(mutation, returning, viewer, **given)
        assert payload["problems"] == [], payload["problems"]
        return payload

    async def calls_for(self, document: str, viewer: str = "") -> int:
        """How many calls leave the gateway to answer this."""
        before = self._wire.calls
        await self.ask(document, viewer)
        return self._wire.calls - before


@asynccontextmanager
async def gateway_on() -> AsyncIterator[Gateway]:
    """A gateway on an embedded hub in HUB_HOME, where OFFICE is the hub office."""
    settings, clock = read_settings(), MovableClock()
    hub = hub_of([AlliancesService, EventsService], clock, settings)
    hub.start()
    with hub.runtimes["alliances"].database.transaction(Context(SYSTEM)) as session:
        grant_role(session, person=OFFICE, role=Role.HUB_OFFICE, scope=Scope.hub())
    wire = CountingWire(hub.broker)
    app = create_app(settings, wire, Believing(), lambda: {"ready": True}, clock=clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gateway") as client,
    ):
        yield Gateway(client, wire, clock)
    hub.stop()


async def registered(gateway: Gateway, name: str, representative: str, region: str = "340100") -> str:
    """The id of an organisation with its representative."""
    entry = {"kind": "UNIVERSITY", "region": region, "nameZh": f"{name}大学", "nameEn": f"{name} University"}
    given = await gateway.do("registerOrganization", "organization { id }", **entry, representative=representative)
    return str(given["organization"]["id"])


async def drafted(gateway: Gateway, name: str = "大赛", viewer: str = OFFICE, **facts: Any) -> dict[str, Any]:
    """A draft that takes entries as soon as it is published: one track, 2 places for Anhui and 1 for Shanghai."""
    now = datetime.now(UTC)
    quotas = [{"province": "340000", "places": 2}, {"province": "310000", "places": 1}]
    given = {
        "series": {"nameZh": name, "nameEn": f"{name} contest"},
        "number": 14,
        "hostRegion": "340100",
        "opensAt": (now - timedelta(days=1)).isoformat(),
        "closesAt": (now + timedelta(days=30)).isoformat(),
        "tracks": [{"nameZh": "小学组", "nameEn": "Primary", "quotas": quotas}],
        **facts,
    }
    given = {fact: value for fact, value in given.items() if value is not None}
    shown = "competition { id status series { id } tracks { id } }"
    competition: dict[str, Any] = (await gateway.do("draftCompetition", shown, viewer, **given))["competition"]
    return competition


async def published(gateway: Gateway, name: str = "大赛", **facts: Any) -> dict[str, Any]:
    draft = await drafted(gateway, name, **facts)
    await gateway.do("publishCompetition", "competition { status }", competitionId=draft["id"])
    return draft
