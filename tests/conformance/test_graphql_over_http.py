"""GraphQL over HTTP, as the audits of the npm package graphql-http see it."""

import pytest

from tests.conformance.node import run_script
from tests.conformance.target import Target
from tests.running.processes import RunningHub


def test_every_audit_of_graphql_http_is_ok(target: Target) -> None:
    results = run_script("audit.mjs", target.url)

    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 61


@pytest.mark.timeout(300)
def test_every_audit_is_ok_of_the_running_hub(embedded_hub: RunningHub) -> None:
    results = run_script("audit.mjs", embedded_hub.url)

    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 61
