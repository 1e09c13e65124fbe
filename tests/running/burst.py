"""Burst: many clients who enter at once against a tree of quotas, and the books afterwards."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import httpx

from gateway.graph.relay import from_global_id
from tests.faults import ledger
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

SUBMIT = """mutation($input: SubmitEntryInput!) {
  submitEntry(input: $input) { entry { id } problems { code } } }"""
QUOTA_TREE = """query($track: ID!, $parent: ID) { quotaTree(track: $track, parent: $parent, first: 100) {
  nodes { id region { code } } } }"""
BOOKS = """SELECT coalesce(q.organization_id::text, q.region), q.held, q.taken, count(e.id) FROM quota_tree q
  LEFT JOIN entries e ON e.quota_id = q.id AND e.status = 'entered' WHERE q.track_id = '{track}' GROUP BY q.id ORDER BY q.id"""
NAMES = ("huangshan", "hefei", "hangzhou", "ningbo")
REGIONS = ("340104", "340800", "330106", "330212")
CONNECTIONS = 4  # of each client
OPERATION = 10.0  # seconds that the gateway gives an operation: gateway/protocol/http.py
LASTS = 15.0  # seconds that a burst is to last
FAIR = (
    OPERATION / 4
)  # seconds that a call waits for its turn on average: those who wait for a row are not served in turn
FEWEST, MOST = (4, 240), (50, 5000)  # clients, calls
REHEARSED = 96


@dataclass(frozen=True)
class Contest:
    """A track that is open for entries, and the institutions that enter it."""

    track: str
    institutions: list[season.Institution]


@dataclass(frozen=True)
class Size:
    """How many calls come from how many clients; the calls are a multiple of the clients."""

    clients: int
    calls: int

    @property
    def places(self) -> int:
        """Of each of two provinces: every quota is full, and refuses, when each institution has sent its quarter of the calls."""
        return self.calls // 8 // 15 * 15


def size(rate: float) -> Size:
    """For a machine that takes so many entries a second: a call has its turn well within the time that it is given."""
    clients = max(FEWEST[0], min(MOST[0], int(rate * FAIR / CONNECTIONS)))
    calls = max(FEWEST[1], min(MOST[1], int(rate * LASTS)))
    return Size(clients, -(-calls // clients) * clients)


def rehearse(hub: RunningHub, institutions: list[season.Institution]) -> float:
    """Entries a second that this hub takes here and now, in a contest of their own."""
    fewest, _ = FEWEST
    _, seconds = submit_all(hub, contest(hub, institutions, places=REHEARSED), clients=fewest, calls=REHEARSED)
    return REHEARSED / seconds


def register(hub: RunningHub) -> list[season.Institution]:
    """Those who enter, known to events."""
    institutions = [
        season.register(hub, name, region, email=False) for name, region in zip(NAMES, REGIONS, strict=True)
    ]
    _wait_until_known(hub)
    return institutions


def contest(hub: RunningHub, institutions: list[season.Institution], *, places: int) -> Contest:
    """A track whose `places` for each of two provinces lie on three levels: province, prefecture, institution."""
    competition = season.draft(hub, places=places)
    track = str(competition["tracks"][0]["id"])
    office = season.office(hub)
    office.do("publishCompetition", "competition { id }", competitionId=competition["id"])
    root = _tree(office, track)[0]["id"]
    provinces = {node["region"]["code"]: node["id"] for node in _tree(office, track, root)}
    _share(office, provinces["340000"], [{"organizationId": institutions[0].id, "places": places // 5}])
    _share(office, provinces["330000"], [{"region": "330100", "places": places // 3}])
    return Contest(track, institutions)


def submit_all(hub: RunningHub, contest: Contest, *, clients: int, calls: int) -> tuple[Counter[str], float]:
    """What became of the calls, by `entered` or the code of the refusal, and the seconds that they took."""
    began = time.perf_counter()
    outcomes = asyncio.run(_submit_all(hub, contest, clients, calls))
    return outcomes, time.perf_counter() - began


def books(hub: RunningHub, contest: Contest) -> dict[str, tuple[int, int, int]]:
    """For each holder of a quota: places held, places taken by its own count, and entries that stand in fact."""
    rows = ledger.rows(hub, "events", BOOKS.format(track=from_global_id(contest.track)[1]))
    return {str(holder): (held, taken, entries) for holder, held, taken, entries in rows}


async def _submit_all(hub: RunningHub, contest: Contest, clients: int, calls: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    limits = httpx.Limits(max_connections=CONNECTIONS)

    async def client(number: int) -> None:
        institution = contest.institutions[number % len(contest.institutions)]
        headers = {"Authorization": f"Bearer {hub.token(NAMES[number % len(NAMES)])}"}
        async with httpx.AsyncClient(timeout=120, limits=limits, headers=headers) as http:
            each = [
                _submit(http, hub.url, contest.track, institution.id, f"{number}-{n}") for n in range(calls // clients)
            ]
            outcomes.update(await asyncio.gather(*each))

    await asyncio.gather(*(client(number) for number in range(clients)))
    return outcomes


async def _submit(http: httpx.AsyncClient, url: str, track: str, organization: str, contestant: str) -> str:
    key = f"{contestant} {track}"
    input_ = {"trackId": track, "organizationId": organization, "contestant": contestant, "idempotencyKey": key}
    response = await http.post(url, json={"query": SUBMIT, "variables": {"input": input_}})
    body: dict[str, Any] = response.json()
    if "errors" in body:
        return str(body["errors"][0]["extensions"]["code"])
    payload = body["data"]["submitEntry"]
    return "entered" if payload["entry"] else str(payload["problems"][0]["code"])


def _tree(office: Client, track: str, parent: str | None = None) -> list[dict[str, str]]:
    nodes: list[dict[str, str]] = office.ask(QUOTA_TREE, track=track, parent=parent)["quotaTree"]["nodes"]
    return nodes


def _share(office: Client, quota: str, shares: list[dict[str, object]]) -> None:
    office.do("allocatePlaces", "quota { id }", quotaId=quota, shares=shares)


def _wait_until_known(hub: RunningHub) -> None:
    """Events hears of organisations and their representatives by messages."""
    query = "SELECT count(*) FROM grants WHERE role = 'representative'"
    wait_until(lambda: ledger.rows(hub, "events", query)[0][0] >= len(NAMES), 60, "grants did not reach events")
    query = "SELECT count(*) FROM organizations"
    wait_until(lambda: ledger.rows(hub, "events", query)[0][0] >= len(NAMES), 60, "nor did organisations")
