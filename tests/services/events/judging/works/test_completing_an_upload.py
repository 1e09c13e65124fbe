"""Completing an upload: a file sent in pieces becomes a version of a work, or is refused and leaves nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.uploads import piece_key
from kit.context import Context
from kit.files.store import put
from kit.ids import new_id
from kit.viewer import Viewer
from kit.wire.request import Request
from kit.work.job_rows import ask_for
from tests.services.events.events_hub import SHANGHAI, at_once, eventually
from tests.services.events.judging.works.handing_in import (
    AWAY,
    IN_BOTH_STORES,
    MEMBER,
    PIECE,
    TEACHER,
    WORKS_OPEN,
    Entered,
    announced,
)
from tests.services.uploading import PDF, PNG, a_pdf

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@IN_BOTH_STORES
def test_complete_upload_makes_the_first_version_of_a_work_and_says_so_without_name_and_checksum(
    entry: Entered,
) -> None:
    content = a_pdf(2_500)
    said = len(entry.events.said())

    work = entry.hand_in(content)

    [version] = work["versions"]
    assert work == {**work, "entry_id": entry.entry_id, "place": 1, "counts": None}
    assert version == {
        "number": 1,
        "name": "教案.pdf",
        "media_type": PDF,
        "size": 2_500,
        "sha256": hashlib.sha256(content).hexdigest(),
        "completed_at": WORKS_OPEN.isoformat(),
        "counts": False,
        "url": version["url"],
    }
    assert entry.content(version["url"]) == content
    [(type_, message)] = entry.events.said(since=said)
    competition = entry.events.ask("competitions")["nodes"][0]
    assert type_ == "events.work_submitted"
    assert message == {
        "work_id": work["id"],
        "number": 1,
        "entry_id": entry.entry_id,
        "stage_id": work["stage_id"],
        "competition": {"id": competition["id"], "zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"},
        "track": {"id": competition["tracks"][0]["id"], "zh": "小学组", "en": "Track 小学组"},
        "organization": {"id": entry.organization_id, "zh": "上海师范大学", "en": "University 310115"},
        "province": SHANGHAI,
        "edition": 14,
        "series_id": competition["series"]["id"],
    }


def test_complete_upload_again_gives_the_same_answer_and_makes_nothing(entry: Entered) -> None:
    content = a_pdf()
    upload = entry.begin(content)
    entry.send(upload, content)
    first = entry.complete(upload)
    entry.events.rest()
    before = entry.events.contents()

    again = entry.complete(upload)

    assert _without_links(again) == _without_links(first)
    assert entry.events.contents() == before


@IN_BOTH_STORES
def test_complete_upload_at_once_makes_one_version(entry: Entered) -> None:
    content = a_pdf()
    upload = entry.begin(content)
    entry.send(upload, content)

    answers = at_once(*[partial(entry.complete, upload)] * 4)

    assert [len(answer["versions"]) for answer in answers] == [1] * 4
    assert [type_ for type_, _ in entry.events.said()].count("events.work_submitted") == 1


@IN_BOTH_STORES
def test_of_one_piece_or_of_as_many_as_fit(entry: Entered) -> None:
    for size in (PIECE - 1, PIECE, PIECE + 1, 2 * PIECE):
        content = a_pdf(size, mark=str(size))
        work_id = next((work["id"] for work in entry.works()), None)

        work = entry.hand_in(content, work_id=work_id)

        assert entry.content(work["versions"][0]["url"]) == content


@IN_BOTH_STORES
@SLOW
@given(content=st.binary(max_size=6 * PIECE), seed=st.integers(0, 2**32), repeats=st.integers(0, 5))
def test_any_cut_into_pieces_in_any_order_with_repeats_gives_the_same_bytes(
    entry: Entered, content: bytes, seed: int, repeats: int
) -> None:
    content, random = a_pdf(20) + content, Random(seed)
    upload = entry.begin(content, work_id=next((work["id"] for work in entry.works()), None))
    numbers = [*range(1, upload["pieces"] + 1)]
    numbers += random.choices(numbers, k=repeats)
    random.shuffle(numbers)

    entry.send(upload, content, *numbers)
    work = entry.complete(upload)

    assert entry.content(work["versions"][0]["url"]) == content
    entry.let_go_of_uploads()


@IN_BOTH_STORES
def test_complete_upload_names_the_pieces_that_have_not_arrived(entry: Entered) -> None:
    content = a_pdf(5 * PIECE)
    upload = entry.begin(content)
    entry.send(upload, content, 2, 4)

    with entry.events.refuses("PIECES_MISSING", "uploadId", pieces="1, 3, 5"):
        entry.complete(upload)

    entry.send(upload, content, 1, 3, 5)
    assert entry.complete(upload)["versions"][0]["number"] == 1


@IN_BOTH_STORES
def test_what_is_not_the_file_that_was_announced_is_refused_and_can_be_mended(entry: Entered) -> None:
    content = a_pdf(2 * PIECE)
    upload = entry.begin(content)

    for wrong in (b"", b"%PDF-", a_pdf(PIECE, mark="other"), a_pdf(3 * PIECE)):
        entry.send(upload, content)
        put(entry.store, piece_key(upload["id"], 1), [wrong])
        with entry.events.refuses("CHECKSUM_WRONG", "uploadId"):
            entry.complete(upload)
        assert entry.store.size(f"works/{upload['id']}") is None

    entry.send(upload, content, 1)
    assert entry.complete(upload)["versions"][0]["number"] == 1


@IN_BOTH_STORES
def test_a_file_that_does_not_begin_as_its_type_does_is_refused(entry: Entered) -> None:
    page, program = b"<html><script>alert(1)</script></html>", b"MZ\x90\x00" + bytes(100)

    for content in (page, program, b"\x89PNG\r\n\x1a\n", b"%PDF".rjust(99)):
        upload = entry.begin(content)
        entry.send(upload, content)
        with entry.events.refuses("NOT_THAT_TYPE", "mediaType", type=PDF):
            entry.complete(upload)
        assert entry.store.size(f"works/{upload['id']}") is None


def test_another_type_that_the_rules_name_is_taken_as_what_it_is(entry: Entered) -> None:
    work = entry.hand_in(b"\x89PNG\r\n\x1a\n" + bytes(50), media_type=PNG, name="海报.png")

    assert work["versions"][0]["media_type"] == PNG


def test_uploads_begun_before_the_works_became_too_many_are_refused_when_they_are_completed(entry: Entered) -> None:
    contents = [a_pdf(mark=str(place)) for place in range(3)]
    uploads = [entry.begin(content) for content in contents]
    for upload, content in zip(uploads, contents, strict=True):
        entry.send(upload, content)
    entry.complete(uploads[0])
    entry.complete(uploads[1])

    with entry.events.refuses("TOO_MANY_WORKS", "workId", max=2):
        entry.complete(uploads[2])


def test_a_store_that_is_away_makes_the_call_unavailable_and_leaves_everything_as_it_was(
    entry: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())
    entry.events.rest()
    before = entry.events.contents()

    with monkeypatch.context() as patch:
        settings = replace(entry.events.runtime.settings, store=AWAY)
        patch.setattr(entry.events.runtime, "settings", settings)
        answer = entry.events.runtime.answer(
            Request("complete_upload", {"upload_id": upload["id"]}, Context(Viewer(TEACHER)))
        )

    assert answer is not None
    assert answer["error"]["kind"] == "unavailable"
    assert entry.events.contents() == before
    assert entry.complete(upload)["versions"][0]["number"] == 1


def test_what_was_asked_for_in_time_is_completed_though_its_turn_comes_late(entry: Entered) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())

    with entry.events.runtime.database.transaction(Context(Viewer(TEACHER))) as session:
        ask_for(session, "complete_upload", {"upload_id": upload["id"]}, most=1)
        entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=131))  # when it would be swept away

    eventually(entry.works, 60)
    assert entry.content(entry.works()[0]["versions"][0]["url"]) == a_pdf()
    eventually(lambda: not entry.uploads() or entry.waiting("sweep_upload"))


def test_what_was_never_begun_cannot_be_completed(entry: Entered) -> None:
    with entry.events.refuses("NOT_FOUND", "uploadId"):
        entry.complete({"id": new_id()})
    with entry.events.refuses("NOT_FOUND", "entryId"):
        entry.events.ask("begin_upload", TEACHER, **announced(new_id(), a_pdf()))
    with entry.events.refuses("NOT_ALLOWED"):  # whoever holds no role hears what they hear of what others have begun
        entry.complete({"id": new_id()}, MEMBER)


def _without_links(work: dict[str, object]) -> dict[str, object]:
    versions = work["versions"]
    assert isinstance(versions, list)
    return {**work, "versions": [{**version, "url": None} for version in versions]}
