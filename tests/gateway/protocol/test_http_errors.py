"""HTTP: an unexpected error is logged once, and its caller learns no more than an incident id."""

from structlog.testing import capture_logs

from gateway.protocol.documents import Documents
from gateway.protocol.faults import report_safely
from gateway.protocol.http import GraphQLHTTP
from tests.gateway.protocol.asking import GRAPHQL_JSON, ask, post
from tests.gateway.protocol.tiny_gateway import context_of, tiny_schema


def endpoint(context=context_of, report=report_safely) -> GraphQLHTTP:
    schema = tiny_schema()
    return GraphQLHTTP(schema, Documents(schema), context, report)


async def test_an_exception_of_a_resolver_becomes_an_incident_beside_the_data():
    with capture_logs() as logs:
        response = await post("{ hello broken }")

    [entry] = logs
    assert str(entry["exc_info"]) == "secret of the database"
    assert response.json() == {
        "errors": [
            {
                "message": f"系统内部错误，事件编号 {entry['incident']}",
                "locations": [{"line": 1, "column": 9}],
                "path": ["broken"],
                "extensions": {"code": "INTERNAL", "incident": entry["incident"]},
            }
        ],
        "data": {"hello": "hello world", "broken": None},
    }


async def test_an_exception_outside_of_the_resolvers_becomes_an_incident_too():
    async def broken_context(request):
        raise RuntimeError("secret of the issuer")

    with capture_logs() as logs:
        response = await ask(
            app=endpoint(broken_context),
            json={"query": "{ hello }"},
            headers={"accept": GRAPHQL_JSON, "accept-language": "en"},
        )

    [entry] = logs
    assert response.status_code == 500
    assert response.json() == {
        "errors": [
            {
                "message": f"Something went wrong here; incident {entry['incident']}",
                "extensions": {"code": "INTERNAL", "incident": entry["incident"]},
            }
        ]
    }


async def test_the_report_given_formats_every_error_of_the_schema():
    told = []

    def report(error, context):
        told.append((error.message, type(error.original_error).__name__, context.viewer))
        return {"message": "as reported"}

    response = await post("{ broken }", app=endpoint(report=report), headers={"authorization": "Bearer good"})
    refused = await post("{ hallo }", app=endpoint(report=report))

    assert response.json() == {"errors": [{"message": "as reported"}], "data": {"broken": None}}
    assert refused.json() == {"errors": [{"message": "as reported"}]}
    assert told[0] == ("secret of the database", "RuntimeError", "the representative")
    assert told[1] == ("Cannot query field 'hallo' on type 'Query'. Did you mean 'hello'?", "NoneType", None)
