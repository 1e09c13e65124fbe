"""WebSocket: who may connect, for how long, and with how much."""

from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, NegotiationError

from gateway.protocol.socket_session import SocketLimits
from tests.gateway.protocol.talking import acknowledged, connected, eventually_async
from tests.gateway.protocol.tiny_gateway import AWAY_TOKEN, BAD_TOKEN, RECORD, served, tiny_app

LIMITS = SocketLimits(init_seconds=60, operations=2, message_characters=2000)
HASTY = SocketLimits(init_seconds=0.2)
PAGE = "https://pages.example"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(tiny_app(socket_limits=LIMITS, origins=frozenset({PAGE}))) as address:
        yield address


@pytest.fixture(scope="module")
def hasty() -> Iterator[str]:
    """Where nothing is expected of a client but that it says in time who it is."""
    with served(tiny_app(socket_limits=HASTY)) as address:
        yield address


async def test_pages_of_our_own_and_those_on_the_list_may_connect(url):
    own = url.removesuffix("/graphql")

    for origin in (None, own, PAGE):
        async with acknowledged(url, origin=origin) as talk:
            await talk.subscribe("1", "{ hello }")
            assert (await talk.hear())["type"] == "next"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://pages.example.evil", "http://127.0.0.1:1"])
async def test_another_page_may_not(url, origin):
    with pytest.raises(InvalidStatus) as refusal:
        async with connected(url, origin=origin):
            pass

    assert refusal.value.response.status_code == 403


async def test_page_of_the_same_name_over_another_scheme_may_not(url):
    own = url.removesuffix("/graphql")

    with pytest.raises(InvalidStatus) as refusal:
        async with connected(url, origin=own.replace("http", "https", 1)):
            pass

    assert refusal.value.response.status_code == 403


async def test_every_page_may_where_the_list_says_so():
    with served(tiny_app(origins=frozenset({"*"}))) as address:
        async with acknowledged(address, origin="https://any.example"):
            pass


async def test_another_protocol_is_closed_with_4406(url):
    async with connect(url.replace("http", "ws", 1)) as connection:
        await connection.wait_closed()
        assert (connection.close_code, connection.close_reason) == (4406, "Subprotocol not acceptable")


async def test_an_old_protocol_is_not_taken(url):
    try:
        async with connect(url.replace("http", "ws", 1), subprotocols=["graphql-ws"]) as connection:
            assert connection.subprotocol is None
            await connection.wait_closed()
            assert connection.close_code == 4406
    except NegotiationError:
        pytest.fail("the handshake must be finished, for the close code to be seen")


async def test_who_does_not_say_who_they_are_is_closed_with_4408(hasty):
    async with connected(hasty) as talk:
        assert await talk.end() == (4408, "Connection initialisation timeout")


async def test_credentials_that_are_not_valid_are_closed_with_4403(url):
    async with connected(url) as talk:
        await talk.say(type="connection_init", payload={"token": BAD_TOKEN})

        assert await talk.end() == (4403, "Forbidden")


async def test_credentials_that_cannot_be_checked_now_are_closed_with_1013(url):
    async with connected(url) as talk:
        await talk.say(type="connection_init", payload={"token": AWAY_TOKEN})

        assert await talk.end() == (1013, "服务暂时不可用，请稍后再试")


async def test_a_bug_behind_the_credentials_is_closed_with_1011_and_an_incident(url):
    async with connected(url, additional_headers={"accept-language": "en"}) as talk:
        with capture_logs() as logs:
            await talk.say(type="connection_init", payload={"bug": True})
            ending = await talk.end()

    [entry] = logs
    assert str(entry["exc_info"]) == "secret of the issuer"
    assert ending == (1011, f"Something went wrong here; incident {entry['incident']}")


async def test_the_socket_closes_when_the_token_expires_and_with_it_every_event_source(url):
    for seconds in (0.5, 5, 50):  # a busy machine may need longer than a token lives to open a source
        expires_at, opened = datetime.now(UTC) + timedelta(seconds=seconds), RECORD.sources_opened
        async with connected(url) as talk:
            await talk.say(type="connection_init", payload={"expiresAt": expires_at.isoformat()})
            await talk.subscribe("s", "subscription { forever }")
            assert await talk.end() == (4403, "Forbidden: token expired")
        if RECORD.sources_opened > opened:
            break

    assert RECORD.sources_opened > opened
    await eventually_async(lambda: RECORD.open_sources == 0)


async def test_a_token_that_does_not_expire_outlives_the_time_to_say_who_one_is(hasty):
    async with in_time(hasty) as talk:
        await talk.subscribe("s", "subscription { forever }")
        answer = await talk.hear()
        while answer["payload"]["data"]["forever"] < 40:  # events are 10 ms apart, the time to initialise is 200 ms
            answer = await talk.hear()


@asynccontextmanager
async def in_time(url):
    """A socket on which one has said who one is: on a busy machine that may need more than one try."""
    while True:
        async with connected(url) as talk:
            try:
                await talk.say(type="connection_init")
                answer = await talk.hear()
            except ConnectionClosed:
                assert talk.connection.close_code == 4408
                continue
            assert answer == {"type": "connection_ack"}
            yield talk
            return


async def test_more_operations_than_a_socket_may_have_are_refused_and_the_others_go_on(url):
    async with acknowledged(url) as talk:
        await talk.subscribe("a", "subscription { forever }")
        await talk.subscribe("b", "subscription { forever }")
        await talk.subscribe("c", "{ hello }")

        answer = await talk.hear()
        while answer["id"] != "c":
            answer = await talk.hear()
        assert answer == {
            "type": "error",
            "id": "c",
            "payload": [
                {
                    "message": "同一连接上最多 2 个进行中的操作",
                    "extensions": {"code": "TOO_MANY_OPERATIONS", "allowed": 2},
                }
            ],
        }
        assert (await talk.hear())["type"] == "next"


async def test_a_message_that_is_too_large_is_closed_with_1009(url):
    async with acknowledged(url) as talk:
        await talk.subscribe("1", "{ hello }" + " " * 2000)

        assert await talk.end() == (1009, "Message too large")


async def test_an_id_that_is_too_long_for_a_close_frame_is_cut(url):
    async with acknowledged(url) as talk:
        await talk.subscribe("长" * 100, "subscription { forever }")
        await talk.subscribe("长" * 100, "subscription { forever }")

        code, reason = await talk.end()
        assert code == 4409
        assert reason == "Subscriber for " + "长" * 35
