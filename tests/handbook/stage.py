"""Stage of the play: a running hub, people who ask it by the queries of the handbook, and a clock that the test moves."""

from __future__ import annotations

import base64
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from httpx import Response

from kit.clock import in_china
from kit.ids import new_id
from tests.handbook.pages import Carried
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

EVENTUAL = {"NOT_ALLOWED", "ORGANIZATION_UNKNOWN", "ORGANIZATIONS_UNKNOWN"}
"""What a service says until the message about a role or an organisation has reached it."""
WAITING = EVENTUAL | {"STILL_RUNNING"}
PATIENCE = 60
MORNING = 9  # o'clock in China


class Play:
    """Everybody asks by the name of a query in docs/<page>.md; `problems` are a failure unless they are asked for.

    It begins on the next morning, whatever the time is: no day ends while it is played.
    """

    def __init__(self, hub: RunningHub, page: str) -> None:
        self.hub = hub
        self.carried = Carried(page)
        self.figures: Counter[str] = Counter()
        self._clients: dict[str, Client] = {}
        self._began = time.perf_counter()
        now = in_china(self.now)
        morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        self.wait_for(morning if morning > now else morning + timedelta(days=1))

    def client(self, person: str) -> Client:
        if person not in self._clients:
            self._clients[person] = Client(self.hub, person or None)
        return self._clients[person]

    def ask(self, query: str, person: str, /, **variables: Any) -> Any:
        """The only field of a query's answer."""
        data = self.client(person).ask(self.carried.document(query), **variables)
        return next(iter(data.values()))

    def do(self, query: str, person: str, /, **input_: Any) -> Any:
        """The payload of a mutation that is done, once what it rests on has reached its service.

        Where it goes on as a job, the same key asks for its outcome, as the handbook says.
        """
        deadline = time.monotonic() + PATIENCE
        given = {**input_, "idempotencyKey": new_id()}
        payload = self.ask(query, person, input=given)
        while (said := {problem["code"] for problem in payload["problems"]}) & WAITING and time.monotonic() < deadline:
            time.sleep(0.05)
            if said & EVENTUAL:
                given["idempotencyKey"] = new_id()
            payload = self.ask(query, person, input=given)
        assert payload["problems"] == [], (query, person, payload["problems"])
        return payload

    def refused(self, query: str, person: str, /, **input_: Any) -> list[str]:
        """The codes of the problems of a mutation that is not done."""
        payload = self.ask(query, person, input=input_)
        assert payload["problems"], (query, person)
        return [problem["code"] for problem in payload["problems"]]

    def pages(self, query: str, person: str, /, **variables: Any) -> list[Any]:
        """All nodes of a list, page by page."""
        nodes: list[Any] = []
        after = None
        while True:
            page = self.ask(query, person, after=after, **variables)
            nodes += page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return nodes
            after = page["pageInfo"]["endCursor"]

    def http(
        self, method: str, person: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> Response:
        """A request to the gateway beside GraphQL, which is answered; an empty `person` shows no token."""
        token = {"Authorization": f"Bearer {self.hub.token(person)}"} if person else {}
        address = self.hub.url.removesuffix("/graphql") + path
        answer = self.hub.http.request(method, address, headers={**(headers or {}), **token}, **more)
        assert answer.status_code < 300, (path, answer.status_code, answer.text[:500])
        return answer

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.hub.clock_file.read_text()))

    @property
    def today(self) -> date:
        """The day in China, which is the hub's."""
        return in_china(self.now).date()

    def wait_for(self, moment: datetime) -> None:
        """Move the clock to just behind a moment; whoever asks then has signed in anew."""
        self.hub.move_clock(max(0.0, (moment - self.now).total_seconds() + 1))
        self._clients.clear()

    def until(self, holds: Callable[[], Any], otherwise: str) -> Any:
        return wait_until(holds, PATIENCE, otherwise)

    def seconds(self) -> float:
        return time.perf_counter() - self._began


def plain(global_id: str) -> str:
    """The plain id within an opaque one, for `scopeId`."""
    return base64.urlsafe_b64decode(global_id).decode().partition(":")[2]
