"""Tokens and offices on a whole hub: what a stolen token, and one person of the hub office alone, cannot do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from contracts.authority import Role, Scope
from gateway.protocol.websocket import PROTOCOL
from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.signing_key import signing_key
from hub.embedded import EmbeddedHub
from hub.run import embedded_app
from hub.services import all_services
from hub.settings import read_settings
from kit.clock import MovableClock
from kit.ids import new_id
from kit.viewer import SYSTEM
from services.alliances.authority.roles.commands import grant_role
from services.alliances.authority.sessions.commands import end_sessions
from tests.databases.ground import hub_of
from tests.gateway.protocol.tiny_gateway import served
from tests.services.service_hub import eventually

PATIENCE = 60  # seconds
END = "mutation($input: EndSessionsInput!) { endSessions(input: $input) { problems { code } } }"
GRANT = "mutation($input: GrantRoleInput!) { grantRole(input: $input) { problems { code } } }"
WHO = "{ viewer { id } }"
MINUTE = timedelta(minutes=1)


class Front:
    """The gateway of an embedded hub, and tokens of the hub's own."""

    def __init__(self, url: str, clock: MovableClock, home: Path) -> None:
        self.url, self.clock = url, clock
        self._tokens = OwnTokens(signing_key(home))

    def token(self, person: str, *, at: datetime | None = None, lifetime: timedelta = 60 * MINUTE) -> dict[str, str]:
        """One that was issued a minute ago, or at that moment."""
        now = at or self.clock.now() - MINUTE
        issued = self._tokens.issue(person, name=None, email=None, lifetime=lifetime, now=now)
        return {"Authorization": f"Bearer {issued}"}

    def ask(self, document: str, token: dict[str, str], **given: Any) -> Any:
        return httpx.post(self.url, json={"query": document, "variables": {"input": given}}, headers=token, timeout=60)

    def codes(self, document: str, token: dict[str, str], **given: Any) -> list[str]:
        [payload] = self.ask(document, token, **given).json()["data"].values()
        return [problem["code"] for problem in payload["problems"]]

    def status(self, token: dict[str, str]) -> int:
        return int(self.ask(WHO, token).status_code)


@pytest.fixture
def hub_and_clock(home: Path) -> tuple[EmbeddedHub, MovableClock]:
    clock = MovableClock()
    hub = hub_of(all_services(), clock, replace(read_settings(), demo=False))
    hub.start()
    with hub.runtimes["alliances"].database.transaction() as session:
        grant_role(session, person="office", role=Role.HUB_OFFICE, scope=Scope.hub())
    return hub, clock


@pytest.fixture
def front(hub_and_clock: tuple[EmbeddedHub, MovableClock], home: Path) -> Iterator[Front]:
    hub, clock = hub_and_clock
    with served(embedded_app(replace(read_settings(), demo=False), hub, clock), "on") as url:
        yield Front(url, clock, home)


@contextmanager
def socket(front: Front, token: dict[str, str]) -> Iterator[ClientConnection]:
    with connect(front.url.replace("http", "ws", 1), subprotocols=[PROTOCOL]) as opened:
        opened.send(json.dumps({"type": "connection_init", "payload": token}))
        assert json.loads(opened.recv(PATIENCE))["type"] == "connection_ack"
        yield opened


def test_ended_sessions_are_refused_at_once_and_open_sockets_closed(front: Front) -> None:
    stolen, bobs = front.token("ann"), front.token("bob")
    with socket(front, stolen) as opened, socket(front, bobs) as others:
        assert front.codes(END, front.token("office"), person="ann") == []
        with pytest.raises(ConnectionClosed):
            opened.recv(PATIENCE)
        others.send('{"type": "ping"}')
        assert json.loads(others.recv(PATIENCE)) == {"type": "pong"}

    assert (opened.close_code, opened.close_reason) == (4403, "Forbidden: sessions ended")
    assert (front.status(stolen), front.status(bobs)) == (401, 200)
    assert front.status(front.token("ann", at=front.clock.now() + timedelta(seconds=2))) == 200


def test_a_gateway_that_starts_later_knows_whose_sessions_were_ended(
    hub_and_clock: tuple[EmbeddedHub, MovableClock], home: Path
) -> None:
    hub, clock = hub_and_clock
    with hub.runtimes["alliances"].database.transaction() as session:
        end_sessions(session, person="ann")
    hub.settle(PATIENCE)

    with served(embedded_app(replace(read_settings(), demo=False), hub, clock), "on") as url:
        front = Front(url, clock, home)
        eventually(lambda: front.status(front.token("ann")) == 401)
        assert front.status(front.token("bob")) == 200


@pytest.mark.parametrize("subject", [SYSTEM.id, "System:hub", "system:anything", "system\uff1ahub"])
def test_nobody_signs_in_as_the_hub_itself(front: Front, subject: str) -> None:
    assert front.status(front.token(subject)) == 401


def test_a_token_that_lives_too_long_is_refused(front: Front) -> None:
    assert front.status(front.token("ann", lifetime=timedelta(hours=12))) == 200
    assert front.status(front.token("ann", lifetime=timedelta(hours=12, seconds=1))) == 401


def test_one_of_the_hub_office_alone_makes_nobody_hub_office(front: Front) -> None:
    given = {"person": "friend", "role": "HUB_OFFICE", "scopeType": "HUB", "scopeId": "hub"}

    assert front.codes(GRANT, front.token("office"), **given) == ["OFFICE_TAKES_TWO"]


def test_no_role_is_given_to_the_hub_itself(front: Front) -> None:
    given = {"person": SYSTEM.id, "role": "SUPERVISOR", "scopeType": "EVENT", "scopeId": new_id()}

    assert front.codes(GRANT, front.token("office"), **given) == ["INVALID"]
