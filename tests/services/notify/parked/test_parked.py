"""What was given up on: listed in one order without what it holds, tried again or put aside once, and on record."""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.parked import ParkedKind
from kit.ids import new_id
from kit.messages import parked
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow
from kit.messages.parked import due_rows
from kit.work.due import State
from kit.work.faults import OTHER, fault_of
from kit.work.job_rows import JobRow, enqueue
from services.notify.service import NotifyService
from tests.services.notify.notify_hub import NOW, OFFICE, NotifyHub, Refused
from tests.services.notify.parked.parking import a_message, a_message_that_cannot_leave, a_timer, park, park_each
from tests.services.service_hub import at_once


def listed(notify: NotifyHub, **which: Any) -> list[dict[str, Any]]:
    """The whole list, read in pages of one."""
    found, after = [], None
    while True:
        page = notify.ask("parked", first=1, after=after, **which)
        found += page["nodes"]
        if not page["has_next"]:
            return found
        after = page["cursors"][-1]


def test_every_kind_is_in_one_list_whose_pages_leave_nothing_out(notify: NotifyHub) -> None:
    references = park_each(notify)

    whole = notify.ask("parked", first=100)
    assert sorted(each["reference"] for each in whole["nodes"]) == sorted(references)
    assert listed(notify) == whole["nodes"]
    assert notify.ask("parked", counted=True)["total"] == len(references)
    ids = [each["reference"].rpartition("/")[2] for each in whole["nodes"]]
    assert ids == sorted(ids, reverse=True)


def test_the_list_says_what_it_is_since_when_and_how_often_it_was_tried_and_names_nobody(notify: NotifyHub) -> None:
    [reference] = park(notify, a_timer())

    assert notify.ask("parked", kind="timer")["nodes"] == [
        {
            "reference": reference,
            "service": "notify",
            "kind": "timer",
            "about": "forget_invitation",
            "parked_at": NOW.isoformat(),
            "attempts": 8,
            "fault": "ValueError",
        }
    ]
    assert notify.ask("parked", kind="job")["nodes"] == []


def test_every_kind_of_rows_that_fall_due_has_its_word_in_the_contract() -> None:
    assert {each.kind for each in due_rows(NotifyService.tables)} == set(ParkedKind)


@given(st.text())
def test_what_an_error_says_in_its_own_words_is_never_told(words: str) -> None:
    assert fault_of(f"ValueError: {words}") == "ValueError"
    assert fault_of(f"{words}@example.org") == OTHER or ":" in words
    assert fault_of("550") == "550"


def test_what_is_tried_again_has_all_its_tries_and_it_is_on_record_who_asked(notify: NotifyHub) -> None:
    [reference] = park(notify, a_timer())

    settlement = notify.ask("retry_parked", reference=reference, reason="已修复")

    told = {"kind": "timer", "about": "forget_invitation", "settled": "retried", "reason": "已修复", "actor": OFFICE}
    assert settlement == {**told, "id": settlement["id"], "reference": reference, "settled_at": NOW.isoformat()}
    assert notify.ask("parked_settlements")["nodes"] == [settlement]
    with notify.refuses("NOT_PARKED", "reference"):
        notify.ask("retry_parked", reference=reference)


def test_the_same_key_gives_the_same_answer_and_one_settlement(notify: NotifyHub) -> None:
    [reference] = park(notify, a_timer())

    first, again = (notify.ask("retry_parked", key="once", reference=reference) for _ in range(2))

    assert first == again
    assert notify.ask("parked_settlements", counted=True)["total"] == 1


def test_a_message_that_is_put_aside_never_takes_effect_and_its_content_is_gone(notify: NotifyHub) -> None:
    [reference] = park(notify, a_message("notify.announce.v1", new_id()))

    settlement = notify.ask("discard_parked", reference=reference, reason="该单位已注销")

    assert (settlement["settled"], settlement["about"]) == ("discarded", "alliances.member_admitted")
    with notify.runtime.database.transaction(writes=False) as session:
        row = session.get_one(InboxRow, (reference.rpartition("/")[2], "notify.announce.v1"))
        assert (row.state, row.data) == (State.DONE, None)


def test_a_message_that_is_not_to_leave_stays_in_the_journal(notify: NotifyHub) -> None:
    [reference] = park(notify, a_message_that_cannot_leave())

    notify.ask("discard_parked", reference=reference, reason="内容有误")

    with notify.runtime.database.transaction(writes=False) as session:
        row = session.get_one(OutboxRow, reference.rpartition("/")[2])
        assert (row.state, bool(row.sent_at)) == (State.DONE, True)
    assert notify.ask("parked")["nodes"] == []


def test_a_job_that_its_person_has_asked_for_again_is_not_done_twice(notify: NotifyHub) -> None:
    with notify.runtime.database.transaction() as session:
        job_id = enqueue(session, "nobody_does_it", {}, joins=True)
        session.get_one(JobRow, job_id).park("RuntimeError: no", session.now)
    with notify.runtime.database.transaction() as session:
        again = session.get_one(JobRow, enqueue(session, "nobody_does_it", {}, joins=True))
        again.due_at = None  # nobody takes it up meanwhile

    with notify.refuses("ASKED_FOR_AGAIN", "reference", job=f"notify.job/{again.id}"):
        notify.ask("retry_parked", reference=f"notify.job/{job_id}")


def test_a_job_that_is_asked_for_at_the_same_moment_is_looked_at_again(
    notify: NotifyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    with notify.runtime.database.transaction() as session:
        job_id = enqueue(session, "nobody_does_it", {}, joins=True)
        session.get_one(JobRow, job_id).park("RuntimeError: no", session.now)
    with notify.runtime.database.transaction() as session:
        again = session.get_one(JobRow, enqueue(session, "nobody_does_it", {}, joins=True))
        again.due_at = None
    looks = Mock(side_effect=chain([None], repeat(again.id)))  # the first comes before the other is there
    monkeypatch.setattr(parked, "asked_again", looks)

    with notify.refuses("ASKED_FOR_AGAIN", "reference", job=f"notify.job/{again.id}"):
        notify.ask("retry_parked", reference=f"notify.job/{job_id}")


def test_jobs_are_listed_while_they_are_under_way_and_after_they_failed(notify: NotifyHub) -> None:
    with notify.runtime.database.transaction() as session:
        waiting = session.get_one(JobRow, enqueue(session, "nobody_does_it", {}))
        waiting.due_at = None
    park_each(notify)

    [under_way], [failed] = (notify.ask("jobs", failed=failed)["nodes"] for failed in (False, True))

    assert (under_way["id"], under_way["status"]) == (waiting.id, "queued")
    assert (failed["kind"], failed["status"], failed["service"]) == ("export", "failed", "notify")
    assert notify.ask("jobs", counted=True)["total"] == 1


@pytest.mark.parametrize("others", ["retry_parked", "discard_parked"])
def test_of_two_who_settle_at_once_one_does_and_the_other_is_told(others: str, notify: NotifyHub) -> None:
    [reference] = park(notify, a_timer())
    asked = {"reference": reference, "reason": "x"}

    outcomes = at_once(lambda: notify.ask("discard_parked", **asked), lambda: notify.ask(others, "hub-office", **asked))

    refused = [each for each in outcomes if isinstance(each, Refused)]
    assert [each.codes for each in refused] == [["NOT_PARKED"]]
    assert notify.ask("parked_settlements", counted=True)["total"] == 1
