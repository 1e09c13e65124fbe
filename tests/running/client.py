"""Client: asks a running hub through GraphQL as one person, as an independent frontend would."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import connect

from kit.ids import new_id
from tests.running.processes import RunningHub

LONGEST = 60.0  # seconds for which a job, or a word on a socket, is waited for


class Client:
    """One person (None: a visitor) in front of one hub."""

    def __init__(self, hub: RunningHub, persona: str | None = None, language: str = "en") -> None:
        self._hub = hub
        self._headers = {"Accept-Language": language, "Accept": "application/graphql-response+json"}
        self._token = hub.token(persona) if persona else None
        if self._token:
            self._headers["Authorization"] = f"Bearer {self._token}"

    def answer(self, document: str, *, url: str = "", **variables: Any) -> dict[str, Any]:
        """The whole GraphQL response, from the gateway at `url` if that is given."""
        response = self._hub.http.post(
            url or self._hub.url, json={"query": document, "variables": variables}, headers=self._headers
        )
        body: dict[str, Any] = response.json()
        return body

    def ask(self, document: str, **variables: Any) -> Any:
        """The data of a response without errors."""
        body = self.answer(document, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    def do(self, mutation: str, returning: str = "", **input_: Any) -> Any:
        """The payload of a mutation that was not refused, with the fields `returning`."""
        payload = self.payload(mutation, returning, **input_)
        assert payload["problems"] == [], payload["problems"]
        return payload

    def payload(self, mutation: str, returning: str = "", **input_: Any) -> Any:
        """The payload of a mutation, whatever it says; what goes on as a job is asked for again until it has ended."""
        input_.setdefault("idempotencyKey", new_id())
        name = mutation[0].upper() + mutation[1:]
        document = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {returning} problems {{ code field }} }} }}"
        until = time.monotonic() + LONGEST
        while True:
            payload = self.ask(document, input=input_)[mutation]
            if [problem["code"] for problem in payload["problems"]] != ["STILL_RUNNING"] or time.monotonic() > until:
                return payload

    @contextmanager
    def subscription(self, document: str, **variables: Any) -> Iterator[Iterator[Any]]:
        """The data of each event of a subscription over graphql-transport-ws."""
        address = self._hub.url.replace("http", "ws", 1)
        with connect(address, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
            payload = {"Authorization": f"Bearer {self._token}"} if self._token else {}
            socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert json.loads(socket.recv(LONGEST))["type"] == "connection_ack"
            socket.send(
                json.dumps({"type": "subscribe", "id": "1", "payload": {"query": document, "variables": variables}})
            )
            yield self._events(socket)

    def _events(self, socket: Any) -> Iterator[Any]:
        while True:
            message = json.loads(socket.recv(LONGEST))
            if message["type"] == "ping":
                continue
            assert message["type"] == "next", message
            yield message["payload"]["data"]
