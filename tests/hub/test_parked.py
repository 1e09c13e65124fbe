"""What was parked can be listed, shown, tried again and discarded, in the inboxes and in the dead-letter queues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from hub.databases import session_of
from hub.migrate import prepare
from hub.parked import discard_parked, list_parked, retry_parked, show_parked
from hub.settings import read_settings
from kit.broker import amqp
from kit.broker.topology import dead_queue
from kit.ids import new_id
from kit.messages import parked
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow
from kit.settings import SERVICES, Settings
from kit.work.due import State
from kit.work.job_rows import JobRow, enqueue
from kit.work.timers import DueRow

HANDLER = "notify.announce.v1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A hub with empty databases and no broker."""
    urls = {name: f"sqlite:///{tmp_path}/{name}.sqlite3" for name in SERVICES}
    settings = replace(read_settings(), home=tmp_path, databases=urls, amqp_uri="")
    for name in SERVICES:
        prepare(settings, name)
    return settings


def a_parked_message(settings: Settings) -> str:
    """The reference of a message that notify gave up on."""
    message_id, now = new_id(), datetime.now(UTC)
    with session_of(settings, "notify") as session:
        session.add(
            InboxRow(
                message_id=message_id,
                handler=HANDLER,
                received_at=now,
                type="alliances.member_admitted",
                source="/alliances",
                subject_type="membership",
                subject_id=new_id(),
                version=1,
                time=now,
                actor="ann",
                correlation_id="c",
                data={"reason": "kept"},
                state=State.PARKED,
                attempts=8,
                error="ValueError: no",
            )
        )
    return f"{HANDLER}/{message_id}"


def state_of(settings: Settings, reference: str) -> tuple[str, int, object]:
    with session_of(settings, "notify") as session:
        row = session.get_one(InboxRow, (reference.rpartition("/")[2], HANDLER))
        return row.state, row.attempts, row.data


def test_a_parked_message_is_listed_and_shown(settings: Settings) -> None:
    reference = a_parked_message(settings)

    [line] = list_parked(settings)
    shown = show_parked(settings, reference)

    assert line.startswith(reference)
    assert "  -  " in line  # an older release has not written down when
    assert "ValueError: no" in line
    assert '"reason": "kept"' in shown


def test_a_retried_message_waits_with_a_fresh_series_of_tries(settings: Settings) -> None:
    reference = a_parked_message(settings)

    retry_parked(settings, reference)

    assert state_of(settings, reference) == (State.WAITING, 0, {"reason": "kept"})
    assert list(list_parked(settings)) == []


def test_a_discarded_message_is_done_and_its_content_gone(settings: Settings) -> None:
    reference = a_parked_message(settings)

    discard_parked(settings, reference)

    assert state_of(settings, reference) == (State.DONE, 8, None)


def a_parked_timer(settings: Settings) -> str:
    """The id of a timer of events that failed too often."""
    row = DueRow(id=new_id(), timer="close", subject_id="edition", correlation_id="c", state=State.PARKED, attempts=8)
    with session_of(settings, "events") as session:
        session.add(row)
    return row.id


def test_a_parked_timer_is_listed_as_one_and_found_by_the_old_name_too(settings: Settings) -> None:
    timer_id = a_parked_timer(settings)

    [line] = list_parked(settings)
    assert line.startswith(f"events.timer/{timer_id}  close edition")
    assert show_parked(settings, f"events.deed/{timer_id}") == show_parked(settings, f"events.timer/{timer_id}")
    retry_parked(settings, f"events.deed/{timer_id}")

    assert list(list_parked(settings)) == []


def test_the_list_says_when_it_was_parked(settings: Settings) -> None:
    timer_id = a_parked_timer(settings)
    with session_of(settings, "events") as session:
        session.get_one(DueRow, timer_id).park("ValueError: no", datetime(2026, 3, 5, 9, 30, tzinfo=UTC))

    [line] = list_parked(settings)

    assert line.endswith("  2026-03-05 09:30  ValueError: no")


def a_message_that_cannot_leave(settings: Settings) -> str:
    """The id of a message of events that no broker took."""
    row = OutboxRow(
        id=new_id(),
        type="events.edition_opened",
        subject_type="edition",
        subject_id=new_id(),
        subject_version=1,
        actor="ann",
        correlation_id="c",
        time=datetime.now(UTC),
        data={"reason": "kept"},
        state=State.PARKED,
        attempts=8,
        error="AccessRefused: no",
    )
    with session_of(settings, "events") as session:
        session.add(row)
    return row.id


