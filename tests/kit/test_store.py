"""Store: a folder and a bucket keep the same promises."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.files.store import CHUNK, Missing, Store, StoreAway, chunks_of, drafting, put
from kit.files.store_s3 import PART
from kit.files.stores import store_of
from kit.ids import new_id
from kit.settings import read_settings
from tests.servers.s3 import ObjectStore

Place = tuple[Store, Callable[[], int]]


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A store, and how many drafts of it lie about unfinished."""
    if request.param == "folder":
        address = f"file://{tmp_path}/a%20folder"
        return _at(address), lambda: len(list((tmp_path / "a folder" / ".drafts").iterdir()))
    server: ObjectStore = request.getfixturevalue("object_store")
    address = server.bucket()
    return _at(address), lambda: server.unfinished(address)


@pytest.fixture
def store(place: Place) -> Store:
    return place[0]


def test_what_was_put_is_got_byte_by_byte(store: Store) -> None:
    put(store, "works/one.pdf", [b"\x00\xff", b"", b"three"])

    assert _got(store, "works/one.pdf") == b"\x00\xffthree"
    assert store.size("works/one.pdf") == 7


def test_an_empty_file_is_a_file(store: Store) -> None:
    put(store, "empty", [])

    assert (store.size("empty"), _got(store, "empty")) == (0, b"")


def test_what_is_larger_than_a_part_and_than_a_chunk_comes_back_whole(store: Store) -> None:
    block = os.urandom(1_000_000)
    sizes = [len(block)] * 11 + [1]

    put(store, "large", (block[:size] for size in sizes))

    assert store.size("large") == sum(sizes) > 2 * PART
    with closing(store.get("large")) as reader:
        chunks = list(chunks_of(reader))
    assert b"".join(chunks) == block * 11 + block[:1]
    assert max(map(len, chunks)) <= CHUNK


@pytest.mark.parametrize("size", [PART - 1, PART, PART + 1, 2 * PART])
def test_nothing_is_lost_where_parts_meet(store: Store, size: int) -> None:
    content = os.urandom(size)

    put(store, "parts", [content])

    assert _got(store, "parts") == content


def test_what_is_not_there_is_missing(store: Store) -> None:
    assert store.size("nothing") is None
    with pytest.raises(Missing):
        store.get("nothing")


def test_putting_again_takes_the_place_of_what_was_there(store: Store) -> None:
    put(store, "twice", [b"first, and longer"])
    put(store, "twice", [b"second"])

    assert _got(store, "twice") == b"second"


def test_delete_leaves_nothing_and_can_be_repeated(store: Store) -> None:
    put(store, "works/gone", [b"content"])
    put(store, "works/stays", [b"content"])

    store.delete("works/gone")
    store.delete("works/gone")

    assert (store.size("works/gone"), store.size("works/stays")) == (None, 7)


@pytest.mark.parametrize("size", [5, PART + 5])
def test_a_draft_is_not_seen_before_it_is_kept_and_leaves_nothing_when_it_is_not(place: Place, size: int) -> None:
    store, unfinished = place
    put(store, "key", [b"before"])

    with drafting(store, "key") as draft:
        draft.write(bytes(size))
        assert _got(store, "key") == b"before"

    assert (_got(store, "key"), unfinished()) == (b"before", 0)


def test_a_draft_that_fails_half_way_leaves_nothing(place: Place) -> None:
    store, unfinished = place

    def broken() -> Iterator[bytes]:
        yield bytes(PART + 1)
        raise RuntimeError("the sender has gone")

    with pytest.raises(RuntimeError, match="gone"):
        put(store, "key", broken())

    assert (store.size("key"), unfinished()) == (None, 0)


def test_discarding_what_was_kept_changes_nothing(place: Place) -> None:
    store, unfinished = place
    draft = store.draft("key")
    draft.write(bytes(PART + 1))
    draft.keep()

    draft.discard()

    assert (store.size("key"), unfinished()) == (PART + 1, 0)


def test_of_two_drafts_of_one_key_the_last_to_be_kept_stays_whole(store: Store) -> None:
    first, second = store.draft("key"), store.draft("key")
    first.write(b"1" * 100)
    second.write(b"2" * 50)
    first.write(b"1" * 100)

    second.keep()
    first.keep()

    assert _got(store, "key") == b"1" * 200


def test_what_is_no_key_is_refused_by_every_method(store: Store) -> None:
    outside = ["/", "/etc/passwd", "..", "../x", "a/../b", "a//b", "a/", "./a", ".drafts/a"]
    unlike = ["", "a\x00b", "a\n", "A", "作品", "a\\b", "a" * 201]

    for key in outside + unlike:
        for method in (store.draft, store.get, store.size, store.delete):
            with pytest.raises(ValueError, match="is no key"):
                method(key)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=st.lists(st.binary(max_size=2000), max_size=8))
def test_any_sequence_of_chunks_comes_back_as_their_sum(store: Store, chunks: list[bytes]) -> None:
    key = f"any/{new_id()}"

    put(store, key, chunks)

    assert _got(store, key) == b"".join(chunks)
    assert store.size(key) == len(b"".join(chunks))


def test_a_folder_that_cannot_be_written_to_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = _at(f"file://{tmp_path}/file")

    with pytest.raises(StoreAway):
        store.draft("key")


def test_a_bucket_that_nobody_serves_or_that_does_not_exist_is_away(object_store: ObjectStore) -> None:
    absent = _at(f"s3://no-such-bucket?endpoint={object_store.url}")
    unserved = _at("s3://bucket?endpoint=http://127.0.0.1:1")

    for store in (absent, unserved):
        with pytest.raises(StoreAway):
            put(store, "key", [b"content"])


def test_no_variable_of_amazon_is_read(object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    address = object_store.bucket()
    misleading = {
        "AWS_PROFILE": "nobody",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_CA_BUNDLE": "/nowhere",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_ACCESS_KEY_ID": "somebody",
        "HTTP_PROXY": "http://127.0.0.1:1",
    }
    for name, value in misleading.items():
        monkeypatch.setenv(name, value)
    store = _at(address, "another key")

    put(store, "key", [b"content"])

    assert _got(store, "key") == b"content"


def _at(address: str, key: str = "key") -> Store:
    return store_of(replace(read_settings(), store=address, store_key=key, store_secret="secret"))


def _got(store: Store, key: str) -> bytes:
    with closing(store.get(key)) as reader:
        return b"".join(chunks_of(reader))
