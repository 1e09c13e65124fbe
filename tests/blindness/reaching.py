"""Reaching: everything that somebody can get out of a hub: answers of the graph, files behind addresses, messages, log lines."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import openpyxl
import pytest
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import select
from starlette.routing import Route

import gateway.app
from contracts.events.exports.exports import ExportKind
from gateway.app import create_app
from gateway.graph.relay import to_global_id
from gateway.protocol.limits import Limits
from gateway.schema import graphql_schema
from hub.settings import read_settings
from kit.messages.outbox import OutboxRow
from tests.blindness.joins import Finding, Watch
from tests.blindness.judged import JudgedStage, WholeHub
from tests.blindness.walking import Pool, documents
from tests.gateway.graph.events.competitions.competing import Believing, CountingWire

BOUNDLESS = Limits(
    characters=10**7,
    tokens=10**6,
    depth=60,
    fields=10**6,
    aliases=10**5,
    comparisons=10**8,
    cost=10**12,
    cached=10**4,
    remembered=10**9,
)
BUDGETS = {
    "HUB_RPC_TIMEOUT": "60",
    "HUB_OPERATION_CALLS": "10000",
    "HUB_BUDGET_PERSON": "1000000000",
    "HUB_BUDGET_ADDRESS": "1000000000",
    "HUB_BUDGET_CLIENT": "1000000000",
    "HUB_BUDGET_SECONDS": "3600",
}
TEXT = ("text/", "application/json", "application/ld+json", "application/problem+json")
SHEET = "spreadsheetml"
ROUNDS = 6
"""Of asking, at most, while the answers show what was not known."""
KNOWN_ANYWAY = ("content-length",)
"""Whoever is given a file can count its bytes."""


class Reach:
    """What has been asked, what was answered, and every join that was found."""

    def __init__(self, client: AsyncClient, stage: JudgedStage, routes: list[Route]) -> None:
        self._client = client
        self._routes = routes
        self._watch: Watch = stage.watch
        self._fetched: set[tuple[str, str]] = set()
        self.pool = Pool(codes=tuple(sorted(self._watch.entry_of)[:2]))
        self.pool.ids["Stage"].setdefault(to_global_id("Stage", stage.stage_id))
        self.pool.ids["Competition"].setdefault(to_global_id("Competition", stage.competition_id))
        self.findings: list[Finding] = []
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.fetched: Counter[int] = Counter()

    def begin_again(self) -> None:
        """Forget what was asked and fetched, for what is seen at another moment; ids stay known."""
        self._fetched.clear()
        for counted in (self.asked, self.answered, self.failed, self.fetched):
            counted.clear()

    async def walk(self, viewer: str, depth: int, only: str | None = None) -> None:
        """Ask for everything, or for one field, as somebody, and again while the answers show ids that were not known."""
        sent: set[str] = set()
        for _ in range(ROUNDS):
            known = self.pool.known
            for field, document, variables in list(documents(graphql_schema(), self.pool, depth)):
                key = f"{document}{variables}"
                taken = all(self.pool.takes(field, name, value) for name, value in variables.items())
                if key not in sent and taken and only in (None, field):
                    sent.add(key)
                    await self._ask(viewer, field, document, variables)
            if self.pool.known == known:
                break

    async def visit(self, viewer: str) -> None:
        """Get every address that the gateway serves, with every kind of export and some ids of every type."""
        ids = [id_ for known in self.pool.ids.values() for id_ in itertools.islice(known, 2)]
        values = {"kind": [kind.value for kind in ExportKind], "id": ids}
        for route in self._routes:
            names = list(route.param_convertors)
            chosen = [values.get(name, [*self.pool.codes, *ids[:2]]) for name in names]
            if "GET" in (route.methods or ()) and not route.path.startswith("/graphql"):
                for given in itertools.product(*chosen):
                    await self._fetch(
                        viewer, str(route.url_path_for(route.name, **dict(zip(names, given, strict=True))))
                    )

    async def _ask(self, viewer: str, field: str, document: str, variables: dict[str, Any]) -> None:
        body, headers = {"query": document, "variables": variables}, {"Authorization": f"Bearer {viewer}"}
        answer = (await self._client.post("/graphql", json=body, headers=headers)).json()
        self.asked[field] += 1
        for error in answer.get("errors", []):
            code, argument = (error.get("extensions", {}).get(each) for each in ("code", "field"))
            self.failed[f"{field}: {code or error['message']}"] += 1
            if code == "OF_ANOTHER_TYPE":
                self.pool.learn_unwanted(field, argument, variables.get(argument))
        shown = (answer.get("data") or {}).get(field)
        self.answered[field] += shown is not None and not _is_empty(shown)
        self.pool.learn(answer)
        self.findings += self._watch.findings(answer, f"{viewer} {field}")
        for address in _addresses(answer):
            await self._fetch(viewer, address)

    async def _fetch(self, viewer: str, address: str) -> None:
        """What lies behind an address: of a work its headers only, of a list every line."""
        if (viewer, address) in self._fetched:
            return
        self._fetched.add((viewer, address))
        path = address.removeprefix("http://hub")
        response = await self._client.get(path, headers={"Authorization": f"Bearer {viewer}"})
        where = f"{viewer} GET {path[:60]}"
        headers = {name: value for name, value in response.headers.items() if name not in KNOWN_ANYWAY}
        self.findings += self._watch.findings({"address": address, **headers}, where)
        self.fetched[response.status_code] += 1
        lines = list(_lines(response))
        for line in lines:
            self.findings += self._watch.line_findings(line, where)
        self.findings += self._watch.findings([{"line": line} for line in lines[1:]], where)

    def recall(self, hub: WholeHub) -> int:
        """Look at every answer to whatever was done so far, refusals included; how many there were."""
        for viewer, method, answer in hub.answers:
            self.findings += self._watch.findings(answer, f"{viewer} {method}")
        return len(hub.answers)

    def hear(self, hub: WholeHub) -> int:
        """Look at every message that any service has recorded; how many there were."""
        heard = 0
        for name, runtime in hub.hub.runtimes.items():
            with runtime.database.transaction(writes=False) as session:
                for row in session.scalars(select(OutboxRow)):
                    envelope = {"type": row.type, "subject": row.subject_id, "actor": row.actor, "time": str(row.time)}
                    self.findings += self._watch.findings(
                        {**envelope, "data": row.data}, f"message of {name}: {row.type}"
                    )
                    heard += 1
        return heard

    def read(self, log: str) -> int:
        """Look at every line of a log; how many there were."""
        self.findings += self._watch.line_findings(log, "log")
        return len(log.splitlines())


@asynccontextmanager
async def reaching(stage: JudgedStage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reach]:
    """A gateway without limits to the size of documents and to what they ask, in front of a judged stage."""
    monkeypatch.setattr(gateway.app, "Limits", lambda **_: BOUNDLESS)
    for name, value in BUDGETS.items():
        monkeypatch.setenv(name, value)
    wire = CountingWire(stage.hub.hub.broker)
    app = create_app(read_settings(), wire, Believing(), lambda: {"ready": True}, clock=stage.hub.clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://hub") as client,
    ):
        yield Reach(client, stage, [route for route in app.routes if isinstance(route, Route)])


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _addresses(each)
    elif isinstance(value, str) and value.startswith(("/", "http://hub/")):
        yield value


def _lines(response: Response) -> Iterator[str]:
    kind = response.headers.get("content-type", "")
    if kind.startswith(TEXT):
        yield from response.text.splitlines()
    elif SHEET in kind:
        for page in openpyxl.load_workbook(io.BytesIO(response.content)):
            for row in page.iter_rows(values_only=True):
                yield " ".join(str(value) for value in row if value is not None)


def _is_empty(shown: Any) -> bool:
    """Whether an answer has nothing in it: no rows, or nothing but empty fields."""
    if isinstance(shown, dict):
        return all(_is_empty(each) for key, each in shown.items() if key not in ("__typename", "pageInfo"))
    return shown is None or shown == []
