"""HTTP: requests that are no GraphQL requests, and those that other pages make behind their reader's back."""

import asyncio

import pytest
from starlette.types import Message

from tests.gateway.protocol.asking import GRAPHQL_JSON, JSON, ask, code_of, get, in_pieces, post
from tests.gateway.protocol.tiny_gateway import AWAY_TOKEN, BAD_TOKEN, GOOD_TOKEN, RECORD, tiny_app

MUTATION = 'mutation { rename(name: "x") { name } }'
BODY = b'{"query": "{ hello }"}'


async def raw(body: bytes, **headers: str):
    return await ask(content=body, headers={"content-type": JSON, "accept": GRAPHQL_JSON, **headers})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_another_method_is_refused_with_those_that_are_allowed(method):
    response = await ask(method, content=BODY, headers={"content-type": JSON})

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST")
    assert code_of(response) == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
async def test_a_mutation_over_get_is_refused_and_not_executed(accept):
    RECORD.renamed.clear()

    response = await get(MUTATION, accept=accept)
    named = await get(f"query A {{ hello }} {MUTATION.replace('mutation', 'mutation B')}", operationName="B")

    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert (named.status_code, named.headers["allow"]) == (405, "POST")
    assert code_of(response) == "MUTATION_OVER_GET"
    assert RECORD.renamed == []


async def test_a_subscription_is_sent_to_the_websocket():
    response = await post("subscription { count(to: 1) }")

    assert (response.status_code, code_of(response)) == (400, "SUBSCRIPTION_OVER_HTTP")


@pytest.mark.parametrize("accept", ["text/plain", "application/xml, text/*", f"{JSON};q=0", "nonsense"])
async def test_a_media_type_that_we_do_not_have_is_refused_before_anything_is_executed(accept):
    RECORD.renamed.clear()

    response = await post(MUTATION, accept=accept)

    assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")
    assert RECORD.renamed == []


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=gb18030",
        "application/json-patch+json",
    ],
)
async def test_a_body_that_is_not_json_is_refused_so_that_no_form_can_reach_us(content_type):
    RECORD.renamed.clear()
    headers = {} if content_type is None else {"content-type": content_type}

    response = await ask(content=b'{"query": "mutation { rename(name: \\"x\\") { name } }"}', headers=headers)

    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert response.headers["accept-post"] == JSON
    assert RECORD.renamed == []


@pytest.mark.parametrize("content_type", ["application/json", "APPLICATION/JSON", 'application/json; charset="UTF-8"'])
async def test_json_in_utf8_is_taken_however_it_is_written(content_type):
    assert (await ask(content=BODY, headers={"content-type": content_type})).status_code == 200


async def test_a_compressed_body_is_refused_unread():
    response = await raw(b"\x1f\x8b" + b"\0" * 1000, **{"content-encoding": "gzip"})

    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_ENCODING")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{ "not a JSON',
        b"\xff\xfe",
        b'{"query": "\xb1"}',
        b"[" * 5000 + b"]" * 5000,
        b"NaN",
        b'{"query": NaN}',
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(body):
    response = await raw(body)

    assert (response.status_code, code_of(response)) == (400, "MALFORMED_JSON")


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        (b'"text"', "body"),
        (b"null", "body"),
        (b"1", "body"),
        (b"{}", "query"),
        (b'{"qeury": "{ hello }"}', "query"),
        (b'{"query": null}', "query"),
        (b'{"query": {"obj": "ect"}}', "query"),
        (b'{"query": "{ hello }", "operationName": 1}', "operationName"),
        (b'{"query": "{ hello }", "variables": [7]}', "variables"),
        (b'{"query": "{ hello }", "variables": "{}"}', "variables"),
        (b'{"query": "{ hello }", "extensions": false}', "extensions"),
    ],
)
async def test_parameters_of_the_wrong_type_are_named(body, parameter):
    response = await raw(body)

    assert (response.status_code, code_of(response)) == (400, "BAD_PARAMETER")
    assert response.json()["errors"][0]["extensions"]["parameter"] == parameter


