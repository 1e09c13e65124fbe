"""HTTP: what is answered to a well-formed request, under each of the two media types."""

import pytest

from gateway.protocol.limits import Limits
from tests.gateway.protocol.asking import GRAPHQL_JSON, GRAPHQL_JSON_UTF8, JSON, JSON_UTF8, ask, get, post
from tests.gateway.protocol.tiny_gateway import RECORD, tiny_app


async def test_a_query_is_answered():
    response = await post("query($n: String) { hello(name: $n) }", variables={"n": "上海"})

    assert response.status_code == 200
    assert response.headers["content-type"] == GRAPHQL_JSON_UTF8
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.json() == {"data": {"hello": "hello 上海"}}


async def test_the_named_operation_is_executed():
    response = await post("query A { hello } query B { viewer }", operationName="B")

    assert response.json() == {"data": {"viewer": None}}


async def test_a_mutation_is_executed_over_post():
    RECORD.renamed.clear()

    response = await post('mutation { rename(name: "x") { name } }')

    assert response.json() == {"data": {"rename": {"name": "x"}}}
    assert RECORD.renamed == ["x"]


async def test_a_query_over_get_takes_its_variables_and_extensions_as_json():
    response = await get(
        "query A($n: String) { hello(name: $n) }", operationName="A", variables='{"n": "苏州"}', extensions="{}"
    )

    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "hello 苏州"}}


async def test_an_empty_operation_name_over_get_is_none():
    assert (await get("query A { hello }", operationName="")).json() == {"data": {"hello": "hello world"}}


async def test_a_head_request_is_answered_like_a_get():
    response = await ask("HEAD", params={"query": "{ hello }"})

    assert (response.status_code, response.headers["content-type"]) == (200, JSON_UTF8)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", JSON_UTF8),
        ("", JSON_UTF8),
        ("application/*", JSON_UTF8),
        (JSON, JSON_UTF8),
        (GRAPHQL_JSON, GRAPHQL_JSON_UTF8),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON_UTF8),
        (f"{JSON};q=0.9, {GRAPHQL_JSON}", GRAPHQL_JSON_UTF8),
        (f"{JSON}, {GRAPHQL_JSON}", JSON_UTF8),
        (f"{GRAPHQL_JSON}; charset=utf-8", GRAPHQL_JSON_UTF8),
        (f"{GRAPHQL_JSON};q=0, */*", JSON_UTF8),
        (f"text/event-stream, multipart/mixed, {GRAPHQL_JSON.upper()}", GRAPHQL_JSON_UTF8),
    ],
)
async def test_the_answer_is_in_the_media_type_that_is_liked_best(accept, media):
    response = await post("{ hello }", accept=accept)

    assert (response.status_code, response.headers["content-type"]) == (200, media)


WELL_FORMED = {
    "syntax error": ({"query": "{"}, 400),
    "unknown field": ({"query": "{ hallo }"}, 400),
    "unknown operation": ({"query": "query A { hello }", "operationName": "B"}, 400),
    "no telling which operation": ({"query": "query A { hello } query B { hello }"}, 400),
    "variable of the wrong type": ({"query": "query($d: Date!) { day(of: $d) }", "variables": {"d": 1}}, 400),
    "variable missing": ({"query": "query($d: Date!) { day(of: $d) }"}, 400),
    "too large": ({"query": "{" + " ".join(f"a{n}: hello" for n in range(31)) + "}"}, 400),
    "too costly": ({"query": "{ members(first: 5000) { edges { node { name } } } }"}, 400),
    "no operation": ({"query": "fragment F on Query { hello }"}, 400),
    "empty": ({"query": ""}, 400),
    "field error": ({"query": "{ hello broken }"}, 294),
    "field error up to the root": ({"query": "{ hello brokenRequired }"}, 294),
    "all well": ({"query": "{ hello }"}, 200),
}


@pytest.mark.parametrize("what", WELL_FORMED)
async def test_under_graphql_json_the_status_tells_what_came_of_the_request(what):
    body, status = WELL_FORMED[what]

    response = await ask(json=body, headers={"accept": GRAPHQL_JSON})

    assert response.status_code == status
    assert ("data" in response.json()) is (status < 300)
    assert ("errors" in response.json()) is (status != 200)


@pytest.mark.parametrize("what", WELL_FORMED)
async def test_under_json_every_well_formed_request_is_answered_with_200(what):
    body, status = WELL_FORMED[what]

    response = await ask(json=body, headers={"accept": JSON})

    assert (response.status_code, response.headers["content-type"]) == (200, JSON_UTF8)
    assert ("data" in response.json()) is (status < 300)


async def test_what_is_wrong_with_variables_has_a_code_and_no_data():
    response = await post("query($d: Date!) { day(of: $d) }", variables={"d": None})

    assert response.json() == {
        "errors": [
            {
                "message": "Variable '$d' of non-null type 'Date!' must not be null.",
                "locations": [{"line": 1, "column": 7}],
                "extensions": {"code": "BAD_USER_INPUT"},
            }
        ]
    }


async def test_an_operation_that_costs_too_much_under_its_variables_is_refused():
    query = "query($n: Int) { members(first: $n) { edges { node { name } } } }"
    app = tiny_app(limits=Limits(cost=400))

    small, large = [await post(query, app=app, variables={"n": n}) for n in (100, 200)]

    assert small.json() == {"data": {"members": None}}
    assert large.json()["errors"][0]["extensions"] == {
        "code": "QUERY_TOO_LARGE",
        "limit": "cost",
        "found": 601,
        "allowed": 400,
    }


async def test_an_operation_that_takes_too_long_is_cut_short():
    RECORD.cancelled = 0
    app = tiny_app(seconds=0.05)

    response, legacy = await post("{ slow }", app=app), await post("{ slow }", app=app, accept=JSON)

    assert (response.status_code, legacy.status_code) == (504, 200)
    assert response.json() == {
        "errors": [{"message": "操作未能在 0.05 秒内完成", "extensions": {"code": "TIMEOUT", "seconds": 0.05}}]
    }
    assert RECORD.cancelled == 2


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (None, "查询过大：depth 为 13，上限 12"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "查询过大：depth 为 13，上限 12"),
        ("en-GB, zh;q=0.5", "The query is too large: depth is 13, at most 12"),
    ],
)
async def test_limits_are_told_in_the_language_of_the_request(language, message):
    response = await post(
        "{" + "self {" * 12 + "hello" + "}" * 13, headers={"accept-language": language} if language else {}
    )

    assert response.json()["errors"][0]["message"] == message
