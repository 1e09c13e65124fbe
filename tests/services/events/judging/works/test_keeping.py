"""Keeping: versions, what counts in the end, and what is deleted when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.uploads import piece_key
from services.events.admission.entries.model import Entry, Participant
from services.events.judging.blinding.model import BlindCode, Seal
from services.events.judging.results.model import Result
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, eventually
from tests.services.events.judging.works.handing_in import (
    AWAY,
    IN_BOTH_STORES,
    TEACHER,
    WORKS_CLOSE,
    WORKS_OPEN,
    Entered,
    close_works,
    entered,
    place,
)
from tests.services.uploading import a_pdf, got


@IN_BOTH_STORES
def test_versions_are_kept_up_to_the_limit_and_older_ones_are_deleted(entry: Entered) -> None:
    first = entry.hand_in(a_pdf(mark="1"))
    for mark in "23":
        entry.hand_in(a_pdf(mark=mark), work_id=first["id"])

    eventually(lambda: not entry.waiting("prune_work"))

    [work] = entry.works()
    assert [version["number"] for version in work["versions"]] == [3, 2]
    assert [entry.content(version["url"]) for version in work["versions"]] == [a_pdf(mark="3"), a_pdf(mark="2")]
    with pytest.raises(Refused, match="NOT_FOUND"):
        entry.content(first["versions"][0]["url"])


def test_files_are_deleted_once_what_named_them_is_gone_and_again_where_the_store_was_away(
    entry: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())
    entry.complete(upload)
    there = entry.events.runtime.settings
    entry.withdraw()

    with monkeypatch.context() as patch:
        patch.setattr(entry.events.runtime, "settings", replace(there, store=AWAY))
        entry.events.clock.move_to(WORKS_OPEN + timedelta(days=30))
        eventually(lambda: not entry.waiting("sweep_upload") and not entry.waiting("erase_works"), 60)
        eventually(lambda: entry.all_failed("delete_files"))  # that of the pieces and that of the file
        assert [work["versions"] for work in entry.works()] == [[]]
    assert got(entry.store, f"works/{upload['id']}") == a_pdf()

    entry.events.clock.advance(timedelta(hours=1))
    eventually(lambda: entry.store.size(f"works/{upload['id']}") is None, 60)


def test_the_last_complete_version_before_the_end_counts(entry: Entered) -> None:
    first = entry.hand_in(a_pdf(mark="1"))
    entry.hand_in(a_pdf(mark="2"), work_id=first["id"])
    entry.events.clock.move_to(WORKS_CLOSE - timedelta(minutes=5))
    unfinished = entry.begin(a_pdf(mark="3"), work_id=first["id"])
    entry.send(unfinished, a_pdf(mark="3"), 1)

    close_works(entry.events)

    [work] = entry.works()
    assert work["counts"] == 2
    assert [(version["number"], version["counts"]) for version in work["versions"]] == [(2, True), (1, False)]


def test_before_the_end_nothing_counts_yet(entry: Entered) -> None:
    entry.hand_in(a_pdf())

    [work] = entry.works()

    assert (work["counts"], work["versions"][0]["counts"]) == (None, False)


@IN_BOTH_STORES
def test_an_abandoned_upload_is_swept_away(entry: Entered) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf(), 1, 3)

    entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=130))
    eventually(lambda: not entry.uploads())

    eventually(lambda: not any(entry.store.size(piece_key(upload["id"], number)) for number in (1, 2, 3)))
    with entry.events.refuses("NOT_FOUND", "uploadId"):
        entry.complete(upload)


def test_an_upload_whose_ticket_has_expired_cannot_be_completed(entry: Entered) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())
    entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=120))

    with entry.events.refuses("UPLOAD_EXPIRED", "uploadId"):
        entry.complete(upload)


@IN_BOTH_STORES
def test_sweeping_leaves_the_file_that_the_pieces_became(entry: Entered) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())
    entry.complete(upload)

    entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=130))
    eventually(lambda: not entry.uploads())

    eventually(lambda: entry.store.size(piece_key(upload["id"], 1)) is None)
    work = entry.complete(upload)
    assert entry.content(work["versions"][0]["url"]) == a_pdf()


def test_sweeping_makes_place_for_further_uploads(entry: Entered) -> None:
    for _ in range(4):
        entry.begin(a_pdf())
    with entry.events.refuses("TOO_MANY_UPLOADS", max=4):
        entry.begin(a_pdf())

    entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=130))
    eventually(lambda: not entry.uploads())

    assert entry.begin(a_pdf())["pieces"] == 3


@IN_BOTH_STORES
def test_the_works_of_a_withdrawn_entry_are_deleted_after_some_days(entry: Entered) -> None:
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())
    entry.complete(upload)
    key = f"works/{upload['id']}"

    entry.withdraw()
    assert got(entry.store, key) == a_pdf()
    entry.events.clock.move_to(WORKS_OPEN + timedelta(days=30))
    eventually(lambda: not entry.waiting("erase_works"))

    eventually(lambda: entry.store.size(key) is None)
    assert [work["versions"] for work in entry.works()] == [[]]


@pytest.mark.parametrize("result_days", [365, 90])
def test_a_winner_who_withdraws_keeps_the_files_as_long_as_the_rules_say(events: EventsHub, result_days: int) -> None:
    entry = entered(events, result_days=result_days)
    upload = entry.begin(a_pdf())
    entry.send(upload, a_pdf())
    entry.complete(upload)
    result_id = place(entry)
    entry.withdraw()
    _ring(entry, WORKS_OPEN + timedelta(days=40))
    assert entry.works()[0]["versions"], "its result is not final yet"
    final_at = WORKS_OPEN + timedelta(days=41)
    with events.runtime.database.transaction() as session:
        session.get_one(Result, result_id).final_at = final_at
    _ring(entry, final_at + timedelta(days=1))

    _ring(entry, final_at + timedelta(days=result_days - 1))
    kept = [work["versions"] != [] for work in entry.works()]
    entry.events.clock.move_to(final_at + timedelta(days=result_days + 1))
    eventually(lambda: not entry.waiting("erase_works"))

    assert kept == [True]
    assert [work["versions"] for work in entry.works()] == [[]]


@pytest.mark.parametrize("withdraws", [False, True])
def test_the_works_of_a_cancelled_competition_go_though_its_result_is_never_final(
    events: EventsHub, withdraws: bool
) -> None:
    entry = entered(events, result_days=90)
    entry.hand_in(a_pdf())
    place(entry)
    if withdraws:
        entry.withdraw()
    until = _cancel(entry)
    entry.events.clock.move_to(until + timedelta(days=40))
    eventually(lambda: entry.waits_until("erase_works") == until + timedelta(days=90))
    assert entry.works()[0]["versions"]

    entry.events.clock.move_to(until + timedelta(days=91))

    eventually(lambda: not entry.waiting("erase_works"))
    assert [work["versions"] for work in entry.works()] == [[]]


def test_works_behind_codes_that_nobody_will_ever_open_go_with_the_competition(entry: Entered) -> None:
    entry.hand_in(a_pdf())
    _seal(entry)
    entry.withdraw()
    alone = entry.waits_until("erase_works")
    until = _cancel(entry)
    assert entry.waits_until("erase_works") == alone, "it waits as it did before the cancelling"
    assert entry.works()[0]["versions"]

    entry.events.clock.move_to(max(alone, until) + timedelta(days=2))

    eventually(lambda: not entry.waiting("erase_works"))
    assert [work["versions"] for work in entry.works()] == [[]]


def _seal(entry: Entered) -> None:
    """Have the entry judged behind a code that is not opened."""
    with entry.events.runtime.database.transaction() as session:
        stage_id = session.scalars(select(Participant.stage_id)).one()
        session.add(Seal(id=stage_id, created_at=session.now, version=1))
        session.add(BlindCode(stage_id=stage_id, code="A-1", entry_id=entry.entry_id))


def _cancel(entry: Entered) -> datetime:
    """Until when it can be taken back."""
    with entry.events.runtime.database.transaction(writes=False) as session:
        edition_id = session.get_one(Entry, entry.entry_id).edition_id
    done = entry.events.ask("cancel_competition", ORGANIZER, competition_id=edition_id, reason="台风")
    return datetime.fromisoformat(done["reinstatable_until"])


def _ring(entry: Entered, moment: datetime) -> None:
    """Let the timer of the files ring that is due by then; it is set again for later."""
    entry.events.clock.move_to(moment)
    entry.events.catch_up()  # while it rings, its row too says that it falls due later
    assert entry.waits_until("erase_works") > moment


def test_links_hold_for_as_long_as_the_rules_say_and_are_made_anew_at_each_reading(entry: Entered) -> None:
    entry.hand_in(a_pdf())
    [[link]] = [[version["url"] for version in work["versions"]] for work in entry.works()]
    entry.events.clock.advance(timedelta(minutes=15))

    with pytest.raises(Refused, match="TICKET_INVALID"):
        entry.content(link)

    [[anew]] = [[version["url"] for version in work["versions"]] for work in entry.works()]
    assert entry.content(anew) == a_pdf()


def test_works_are_read_by_the_people_of_the_entry_and_the_organizers(entry: Entered) -> None:
    entry.hand_in(a_pdf())
    entry.events.organization(representative="teacher@elsewhere")
    entry.events.grant("office@anhui", Role.PROVINCE_OFFICE, Scope.province("340000"))

    assert [len(entry.works(viewer)) for viewer in (TEACHER, ORGANIZER, "hub-office")] == [1, 1, 1]
    for stranger in ("teacher@elsewhere", "office@anhui", "nobody"):
        with entry.events.refuses("NOT_ALLOWED"):
            entry.works(stranger)
    with entry.events.refuses("SIGN_IN_REQUIRED"):
        entry.works("")


def test_a_ticket_for_a_piece_opens_no_file_and_no_other_text_does(entry: Entered) -> None:
    upload = entry.begin(a_pdf())

    for url in (upload["url"], "/works/files/a.b.c", "/works/files/"):
        with pytest.raises(Refused) as refused:
            entry.content(url)
        assert refused.value.problems[0]["code"] in {"TICKET_INVALID", "TOO_SHORT"}


def test_reading_works_takes_the_same_number_of_statements_for_one_and_for_several(entry: Entered) -> None:
    entry.hand_in(a_pdf(mark="1"))
    one = _statements(entry)
    entry.hand_in(a_pdf(mark="2"))

    assert len(_statements(entry)) == len(one)


def _statements(entry: Entered) -> list[Any]:
    with entry.events.statements() as sent:
        entry.works()
    return sent
