"""What waits, fills up or fails keeps nobody else from their work: commands, a message that cannot leave, a full disk."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from kit.data.db import Database
from kit.ids import new_id
from kit.messages.outbox import RELAY, OutboxRow
from kit.work.due import State
from services.events.directory.model import Organization
from tests.gateway.counted import CountedHub
from tests.kit.contract.waiting import soon
from tests.kit.full import full_disk

REGISTER = """mutation($input: RegisterOrganizationInput!) {
    registerOrganization(input: $input) { organization { id } problems { code } } }"""


async def test_commands_that_wait_for_the_database_keep_no_read_from_it(counted: CountedHub) -> None:
    database = counted.hub.runtimes["alliances"].database
    async with counted.client() as client:
        with database.transaction():  # somebody writes, and does not come to an end
            commands = [asyncio.create_task(_register(client, number)) for number in range(60)]
            await soon(lambda: counted.calls.count("alliances.register_organization") == 60, "they do not come")

            answer = await client.post("/graphql", json={"query": "{ alliances { nodes { id } } }"})

            assert answer.json()["data"] == {"alliances": {"nodes": []}}
            assert not any(command.done() for command in commands)

        outcomes = await asyncio.gather(*commands)

    assert {str(each.get("errors")) for each in outcomes} == {"None"}


async def test_a_message_that_cannot_leave_keeps_no_other_from_leaving(counted: CountedHub) -> None:
    alliances = counted.hub.runtimes["alliances"].database
    async with counted.client() as client:
        bad = _say_badly(alliances)
        await _register(client, 1)

        await soon(lambda: _heard(counted) == ["单位1"], "the others wait behind it")

    with alliances.transaction(writes=False) as session:
        assert session.get_one(OutboxRow, bad).state == State.PARKED


async def test_a_full_disk_makes_unready_refuses_commands_and_answers_reads(
    counted: CountedHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.process.room.LOOK_EVERY", 0.0)
    async with counted.client() as client:
        assert (await _register(client, 1))["data"]
        with full_disk():
            refused = [await _register(client, number) for number in range(2, 12)]
            answer = await client.post("/graphql", json={"query": "{ organizations(first: 1) { nodes { id } } }"})
            reports = counted.hub.reports()

        codes = {error["extensions"]["code"] for each in refused for error in each.get("errors", ())}
        assert codes == {"UNAVAILABLE"}
        assert len(answer.json()["data"]["organizations"]["nodes"]) == 1
        assert {report["writable"] for report in reports.values()} == {False}

        assert (await _register(client, 99))["data"]["registerOrganization"]["problems"] == []
        assert all(report["ready"] for report in counted.hub.reports().values())


async def _register(client: httpx.AsyncClient, number: int) -> Any:
    given = {"nameZh": f"单位{number}", "nameEn": f"Body {number}", "kind": "UNIVERSITY", "region": "341002"}
    body = {"query": REGISTER, "variables": {"input": given}}
    return (await client.post("/graphql", json=body, headers={"Authorization": "Bearer office"})).json()


def _say_badly(database: Database) -> str:
    """The id of a message that no wire carries."""
    id_ = new_id()
    about = {"subject_type": "organization", "subject_id": new_id(), "subject_version": 1}
    with database.transaction() as session:
        row = OutboxRow(id=id_, type="", actor="x", correlation_id="c", time=session.now, data={}, **about)
        session.add(row)
        session.wake(RELAY)
    return id_


def _heard(counted: CountedHub) -> list[str]:
    with counted.hub.runtimes["events"].database.transaction(writes=False) as session:
        return list(session.scalars(select(Organization.name_zh)))
