"""Beginning an upload: what is announced is taken or refused before a byte is sent."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from kit.ids import new_id
from tests.services.events.events_hub import Refused, at_once
from tests.services.events.judging.works.handing_in import PIECE, WORKS_OPEN, Entered
from tests.services.uploading import a_pdf


def test_begin_upload_says_how_the_file_is_to_be_cut(entry: Entered) -> None:
    upload = entry.begin(a_pdf(2_500))

    ticket = upload["url"].removeprefix("/works/pieces/")
    assert ticket.count(".") == 2
    assert upload == {
        "id": upload["id"],
        "piece_size": PIECE,
        "pieces": 3,
        "url": f"/works/pieces/{ticket}",
        "expires_at": (WORKS_OPEN + timedelta(minutes=120)).isoformat(),
    }


def test_begin_upload_refuses_what_the_rules_do_not_take(entry: Entered) -> None:
    taken = "application/pdf, video/mp4, image/png, image/jpeg"
    with entry.events.refuses("FILE_TOO_LARGE", "size", max=10_000):
        entry.begin(a_pdf(10_001))
    with pytest.raises(Refused) as refused:
        entry.begin(a_pdf(), media_type="text/html")
    assert refused.value.problems[0]["code"] == "MEDIA_TYPE_NOT_TAKEN"
    assert refused.value.problems[0]["params"]["choices"].startswith(taken)


def test_a_name_that_is_a_path_or_hides_something_is_refused(entry: Entered) -> None:
    paths = ["../../etc/passwd", "a/b.pdf", "a\\b.pdf", "..", "."]
    hiding = {"a\x00.pdf": ("U+0000", "2"), "fdp.\u202egpj": ("U+202E", "5")}

    for name in paths:
        with entry.events.refuses("INVALID", "name"):
            entry.begin(a_pdf(), name=name)
    for name, (character, place) in hiding.items():
        with entry.events.refuses("CHARACTER_NOT_ALLOWED", "name", character=character, place=place):
            entry.begin(a_pdf(), name=name)


def test_begin_upload_refuses_what_has_not_the_form(entry: Entered) -> None:
    wrong = [
        ("size", 0, "OUT_OF_RANGE"),
        ("size", -1, "OUT_OF_RANGE"),
        ("size", 2**31, "OUT_OF_RANGE"),
        ("size", "2500", "INVALID"),
        ("size", None, "REQUIRED"),
        ("sha256", "0" * 63, "INVALID"),
        ("sha256", "0" * 65, "TOO_LONG"),
        ("sha256", "A" * 64, "INVALID"),
        ("name", "", "TOO_SHORT"),
        ("name", "n" * 201, "TOO_LONG"),
        ("name", 7, "INVALID"),
        ("media_type", ["application/pdf"], "INVALID"),
        ("entry_id", "1", "INVALID"),
        ("path", "/etc", "UNKNOWN_FIELD"),
    ]
    entry.events.rest()
    before = entry.events.contents()

    for field, value, code in wrong:
        with pytest.raises(Refused) as refused:
            entry.begin(a_pdf(), **{field: value})
        camel = {"media_type": "mediaType", "entry_id": "entryId"}.get(field, field)
        assert [(each["code"], each["field"]) for each in refused.value.problems] == [(code, camel)]

    assert entry.events.contents() == before


def test_an_entry_has_so_many_works_and_then_new_versions_of_them(entry: Entered) -> None:
    first, second = entry.hand_in(a_pdf(mark="1")), entry.hand_in(a_pdf(mark="2"))

    with entry.events.refuses("TOO_MANY_WORKS", "workId", max=2):
        entry.begin(a_pdf(mark="3"))
    newer = entry.hand_in(a_pdf(mark="3"), work_id=first["id"])

    assert [(work["place"], work["versions"][0]["number"]) for work in (first, second, newer)] == [
        (1, 1),
        (2, 1),
        (1, 2),
    ]


def test_an_entry_has_so_many_uploads_at_a_time(entry: Entered) -> None:
    begun = at_once(*[partial(entry.begin, a_pdf())] * 6)

    refused = [each.problems[0] for each in begun if isinstance(each, Refused)]
    assert len(begun) - len(refused) == 4
    assert {(each["code"], each["params"]["max"]) for each in refused} == {("TOO_MANY_UPLOADS", 4)}


def test_a_work_of_another_entry_cannot_be_given_a_version(entry: Entered) -> None:
    with entry.events.refuses("NOT_FOUND", "workId"):
        entry.begin(a_pdf(), work_id=new_id())

    work = entry.hand_in(a_pdf())
    other = entry.another()

    with entry.events.refuses("NOT_FOUND", "workId"):
        other.begin(a_pdf(), work_id=work["id"])