def test_a_message_that_cannot_leave_is_listed_shown_and_tried_again(settings: Settings) -> None:
    message_id = a_message_that_cannot_leave(settings)
    reference = f"events.outgoing/{message_id}"

    [line] = list_parked(settings)
    assert line.startswith(f"{reference}  events.edition_opened")
    assert line.endswith("AccessRefused: no")
    assert '"reason": "kept"' in show_parked(settings, reference)
    retry_parked(settings, reference)

    assert list(list_parked(settings)) == []
    with session_of(settings, "events") as session:
        row = session.get_one(OutboxRow, message_id)
        assert (row.state, row.attempts, row.due_at, row.sent_at) == (State.WAITING, 0, None, None)


def test_a_message_that_is_not_to_leave_stays_in_the_journal_with_what_was_wrong(settings: Settings) -> None:
    message_id = a_message_that_cannot_leave(settings)

    discard_parked(settings, f"events.outgoing/{message_id}")

    assert list(list_parked(settings)) == []
    with session_of(settings, "events") as session:
        row = session.get_one(OutboxRow, message_id)
        assert (row.state, bool(row.sent_at), row.error) == (State.DONE, True, "AccessRefused: no")


def test_a_job_that_its_person_has_asked_for_again_is_not_done_twice(settings: Settings) -> None:
    with session_of(settings, "events") as session:
        job_id = enqueue(session, "assign_judges", {"stage_id": "s"}, joins=True)
        session.get_one(JobRow, job_id).park("RuntimeError: no", session.now)
    with session_of(settings, "events") as session:
        again = enqueue(session, "assign_judges", {"stage_id": "s"}, joins=True)

    with pytest.raises(click.ClickException, match=f"events.job/{again}"):
        retry_parked(settings, f"events.job/{job_id}")

    discard_parked(settings, f"events.job/{job_id}")
    assert list(list_parked(settings)) == []


def test_who_tries_a_job_again_while_its_person_asks_for_it_is_told_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_of(settings, "events") as session:
        job_id = enqueue(session, "assign_judges", {"stage_id": "s"}, joins=True)
        session.get_one(JobRow, job_id).park("RuntimeError: no", session.now)
    with session_of(settings, "events") as session:
        enqueue(session, "assign_judges", {"stage_id": "s"}, joins=True)
    monkeypatch.setattr(parked, "asked_again", lambda _session, _row: None)  # it looked before the other was there

    with pytest.raises(click.ClickException, match="has just asked for"):
        retry_parked(settings, f"events.job/{job_id}")


@pytest.mark.parametrize(
    "reference", [f"{HANDLER}/01a20000-0000-7000-8000-000000000000", "nobody.at_all.v1/x", "nonsense"]
)
def test_what_is_not_parked_is_refused(settings: Settings, reference: str) -> None:
    with pytest.raises(click.ClickException):
        retry_parked(settings, reference)


@pytest.mark.live
def test_a_dead_letter_is_listed_put_back_and_discarded(
    settings: Settings, amqp_uri: str, new_database: Callable[[], str]
) -> None:
    settings = replace(settings, amqp_uri=amqp_uri)
    for name in SERVICES:
        prepare(settings, name)
    die(amqp_uri, b"\xff not JSON")

    [line] = list_parked(settings)
    reference = line.split()[0]
    assert "not JSON" in show_parked(settings, reference)
    retry_parked(settings, reference)

    assert list(list_parked(settings)) == []
    die(amqp_uri, None)
    [line] = list_parked(settings)
    discard_parked(settings, line.split()[0])
    assert list(list_parked(settings)) == []


def die(uri: str, body: bytes | None) -> None:
    """Let a reader of the handler's queue reject a message, which is published first where a body is given."""
    connection = amqp.connect(uri, "test")
    channel = connection.channel()
    if body:
        amqp.publish(channel, body, exchange="", routing_key=HANDLER)
    while (message := channel.basic_get(HANDLER)) is None:
        connection.send_heartbeat()
    channel.basic_reject(message.delivery_tag, requeue=False)
    while channel.queue_declare(dead_queue(HANDLER), passive=True).message_count == 0:
        connection.send_heartbeat()
    connection.close()
