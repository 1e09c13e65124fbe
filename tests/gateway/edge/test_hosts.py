"""The hub answers under its own names only; a page cannot make a name of its own lead to it."""

from __future__ import annotations

import pytest

from tests.gateway.edge.fronted import OURS, fronted

ASKED = {"query": "{ __typename }"}
FOREIGN = ["evil.example", "hub.example.org.evil.example", "127.0.0.1.evil.example:8000", "evil.example:443"]


@pytest.mark.parametrize(
    "host", ["hub.example.org", "HUB.example.org:443", "localhost:8000", "127.0.0.1", "[::1]:8000", "gateway"]
)
async def test_its_own_address_and_names_that_nobody_can_register_are_answered(host: str) -> None:
    async with fronted() as client:
        assert (await client.post("/graphql", json=ASKED, headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
async def test_another_name_is_misdirected(host: str) -> None:
    async with fronted() as client:
        answer = await client.post("/graphql", json=ASKED, headers={"host": host, "accept-language": "en"})

    assert (answer.status_code, answer.json()) == (
        421,
        {
            "errors": [
                {
                    "message": "The hub does not answer under this name; use the address that is published",
                    "extensions": {"code": "MISDIRECTED"},
                }
            ]
        },
    )


async def test_where_names_are_set_no_other_is_answered() -> None:
    async with fronted(hosts=("inner.example.org",)) as client:
        asked = {
            host: (await client.get("/verify", headers={"host": host})).status_code
            for host in ("inner.example.org", "hub.example.org", "localhost", "127.0.0.1", "gateway")
        }

    assert asked == {
        "inner.example.org": 200,
        "hub.example.org": 200,
        "localhost": 421,
        "127.0.0.1": 421,
        "gateway": 421,
    }


@pytest.mark.parametrize("hosts", [[], [("host", "hub.example.org"), ("host", "evil.example")]])
async def test_none_and_several_are_no_host(hosts: list[tuple[str, str]]) -> None:
    async with fronted() as client:
        request = client.build_request("GET", "/verify")
        request.headers = type(request.headers)(hosts)
        answer = await client.send(request)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "ONE_HOST")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/startupz"])
async def test_who_watches_may_ask_under_any_name(path: str) -> None:
    async with fronted(hosts=("hub.example.org",)) as client:
        assert (await client.get(path, headers={"host": "10.2.3.4:8000"})).status_code == 200


async def test_name_of_the_published_address_needs_no_setting() -> None:
    async with fronted(OURS, public_url="http://localhost:8000") as client:
        assert (await client.get("/verify")).status_code == 421
