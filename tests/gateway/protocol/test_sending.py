"""Sending: what visitors read over GET may be kept by anybody, what a viewer reads by nobody; long answers are shortened."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.protocol.sending import MOST_PADDING, SHORT, zipped
from tests.gateway.protocol.asking import GRAPHQL_JSON, ask, get, post
from tests.gateway.protocol.tiny_gateway import GOOD_TOKEN, tiny_app

SIGNED_IN = {"authorization": f"Bearer {GOOD_TOKEN}"}
LONG = "长" * SHORT
ECHO = "query($n: String) { hello(name: $n) }"
RENAME = "mutation($n: String!) { rename(name: $n) { name } }"


async def test_what_a_visitor_reads_over_get_may_be_kept_by_anybody_for_a_while():
    response = await get("{ hello }")

    assert response.headers["cache-control"] == "public, max-age=30"
    assert response.headers["etag"].startswith('W/"')
    varied = {each.strip() for each in response.headers["vary"].split(",")}
    assert {"Authorization", "Accept", "Accept-Language", "Accept-Encoding", "Origin"} <= varied


@pytest.mark.parametrize(
    ("method", "headers", "query"),
    [
        ("GET", SIGNED_IN, "{ viewer }"),
        ("GET", SIGNED_IN, "{ hello }"),
        ("HEAD", SIGNED_IN, "{ hello }"),
        ("POST", {}, "{ hello }"),
        ("GET", {}, "{ hello broken }"),
        ("GET", {}, "{ brokenRequired }"),
        ("GET", {}, "{ noSuchField }"),
        ("GET", {}, 'mutation { rename(name: "x") { name } }'),
    ],
)
async def test_all_else_is_kept_by_nobody(method, headers, query):
    sent = {"json": {"query": query}} if method == "POST" else {"params": {"query": query}}
    response = await ask(method, headers={"accept": GRAPHQL_JSON, **headers}, **sent)

    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def test_whoever_has_the_answer_already_is_not_sent_it_again():
    app = tiny_app()
    first = await get("{ hello }", app=app)
    tag = first.headers["etag"]

    for wanted in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = await get("{ hello }", app=app, headers={"if-none-match": wanted})
        assert (again.status_code, again.content) == (304, b"")
        assert [again.headers[name] for name in ("etag", "cache-control", "vary")] == [
            first.headers[name] for name in ("etag", "cache-control", "vary")
        ]
    other = await get('{ hello(name: "x") }', app=app, headers={"if-none-match": tag})
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)


async def test_a_tag_gives_a_viewer_no_way_to_an_answer_of_visitors():
    app = tiny_app()
    tag = (await get("{ viewer }", app=app)).headers["etag"]

    response = await get("{ viewer }", app=app, headers={"if-none-match": tag, **SIGNED_IN})

    assert (response.status_code, response.json()) == (200, {"data": {"viewer": "the representative"}})


async def test_where_nothing_may_be_kept_visitors_are_told_so():
    assert (await get("{ hello }", app=tiny_app(public_seconds=0))).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1, gzip;q=0.5"])
async def test_a_long_answer_is_shortened_for_whoever_reads_gzip(accepted):
    response = await post(ECHO, variables={"n": LONG}, headers={"accept-encoding": accepted})

    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < 400
    assert "Accept-Encoding" in response.headers["vary"]
    assert response.json() == {"data": {"hello": f"hello {LONG}"}}


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", ""])
async def test_whoever_does_not_read_gzip_gets_it_whole(accepted):
    response = await post(ECHO, variables={"n": LONG}, headers={"accept-encoding": accepted})

    assert "content-encoding" not in response.headers
    assert response.json() == {"data": {"hello": f"hello {LONG}"}}


async def test_short_answers_and_those_of_commands_are_left_as_they_are():
    short = await post(ECHO, variables={"n": "上海"}, headers={"accept-encoding": "gzip"})
    told = await post(RENAME, variables={"n": LONG}, headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in short.headers
    assert "content-encoding" not in told.headers


async def test_a_shortened_answer_that_may_be_kept_has_the_tag_of_the_whole_one():
    app = tiny_app()
    both = [
        await get(ECHO, app=app, variables=json.dumps({"n": LONG}), headers={"accept-encoding": accepted})
        for accepted in ("gzip", "identity")
    ]

    assert [each.headers.get("content-encoding") for each in both] == ["gzip", None]
    assert both[0].headers["etag"] == both[1].headers["etag"]
    assert all("Accept-Encoding" in each.headers["vary"] for each in both)


def test_the_length_of_what_is_shortened_does_not_tell_what_is_in_it():
    """BREACH: a guess that repeats the secret is shorter by a few bytes; one look at the length does not show that."""
    secret = "calendar=7f3a9c" + "x" * SHORT
    right, wrong = (
        {len(zipped(f"{secret} {guess}".encode())) for _ in range(400)} for guess in ("calendar=7f3", "calendar=q8z")
    )

    assert len(right) > MOST_PADDING / 2
    assert len(right & wrong) > MOST_PADDING / 2


@given(st.binary(max_size=4_000))
def test_what_is_shortened_reads_as_it_was(content):
    assert gzip.decompress(zipped(content)) == content
