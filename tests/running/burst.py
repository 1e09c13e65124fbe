"""Burst: many clients who enter at once against a tree of quotas, and the books afterwards."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import httpx

from tests.faults import ledger
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

SUBMIT = """mutation($input: SubmitEntryInput!) {
  submitEntry(input: $input) { entry { id } problems { code } } }"""
QUOTA_TREE = """query($track: ID!, $parent: ID) { quotaTree(track: $track, parent: $parent, first: 100) {
  nodes { id region { code } } } }"""
BOOKS = """SELECT coalesce(q.organization_id::text, q.region), q.held, q.taken, count(e.id) FROM quota_tree q
  LEFT JOIN entries e ON e.quota_id = q.id AND e.status = 'entered' GROUP BY q.id ORDER BY q.id"""
NAMES = ("huangshan", "hefei", "hangzhou", "ningbo")
REGIONS = ("340104", "340800", "330106", "330212")


@dataclass(frozen=True)
class Contest:
    """A track that is open for entries, and the institutions that enter it."""

    track: str
    institutions: list[season.Institution]


def contest(hub: RunningHub, *, places: int) -> Contest:
    """A track whose `places` for each of two provinces lie on three levels: province, prefecture, institution."""
    institutions = [
        season.register(hub, name, region, email=False) for name, region in zip(NAMES, REGIONS, strict=True)
    ]
    competition = season.draft(hub, places=places)
    track = str(competition["tracks"][0]["id"])
    office = season.office(hub)
    office.do("publishCompetition", "competition { id }", competitionId=competition["id"])
    _wait_until_known(hub)
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


def books(hub: RunningHub) -> dict[str, tuple[int, int, int]]:
    """For each holder of a quota: places held, places taken by its own count, and entries that stand in fact."""
    return {str(holder): (held, taken, entries) for holder, held, taken, entries in ledger.rows(hub, "events", BOOKS)}


async def _submit_all(hub: RunningHub, contest: Contest, clients: int, calls: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    limits = httpx.Limits(max_connections=4)

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
    input_ = {"trackId": track, "organizationId": organization, "contestant": contestant, "idempotencyKey": contestant}
    body = await _asked(http, url, {"query": SUBMIT, "variables": {"input": input_}})
    if "errors" in body:
        return str(body["errors"][0]["extensions"]["code"])
    payload = body["data"]["submitEntry"]
    return "entered" if payload["entry"] else str(payload["problems"][0]["code"])


async def _asked(http: httpx.AsyncClient, url: str, body: dict[str, object]) -> dict[str, Any]:
    """The answer; a connection that the gateway gave up for idle meanwhile is asked for once more, under the same key."""
    try:
        response = await http.post(url, json=body)
    except httpx.TransportError:
        response = await http.post(url, json=body)
    answer: dict[str, Any] = response.json()
    return answer


def _tree(office: Client, track: str, parent: str | None = None) -> list[dict[str, str]]:
    nodes: list[dict[str, str]] = office.ask(QUOTA_TREE, track=track, parent=parent)["quotaTree"]["nodes"]
    return nodes


def _share(office: Client, quota: str, shares: list[dict[str, object]]) -> None:
    office.do("allocatePlaces", "quota { id }", quotaId=quota, shares=shares)


def _wait_until_known(hub: RunningHub) -> None:
    """Events hears of organisations and their representatives by messages."""
    query = "SELECT count(*) FROM grants WHERE role = 'representative'"
    wait_until(lambda: ledger.rows(hub, "events", query)[0][0] >= len(NAMES), 30, "grants did not reach events")
    query = "SELECT count(*) FROM organizations"
    wait_until(lambda: ledger.rows(hub, "events", query)[0][0] >= len(NAMES), 30, "nor did organisations")
