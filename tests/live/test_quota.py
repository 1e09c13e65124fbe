"""A quota of 100 places against 1,000 entries at once on PostgreSQL: never oversold, every answer typed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults import ledger
from tests.running import season
from tests.running.fixtures import distributed
from tests.running.processes import RunningHub, running, wait_until
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

PLACES, CALLS, CLIENTS = 100, 1000, 8
SUBMIT = """mutation($input: SubmitEntryInput!) {
  submitEntry(input: $input) { entry { id } problems { code } } }"""


@pytest.fixture
def patient_hub(tmp_path: Path, rabbitmq: RabbitMQ, postgres: PostgreSQL) -> Iterator[RunningHub]:
    """A distributed hub whose calls may take longer than usual: this machine may have other work to do as well."""
    with running(distributed(tmp_path, rabbitmq, postgres, HUB_RPC_TIMEOUT="30")) as hub:
        yield hub


@pytest.mark.live
@pytest.mark.timeout(180)
def test_a_quota_is_never_oversold(patient_hub: RunningHub) -> None:
    college = season.register(patient_hub, "huangshan", email=False)
    competition = season.draft(patient_hub, places=PLACES)
    season.office(patient_hub).do("publishCompetition", "competition { id }", competitionId=competition["id"])
    track = competition["tracks"][0]["id"]
    _wait_until_known(patient_hub, college)

    outcomes = asyncio.run(_submit_all(patient_hub, track, college.id))

    print(f"\n{CALLS} calls from {CLIENTS} clients for {PLACES} places: {dict(outcomes)}")
    assert outcomes == {"entered": PLACES, "QUOTA_EXHAUSTED": CALLS - PLACES}
    rows = ledger.rows(patient_hub, "events", "SELECT count(*) FROM entries WHERE status = 'entered'")
    assert rows[0][0] == PLACES


async def _submit_all(hub: RunningHub, track: str, organization: str) -> Counter[str]:
    token = hub.token("huangshan")
    headers = {"Authorization": f"Bearer {token}"}
    outcomes: Counter[str] = Counter()

    async def client(number: int) -> None:
        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=20)) as http:
            calls = [submit(http, f"{number}-{call}") for call in range(CALLS // CLIENTS)]
            outcomes.update(await asyncio.gather(*calls))

    async def submit(http: httpx.AsyncClient, contestant: str) -> str:
        input_ = {"trackId": track, "organizationId": organization, "contestant": contestant}
        response = await http.post(hub.url, json={"query": SUBMIT, "variables": {"input": input_}}, headers=headers)
        body = response.json()
        if "errors" in body:
            return str(body["errors"][0]["extensions"]["code"])
        payload = body["data"]["submitEntry"]
        return "entered" if payload["entry"] else str(payload["problems"][0]["code"])

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return outcomes


def _wait_until_known(hub: RunningHub, college: season.Institution) -> None:
    """Events hears of the organisation and of its representative by messages."""
    query = "SELECT count(*) FROM grants WHERE person = 'persona:huangshan'"
    wait_until(lambda: ledger.rows(hub, "events", query)[0][0], 30, "the grant did not reach events")
    wait_until(lambda: ledger.rows(hub, "events", "SELECT count(*) FROM organizations")[0][0], 30, "nor the college")
