"""Persisted queries: by POST, GET and socket as Apollo's protocol has it, and no stranger pushes out what others keep."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.protocol.faults import Fault
from gateway.protocol.limits import Limits
from gateway.protocol.persisted import Persisted, digest_of
from tests.gateway.protocol.asking import GRAPHQL_JSON, JSON, ask, code_of
from tests.gateway.protocol.talking import acknowledged
from tests.gateway.protocol.tiny_gateway import RECORD, served, tiny_app

HELLO = "query($n: String) { hello(name: $n) }"
RENAME = 'mutation { rename(name: "x") { name } }'


def by_hash(digest: str, **more):
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}, **more}


async def post_named(app, text, *, accept=GRAPHQL_JSON, **more):
    return await ask(app=app, json=by_hash(digest_of(text), **more), headers={"accept": accept})


async def get_named(app, text, **more):
    params = {name: json.dumps(value) for name, value in by_hash(digest_of(text)).items()} | more
    return await ask("GET", app=app, params=params, headers={"accept": GRAPHQL_JSON})


async def test_a_document_that_nobody_sent_is_asked_for_in_the_words_that_clients_look_for():
    response = await post_named(tiny_app(), HELLO)

    assert response.status_code == 404
    [error] = response.json()["errors"]
    assert error["message"] == "PersistedQueryNotFound"
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert response.headers["cache-control"] == "no-store"


async def test_under_plain_json_it_is_a_200_as_every_answer_to_a_well_formed_request():
    response = await post_named(tiny_app(), HELLO, accept=JSON)

    assert (response.status_code, code_of(response)) == (200, "PERSISTED_QUERY_NOT_FOUND")


async def test_once_sent_whole_a_document_is_answered_by_its_hash_by_post_and_get():
    app = tiny_app()
    first = await post_named(app, HELLO, query=HELLO, variables={"n": "杭州"})

    by_post = await post_named(app, HELLO, variables={"n": "上海"})
    by_get = await get_named(app, HELLO, variables='{"n": "南京"}')

    assert first.json() == {"data": {"hello": "hello 杭州"}}
    assert by_post.json() == {"data": {"hello": "hello 上海"}}
    assert by_get.json() == {"data": {"hello": "hello 南京"}}


async def test_a_document_may_be_sent_whole_by_get_too():
    app = tiny_app()
    await get_named(app, "{ hello }", query="{ hello }")

    assert (await post_named(app, "{ hello }")).json() == {"data": {"hello": "hello world"}}


async def test_a_hash_of_another_document_is_refused_whether_or_not_it_is_known():
    app = tiny_app()
    unknown = await post_named(app, HELLO, query="{ viewer }")
    await post_named(app, HELLO, query=HELLO)
    known = await post_named(app, HELLO, query="{ viewer }")

    assert [code_of(unknown), code_of(known)] == ["PERSISTED_QUERY_MISMATCH"] * 2
    assert known.status_code == 400
    assert (await post_named(app, HELLO)).json() == {"data": {"hello": "hello world"}}


@pytest.mark.parametrize("text", ["{ noSuchField }", "{", "{ self { self { hello } } }"])
async def test_a_document_that_is_refused_is_not_kept(text):
    app = tiny_app(limits=Limits(depth=2))
    assert "errors" in (await post_named(app, text, query=text)).json()

    assert code_of(await post_named(app, text)) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_mutation_goes_by_hash_over_post_and_never_over_get():
    app = tiny_app()
    RECORD.renamed.clear()
    await post_named(app, RENAME, query=RENAME)

    assert (await post_named(app, RENAME)).json() == {"data": {"rename": {"name": "x"}}}
    refused = await get_named(app, RENAME)

    assert (refused.status_code, code_of(refused)) == (405, "MUTATION_OVER_GET")
    assert RECORD.renamed == ["x", "x"]


async def test_where_nothing_is_kept_clients_are_told_to_stop_asking():
    app = tiny_app(limits=Limits(persisted=0))
    whole = await post_named(app, HELLO, query=HELLO)
    named = await post_named(app, HELLO)

    assert whole.json() == {"data": {"hello": "hello world"}}
    assert named.json()["errors"][0]["message"] == "PersistedQueryNotSupported"


@pytest.mark.parametrize(
    ("named", "code"),
    [
        (7, "BAD_PARAMETER"),
        ([], "BAD_PARAMETER"),
        ({"version": 1}, "BAD_PARAMETER"),
        ({"version": 1, "sha256Hash": 7}, "BAD_PARAMETER"),
        ({"version": 2, "sha256Hash": "0"}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"sha256Hash": "0"}, "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"version": 1, "sha256Hash": "no hash"}, "PERSISTED_QUERY_NOT_FOUND"),
    ],
)
async def test_odd_names_are_refused_by_what_is_odd(named, code):
    response = await ask(json={"extensions": {"persistedQuery": named}}, headers={"accept": GRAPHQL_JSON})

    assert code_of(response) == code


async def test_a_document_goes_by_its_hash_on_a_socket_too():
    with served(tiny_app()) as url:
        async with acknowledged(url) as talk:
            await talk.say(type="subscribe", id="1", payload=by_hash(digest_of(HELLO)))
            missed = await talk.hear()
            await talk.say(type="subscribe", id="2", payload=by_hash(digest_of(HELLO), query=HELLO))
            told = [await talk.hear(), await talk.hear()]
            await talk.say(type="subscribe", id="3", payload=by_hash(digest_of(HELLO)))
            again = await talk.hear()

    assert (missed["type"], missed["payload"][0]["message"]) == ("error", "PersistedQueryNotFound")
    assert [each["type"] for each in told] == ["next", "complete"]
    assert again["payload"] == {"data": {"hello": "hello world"}}


def kept(persisted: Persisted, texts) -> set[str]:
    return {text for text in texts if persisted.find(digest_of(text)) is not None}


def test_a_stranger_who_fills_the_store_pushes_out_only_their_own():
    persisted = Persisted(entries=50, characters=100_000)
    ours = [f"{{ ours{n} }}" for n in range(20)]
    for text in ours:
        persisted.keep(digest_of(text), text, "ann")

    for n in range(1_000):
        text = f"{{ flood{n} {'x' * (n % 4_000)} }}"
        persisted.keep(digest_of(text), text, "stranger")

    assert kept(persisted, ours) == set(ours)
    assert len(persisted) <= 50
    assert persisted.characters <= 100_000


@given(st.lists(st.tuples(st.sampled_from("bcd"), st.integers(0, 400)), max_size=60), st.integers(4, 40))
@settings(max_examples=60, deadline=None)
def test_nobody_who_holds_less_than_their_part_loses_anything(said, entries):
    persisted = Persisted(entries, characters=100 * entries)
    ours = [f"{{ ours{n} }}" for n in range(entries // 10)]  # with its place each weighs less than 120, of 25 * entries
    for text in ours:
        persisted.keep(digest_of(text), text, "ann")

    for n, (holder, length) in enumerate(said):
        text = f"{{ field{n} {'x' * length} }}"
        persisted.keep(digest_of(text), text, holder)
        assert len(persisted) <= entries
        assert persisted.characters <= 100 * entries

    assert kept(persisted, ours) == set(ours)


def test_what_is_not_there_is_a_fault():
    with pytest.raises(Fault):
        Persisted(entries=1, characters=1).check("0", "")
