"""Inbox: every message takes effect once in each handler; what fails waits, is tried again, and is parked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from contracts.base import Message
from kit.context import Context
from kit.data.conflicts import DatabaseBusy
from kit.data.db import Database, Session
from kit.data.wakeups import Wakeups
from kit.messages.handlers import Handler, Received, TooMuch, one_by_one
from kit.messages.inbox import DONE, FAILED, REPEATED, RETRIES, Inbox, InboxRow, oldest_unhandled
from kit.telemetry.metrics import HANDLED
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from kit.work.due import State
from tests.clock import NOW, StandingClock
from tests.kit.test_db import together
from tests.kit.things import RETRY, Note, Silence, ThingHappened, a_database, an_envelope

DAY = timedelta(days=1)


class Effect:
    """Writes a note for each message; `fails` so many times before."""

    def __init__(self, fails: int = 0) -> None:
        self.tries = 0
        self.seen: list[tuple[str, Message, Context]] = []
        self._fails = fails

    def __call__(self, session: Session, message: Message, envelope: Envelope) -> None:
        self.tries += 1
        session.add(Note(message_id=envelope.id))
        session.flush()
        if self.tries <= self._fails:
            raise ValueError(f"try {self.tries}")
        self.seen.append((envelope.id, message, session.context))


@pytest.fixture(autouse=True)
def _no_traceback_for_each_failure_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.messages.inbox.log", lambda _: Silence())


def a_handler(effect: Callable[..., None], name: str = "tests.hear.v1") -> Handler:
    return Handler(name, (ThingHappened.type,), one_by_one(effect))


def notes(database: Database) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Note.message_id).order_by(Note.number)))


def rows(database: Database) -> list[InboxRow]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(InboxRow)))


def test_a_message_takes_effect_as_the_act_of_whoever_caused_it(database: Database) -> None:
    effect = Effect()
    handler = a_handler(effect)
    envelope = an_envelope(actor="ann", correlation_id="c-7", data={"what": "made", "newer": "ignored"})

    Inbox(database, [handler], RETRY).receive(handler, [envelope])

    context = Context(viewer=Viewer("ann"), correlation_id="c-7")
    assert effect.seen == [(envelope.id, ThingHappened(what="made"), context)]
    assert notes(database) == [envelope.id]
    row = rows(database)[0]
    assert (row.state, row.handler, row.attempts, row.data, row.due_at) == (State.DONE, "tests.hear.v1", 0, None, None)


def test_a_message_that_comes_twice_takes_effect_once(database: Database) -> None:
    handler, envelope = a_handler(Effect()), an_envelope()
    inbox = Inbox(database, [handler], RETRY)

    inbox.receive(handler, [envelope])
    inbox.receive(handler, [envelope])

    assert notes(database) == [envelope.id]


def test_a_message_that_comes_many_times_at_once_takes_effect_once(database: Database) -> None:
    handler, envelope = a_handler(Effect()), an_envelope()
    inbox = Inbox(database, [handler], RETRY)

    together([lambda: inbox.receive(handler, [envelope])] * 8)

    assert notes(database) == [envelope.id]
    assert [row.state for row in rows(database)] == [State.DONE]


def test_every_handler_hears_a_message_for_itself(database: Database) -> None:
    first, second = a_handler(Effect(), "tests.first.v1"), a_handler(Effect(), "tests.second.v1")
    inbox, envelope = Inbox(database, [first, second], RETRY), an_envelope()

    inbox.receive(first, [envelope])
    inbox.receive(second, [envelope])

    assert notes(database) == [envelope.id, envelope.id]


def test_what_fails_leaves_no_effect_is_acked_and_waits_with_its_content(
    sqlite: Database, wakeups: Wakeups, clock: StandingClock
) -> None:
    woken: list[str] = []
    wakeups.on(RETRIES, lambda: woken.append(RETRIES))
    effect = Effect(fails=1)
    handler, envelope = a_handler(effect), an_envelope(data={"what": "kept"})
    inbox = Inbox(sqlite, [handler], RETRY)

    inbox.receive(handler, [envelope])

    row = rows(sqlite)[0]
    assert notes(sqlite) == []
    assert (row.state, row.attempts, row.error) == (State.WAITING, 1, "ValueError: try 1")
    assert row.envelope() == envelope
    assert row.due_at is not None and NOW < row.due_at < NOW + timedelta(seconds=2)
    assert woken == [RETRIES]
    assert inbox.work() == row.due_at  # not yet

    clock.advance(DAY)
    assert inbox.work() == NOW + DAY
    assert inbox.work() is None
    assert notes(sqlite) == [envelope.id]
    done = rows(sqlite)[0]
    assert (done.state, done.attempts, done.error, done.data) == (State.DONE, 2, None, None)


def test_a_message_that_is_redelivered_while_it_waits_takes_effect_once(
    database: Database, clock: StandingClock
) -> None:
    handler, envelope = a_handler(Effect(fails=1)), an_envelope()
    inbox = Inbox(database, [handler], RETRY)
    inbox.receive(handler, [envelope])

    inbox.receive(handler, [envelope])
    assert notes(database) == []

    clock.advance(DAY)
    inbox.work()
    inbox.receive(handler, [envelope])
    assert notes(database) == [envelope.id]


def test_what_fails_every_time_is_parked_and_a_person_can_have_it_tried_again(
    database: Database, clock: StandingClock
) -> None:
    effect = Effect(fails=RETRY.attempts)
    handler, envelope = a_handler(effect), an_envelope()
    inbox = Inbox(database, [handler], RETRY)
    inbox.receive(handler, [envelope])

    for _ in range(10):
        clock.advance(DAY)
        inbox.work()

    assert effect.tries == RETRY.attempts
    with database.transaction(writes=False) as session:
        assert [(row.message_id, row.error, row.attempts) for row in parked(session)] == [
            (envelope.id, "ValueError: try 4", RETRY.attempts)
        ]
        assert oldest_unhandled(session) is None

    with database.transaction() as session:
        parked(session)[0].try_again(session.now)
    inbox.work()

    assert notes(database) == [envelope.id]
    assert rows(database)[0].state == State.DONE


@pytest.mark.parametrize(
    ("facts", "error"),
    [({"type": "tests.never_heard_of"}, "KeyError"), ({"data": {"what": 7}}, "ValidationError")],
)
def test_a_message_that_its_class_cannot_read_is_kept_for_a_person(
    database: Database, clock: StandingClock, facts: dict[str, object], error: str
) -> None:
    effect = Effect()
    handler = a_handler(effect)
    inbox = Inbox(database, [handler], RETRY)

    inbox.receive(handler, [an_envelope(**facts)])
    for _ in range(10):
        clock.advance(DAY)
        inbox.work()

    assert effect.tries == 0
    with database.transaction(writes=False) as session:
        (row,) = parked(session)
    assert row.error is not None and row.error.startswith(error)


def test_one_message_that_fails_holds_up_no_other(database: Database, clock: StandingClock) -> None:
    broken, fine = an_envelope(data={"what": 7}), an_envelope()
    handler = a_handler(Effect())
    inbox = Inbox(database, [handler], RETRY)

    for envelope in (broken, fine):
        inbox.receive(handler, [envelope])

    assert notes(database) == [fine.id]


def test_what_has_come_together_takes_effect_in_its_order_in_one_transaction_each_as_its_own_act(
    database: Database,
) -> None:
    effect = Effect()
    handler = a_handler(effect)
    envelopes = [an_envelope(actor=f"person-{number}", correlation_id=f"c-{number}") for number in range(5)]

    with commits(database) as counted:
        Inbox(database, [handler], RETRY).receive(handler, [*envelopes, envelopes[2], envelopes[0]])

    assert counted == ["commit"]
    assert notes(database) == [envelope.id for envelope in envelopes]
    assert [(context.viewer.id, context.correlation_id) for _, _, context in effect.seen] == [
        (envelope.actor, envelope.correlation_id) for envelope in envelopes
    ]


@pytest.mark.parametrize("bad", [{0}, {6}, {2, 3}, {0, 3, 6}, set(range(7))], ids=str)
def test_of_what_has_come_together_only_what_fails_is_taken_out_and_the_others_keep_their_order(
    database: Database, bad: set[int]
) -> None:
    envelopes = [an_envelope(data={"what": 7 if number in bad else "x"}) for number in range(7)]
    handler = a_handler(Effect())

    Inbox(database, [handler], RETRY).receive(handler, envelopes)

    assert notes(database) == [envelope.id for number, envelope in enumerate(envelopes) if number not in bad]
    waiting = {row.message_id for row in rows(database) if row.state == State.WAITING}
    assert waiting == {envelopes[number].id for number in bad}


def test_one_that_fails_costs_the_others_few_transactions(sqlite: Database) -> None:
    envelopes = [an_envelope(data={"what": 7 if number == 37 else "x"}) for number in range(64)]
    handler = a_handler(Effect())

    with commits(sqlite) as counted:
        Inbox(sqlite, [handler], RETRY).receive(handler, envelopes)

    assert counted.count("commit") == 7  # of six halves without it, and of the one that waits
    assert len(notes(sqlite)) == 63


def test_a_batch_that_asks_for_too_much_is_taken_in_parts_and_nothing_of_it_fails(database: Database) -> None:
    taken: list[int] = []

    def at_most_three(session: Session, received: Sequence[Received[Message]]) -> None:
        if len(received) > 3:
            raise TooMuch
        taken.append(len(received))

    handler = Handler("tests.hear.v1", (ThingHappened.type,), at_most_three)

    Inbox(database, [handler], RETRY).receive(handler, [an_envelope() for _ in range(10)])

    assert taken == [3, 2, 3, 2]
    assert {row.state for row in rows(database)} == {State.DONE}


def test_replicas_that_get_the_same_batches_in_other_orders_have_each_message_take_effect_once(
    database: Database,
) -> None:
    handler = a_handler(Effect())
    inbox = Inbox(database, [handler], RETRY)
    envelopes = [an_envelope() for _ in range(40)]
    batches = [envelopes[start : start + 20] for start in range(0, 40, 5)]

    together([lambda batch=batch: inbox.receive(handler, batch) for batch in (*batches, *map(_turned, batches))])

    assert sorted(notes(database)) == sorted(envelope.id for envelope in envelopes)
    assert {row.state for row in rows(database)} == {State.DONE}


def _turned(batch: list[Envelope]) -> list[Envelope]:
    return batch[::-1]


def test_each_message_of_a_batch_is_counted_for_itself(sqlite: Database) -> None:
    handler = a_handler(Effect(), "tests.counted.v1")
    inbox, known = Inbox(sqlite, [handler], RETRY), an_envelope()
    inbox.receive(handler, [known])

    inbox.receive(handler, [known, an_envelope(), an_envelope(data={"what": 7}), an_envelope()])

    handled = {outcome: HANDLED.labels("tests.counted.v1", outcome) for outcome in (DONE, REPEATED, FAILED)}
    assert {outcome: _observed(each) for outcome, each in handled.items()} == {DONE: 3, REPEATED: 1, FAILED: 1}


def _observed(histogram: Any) -> int:
    return int(next(sample.value for sample in histogram._child_samples() if sample.name == "_count"))


@contextmanager
def commits(database: Database) -> Iterator[list[str]]:
    """`commit` or `rollback` for each transaction of this database inside."""
    ended: list[str] = []
    for name in ("commit", "rollback"):
        event.listen(database.engine, name, lambda _, name=name: ended.append(name))
    yield ended


def test_what_can_neither_be_done_nor_written_down_must_not_be_acked(sqlite_url: str, sqlite: Database) -> None:
    handler = a_handler(Effect())
    impatient = a_database(sqlite_url, statement_timeout=0.05)
    inbox = Inbox(impatient, [handler], RETRY)

    with sqlite.transaction(), pytest.raises((OperationalError, DatabaseBusy)):
        inbox.receive(handler, [an_envelope()])

    impatient.close()


def test_many_replicas_try_a_waiting_message_again_once(database: Database, clock: StandingClock) -> None:
    envelopes = [an_envelope() for _ in range(12)]
    failing = a_handler(Effect(fails=len(envelopes)))
    for envelope in envelopes:
        Inbox(database, [failing], RETRY).receive(failing, [envelope])
    clock.advance(DAY)
    inbox = Inbox(database, [a_handler(Effect())], RETRY)

    def work_all() -> None:
        while inbox.work() == NOW + DAY:
            pass

    together([work_all] * 4)

    assert sorted(notes(database)) == sorted(envelope.id for envelope in envelopes)


def test_a_try_that_fails_after_another_replica_has_succeeded_changes_nothing(
    sqlite: Database, clock: StandingClock
) -> None:
    envelope = an_envelope()
    failing, working = a_handler(Effect(fails=9)), a_handler(Effect())
    Inbox(sqlite, [failing], RETRY).receive(failing, [envelope])
    clock.advance(DAY)
    interrupted = Interrupted(sqlite)

    def meanwhile() -> None:
        clock.advance(DAY)
        Inbox(sqlite, [working], RETRY).work()

    interrupted.before[3] = meanwhile  # after the claim and the failed try, before the failure is written down
    Inbox(interrupted, [failing], RETRY).work()
    clock.advance(DAY)
    Inbox(sqlite, [working], RETRY).work()

    assert notes(sqlite) == [envelope.id]
    assert rows(sqlite)[0].state == State.DONE


def test_the_oldest_message_that_waits_is_known(database: Database, clock: StandingClock) -> None:
    handler = a_handler(Effect(fails=2))
    inbox = Inbox(database, [handler], RETRY)

    for _ in range(3):
        inbox.receive(handler, [an_envelope()])
        clock.advance(timedelta(minutes=1))

    with database.transaction(writes=False) as session:
        assert oldest_unhandled(session) == NOW


class Interrupted(Database):
    """A database before whose n-th transaction something else happens."""

    def __init__(self, database: Database) -> None:
        self.__dict__.update(database.__dict__)
        self.before: dict[int, Callable[[], None]] = {}
        self._count = 0

    @contextmanager
    def transaction(self, context: Context | None = None, *, writes: bool = True) -> Iterator[Session]:
        self._count += 1
        self.before.pop(self._count, lambda: None)()
        with super().transaction(context, writes=writes) as session:
            yield session


def parked(session: Session) -> list[InboxRow]:
    """The messages that were given up on."""
    return list(session.scalars(select(InboxRow).where(InboxRow.state == State.PARKED)))
