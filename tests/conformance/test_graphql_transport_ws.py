"""graphql-transport-ws, as the npm package graphql-ws and a raw socket see it."""

from tests.conformance.node import run_script
from tests.conformance.target import Target


def test_every_check_of_the_independent_client_is_ok(target: Target) -> None:
    results = run_script("websocket.mjs", target.for_sockets())

    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 55
