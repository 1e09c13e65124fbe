"""Whatever the schema allows to be asked is answered or refused, and never ends in a fault of the hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.gateway.counted import CountedHub
from tests.hostile.asking import documents, faults

WHO = ("", "office", "somebody")


@pytest.fixture
def counted(home: Path) -> Iterator[CountedHub]:
    counted = CountedHub()
    counted.start()
    yield counted
    counted.hub.stop()


async def test_no_document_with_arguments_of_any_shape_is_a_fault(counted: CountedHub) -> None:
    """`make attack` asks more of them."""
    asked = documents(40)
    async with counted.client() as client:
        bodies = {(document, who): await answered(client, document, who) for document in asked for who in WHO}

    assert {each: found for each, body in bodies.items() if (found := faults(body))} == {}
    assert len(bodies) > len(asked) > 20


async def answered(client: httpx.AsyncClient, document: str, who: str) -> Any:
    headers = {"Authorization": f"Bearer {who}"} if who else {}
    response = await client.post("/graphql", json={"query": document}, headers=headers)
    assert response.status_code < 500, document
    return response.json()