async def test_several_operations_in_one_request_are_refused():
    response = await raw(b"[" + BODY + b"]")

    assert (response.status_code, code_of(response)) == (400, "BATCHING_REFUSED")


async def test_a_get_without_query_is_refused():
    response = await ask("GET", headers={"accept": JSON})

    assert (response.status_code, code_of(response)) == (400, "BAD_PARAMETER")


@pytest.mark.parametrize("parameter", ["variables", "extensions"])
async def test_a_get_whose_json_cannot_be_read_is_refused(parameter):
    response = await get("{ hello }", **{parameter: "{"})

    assert (response.status_code, code_of(response)) == (400, "MALFORMED_JSON")


async def test_a_body_that_is_too_large_is_refused_however_it_comes():
    app = tiny_app(body_bytes=100)
    headers = {"content-type": JSON}

    exact = await ask(app=app, content=BODY.ljust(100), headers=headers)
    whole = await ask(app=app, content=BODY.ljust(101), headers=headers)
    pieces = await ask(app=app, content=in_pieces(BODY, b" " * 60, b" " * 60), headers=headers)

    assert exact.status_code == 200
    assert [(each.status_code, code_of(each)) for each in (whole, pieces)] == [(413, "BODY_TOO_LARGE")] * 2


async def test_a_query_string_that_is_too_long_is_refused():
    response = await get("{ hello }" + " " * 20_000)

    assert (response.status_code, code_of(response)) == (414, "URI_TOO_LONG")


async def test_a_body_that_never_comes_is_not_waited_for():
    sent: list[Message] = []

    async def never() -> Message:
        await asyncio.Event().wait()

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    await tiny_app(seconds=0.05)(scope, never, send)

    assert sent[0]["status"] == 408
    assert b"BODY_TOO_SLOW" in sent[1]["body"]


async def test_a_client_that_leaves_while_it_sends_is_let_go():
    sent: list[Message] = []

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    await tiny_app()(scope, gone, send)

    assert sent == []


async def test_credentials_that_are_not_valid_are_challenged():
    response = await post("{ viewer }", headers={"authorization": f"Bearer {BAD_TOKEN}"})

    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert "data" not in response.json()


async def test_credentials_that_cannot_be_checked_now_are_told_to_come_again():
    response = await post("{ viewer }", headers={"authorization": f"Bearer {AWAY_TOKEN}"})

    assert (response.status_code, code_of(response)) == (503, "UNAVAILABLE")
    assert response.headers["retry-after"] == "5"


async def test_good_credentials_and_none_at_all_are_let_in():
    signed_in = await post("{ viewer }", headers={"authorization": f"Bearer {GOOD_TOKEN}"})
    stranger = await post("{ viewer }")

    assert signed_in.json() == {"data": {"viewer": "the representative"}}
    assert stranger.json() == {"data": {"viewer": None}}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_page_of_another_site_gets_nothing_by_a_get_without_preflight(site):
    response = await get("{ hello }", headers={"sec-fetch-site": site})

    assert (response.status_code, code_of(response)) == (403, "FOREIGN_PAGE")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "graphql-require-preflight": "1"},
        {"sec-fetch-site": "cross-site", "authorization": f"Bearer {GOOD_TOKEN}"},
    ],
)
async def test_a_get_that_no_other_page_can_make_unasked_is_answered(headers):
    assert (await get("{ hello }", headers=headers)).status_code == 200


async def test_refusals_are_told_in_the_language_of_the_request():
    chinese = await post("{ hello }", accept="text/plain")
    english = await post("{ hello }", accept="text/plain", headers={"accept-language": "en"})

    assert chinese.json()["errors"][0]["message"].startswith("只能返回")
    assert english.json()["errors"][0]["message"].startswith("Only application/graphql-response+json")
