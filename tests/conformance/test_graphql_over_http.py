"""GraphQL over HTTP, as the audits of the npm package graphql-http see it."""

from tests.conformance.node import run_script
from tests.conformance.target import Target


def test_every_audit_of_graphql_http_is_ok(target: Target) -> None:
    results = run_script("audit.mjs", target.url)

    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 61
