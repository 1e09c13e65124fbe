"""WebSocket: operations of every kind, and their event sources closed whichever way they end."""

import asyncio
import sys
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from gateway.protocol.socket_session import SocketLimits
from tests.gateway.protocol.talking import acknowledged, eventually_async
from tests.gateway.protocol.tiny_gateway import GOOD_TOKEN, RECORD, served, tiny_app


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(tiny_app()) as address:
        yield address


def open_sources() -> int:
    return RECORD.open_sources


async def test_a_query_is_answered_with_the_context_of_the_payload(url):
    async with acknowledged(url, {"token": GOOD_TOKEN}) as talk:
        await talk.subscribe("1", "{ viewer }")

        assert await talk.hear() == {"type": "next", "id": "1", "payload": {"data": {"viewer": "the representative"}}}
        assert await talk.hear() == {"type": "complete", "id": "1"}


async def test_a_mutation_is_executed(url):
    RECORD.renamed.clear()

    async with acknowledged(url) as talk:
        await talk.subscribe("1", "mutation($n: String!) { rename(name: $n) { name } }", variables={"n": "x"})

        assert (await talk.hear())["payload"] == {"data": {"rename": {"name": "x"}}}
    assert RECORD.renamed == ["x"]


async def test_a_subscription_gives_each_event_and_completes(url):
    async with acknowledged(url) as talk:
        await talk.subscribe("s", "subscription($to: Int!) { count(to: $to) }", variables={"to": 3})

        assert [await talk.hear() for _ in range(4)] == [
            {"type": "next", "id": "s", "payload": {"data": {"count": 1}}},
            {"type": "next", "id": "s", "payload": {"data": {"count": 2}}},
            {"type": "next", "id": "s", "payload": {"data": {"count": 3}}},
            {"type": "complete", "id": "s"},
        ]


async def test_an_error_beside_data_is_part_of_next(url):
    async with acknowledged(url) as talk:
        with capture_logs() as logs:
            await talk.subscribe("1", "{ hello broken }")
            answer = await talk.hear()

        assert answer["type"] == "next"
        assert answer["payload"]["data"] == {"hello": "hello world", "broken": None}
        assert answer["payload"]["errors"][0]["extensions"] == {"code": "INTERNAL", "incident": logs[0]["incident"]}


@pytest.mark.parametrize("query", ["subscription { brokenSource }", "subscription { noSource }"])
async def test_an_event_source_that_breaks_ends_its_operation_and_not_the_socket(url, query):
    async with acknowledged(url) as talk:
        with capture_logs() as logs:
            await talk.subscribe("s", query)
            answer = await talk.hear()
            while answer["type"] == "next":
                answer = await talk.hear()

        [entry] = logs
        assert str(entry["exc_info"]) == "secret of the broker"
        assert (answer["type"], answer["id"]) == ("error", "s")
        assert answer["payload"][0]["message"] == f"系统内部错误，事件编号 {entry['incident']}"
        await talk.subscribe("s", "{ hello }")
        assert (await talk.hear())["payload"] == {"data": {"hello": "hello world"}}


async def test_an_event_source_that_ends_with_a_fault_says_it_to_the_caller_and_the_socket_goes_on(url):
    async with acknowledged(url, additional_headers={"accept-language": "en"}) as talk:
        await talk.subscribe("s", "subscription { slowTaking }")

        assert [await talk.hear() for _ in range(2)] == [
            {"type": "next", "id": "s", "payload": {"data": {"slowTaking": 1}}},
            {
                "type": "error",
                "id": "s",
                "payload": [
                    {
                        "message": "You have missed some notices; subscribe again, without `since`, "
                        "and ask for `notices`",
                        "extensions": {"code": "FELL_BEHIND"},
                    }
                ],
            },
        ]
        await talk.subscribe("s", "{ hello }")
        assert (await talk.hear())["payload"] == {"data": {"hello": "hello world"}}


async def test_complete_closes_the_event_source_and_the_id_is_free(url):
    async with acknowledged(url) as talk:
        await talk.subscribe("s", "subscription { forever }")
        await talk.hear()
        assert open_sources() == 1

        await talk.say(type="complete", id="s")

        await eventually_async(lambda: open_sources() == 0)
        await talk.subscribe("s", "{ viewer }")
        answer = await talk.hear()
        while "forever" in answer["payload"]["data"]:
            answer = await talk.hear()
        assert answer["payload"] == {"data": {"viewer": None}}


async def test_leaving_closes_every_event_source_of_the_socket(url):
    async with acknowledged(url) as talk:
        for number in range(20):
            await talk.subscribe(str(number), "subscription { forever }")
        await eventually_async(lambda: open_sources() == 20)

    await eventually_async(lambda: open_sources() == 0)


async def test_leaving_cuts_short_what_is_being_executed(url):
    RECORD.cancelled = 0

    async with acknowledged(url) as talk:
        await talk.subscribe("q", "{ slow }")
        await eventually_async(lambda: RECORD.executing == 1)

    await eventually_async(lambda: RECORD.cancelled == 1)


async def test_a_connection_that_breaks_off_closes_its_event_sources(url):
    async with acknowledged(url) as talk:
        await talk.subscribe("s", "subscription { forever }")
        await talk.hear()

        talk.connection.transport.abort()

        await eventually_async(lambda: open_sources() == 0)


async def test_a_client_that_is_killed_leaves_nothing_open(url):
    script = (
        "import asyncio, sys\n"
        "from tests.gateway.protocol.talking import acknowledged\n"
        "async def main():\n"
        "    async with acknowledged(sys.argv[1]) as talk:\n"
        "        await talk.subscribe('s', 'subscription { forever }')\n"
        "        print('open', flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    client = await asyncio.create_subprocess_exec(sys.executable, "-c", script, url, stdout=asyncio.subprocess.PIPE)
    await client.stdout.readline()
    await eventually_async(lambda: open_sources() == 1)

    client.kill()

    await client.wait()
    await eventually_async(lambda: open_sources() == 0)


async def test_a_thousand_sockets_come_and_go_without_a_trace(url):
    before = RECORD.sources_opened

    async def visit() -> None:
        async with acknowledged(url) as talk:
            await talk.subscribe("s", "subscription { forever }")
            await talk.hear()

    for _ in range(40):
        await asyncio.gather(*(visit() for _ in range(25)))

    assert RECORD.sources_opened - before == 1000
    await eventually_async(lambda: open_sources() == 0)


async def test_a_client_that_does_not_read_stops_its_event_source_and_is_let_go():
    with served(tiny_app(socket_limits=SocketLimits(send_seconds=0.5))) as address:
        async with acknowledged(address, max_queue=1, compression=None) as talk:
            before = RECORD.sources_opened
            await talk.subscribe("s", "subscription { flood }")
            await eventually_async(lambda: RECORD.sources_opened > before)  # it may be closed again by now

            await eventually_async(lambda: open_sources() == 0)
            assert await talk.end() == (1008, "Messages are not taken in")


async def test_an_operation_that_takes_too_long_is_answered_with_an_error():
    with served(tiny_app(seconds=0.05)) as address:
        async with acknowledged(address) as talk:
            await talk.subscribe("q", "{ slow }")

            assert await talk.hear() == {
                "type": "error",
                "id": "q",
                "payload": [
                    {"message": "操作未能在 0.05 秒内完成", "extensions": {"code": "TIMEOUT", "seconds": 0.05}}
                ],
            }
