"""Batches: what is due together leaves by one connection, and no letter has another suffer."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services.notify.delivery import commands, service
from services.notify.delivery.model import Delivery
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.delivery.taking import Going, take
from tests.services.notify.delivery.mailing import LONG, StrictServer, many_due, outcomes
from tests.services.notify.notify_hub import NOW, NotifyHub, eventually
from tests.services.service_hub import at_once

SOON = NOW + timedelta(minutes=1)
DONE = ("done", 1, None)


def taken(notify: NotifyHub) -> list[Going]:
    """What one replica claims of what is due soon."""
    settings = notify.runtime.settings
    with notify.runtime.database.transaction() as session:
        session.now = SOON
        smtp = Smtp("nowhere", 25, "", "", starttls=False, sender="hub@example.org", timeout=1, a_connection=100)
        return take(session, smtp, settings.of(MailLimits), "https://hub.example.org", 1000) or []


def test_many_letters_leave_by_few_connections_and_each_once(
    mailing: NotifyHub, mail_server: StrictServer, notify_settings: None
) -> None:
    addresses = many_due(mailing, 45, due_at=SOON)

    mailing.clock.advance(timedelta(minutes=1))

    eventually(lambda: outcomes(mailing) == [DONE] * 45)
    assert Counter(mail.recipients for mail in mail_server.mails) == Counter((address,) for address in addresses)
    assert len(mail_server.peers) == 1


def test_a_connection_is_kept_for_so_many_letters(
    monkeypatch: pytest.MonkeyPatch, notify_settings: None, mail_server: StrictServer
) -> None:
    monkeypatch.setenv("HUB_SMTP_A_CONNECTION", "4")
    notify = NotifyHub()
    try:
        many_due(notify, 10, due_at=SOON)
        notify.clock.advance(timedelta(minutes=1))
        eventually(lambda: outcomes(notify) == [DONE] * 10)
        assert len(mail_server.peers) == 3
    finally:
        notify.stop()


def test_an_address_that_is_refused_takes_no_other_letter_with_it(
    mailing: NotifyHub, mail_server: StrictServer
) -> None:
    addresses = many_due(mailing, 5, due_at=SOON)
    mail_server.unknown = {addresses[2]}

    mailing.clock.advance(timedelta(minutes=1))

    eventually(lambda: Counter(outcomes(mailing)) == Counter({DONE: 4, ("parked", 1, "550"): 1}))
    assert len(mail_server.mails) == 4
    assert len(mail_server.peers) == 1


@pytest.mark.parametrize(("word", "tries"), [("MAIL", [1, 1, 1, 1]), ("RCPT", [1, 1, 2, 3])])
def test_a_server_that_hangs_up_between_two_letters_loses_none(
    mailing: NotifyHub, mail_server: StrictServer, word: str, tries: list[int]
) -> None:
    hang_up_at_the_second(mail_server, word)
    many_due(mailing, 4, due_at=SOON)

    mailing.clock.advance(timedelta(minutes=1))
    for round_ in range(1, max(tries) + 1):  # the first letter of a connection arrives whatever happens after it
        eventually(
            lambda n=round_: all(end == "done" or (error and found == n) for end, found, error in outcomes(mailing))
        )
        mailing.clock.advance(LONG)

    assert {state for state, _, _ in outcomes(mailing)} == {"done"}
    assert sorted(found for _, found, _ in outcomes(mailing)) == tries
    assert max(Counter(mail.recipients for mail in mail_server.mails).values()) == 1


def hang_up_at_the_second(mail_server: StrictServer, word: str) -> None:
    """End a conversation when this word of its second letter comes.

    At a moment of the clock it could also end after a letter was taken and before that was said: then it comes twice.
    """
    handle_rcpt = mail_server.handle_RCPT

    async def hanging_up(server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if session.peer in mail_server.peers:
            server.transport.abort()
        if word == "RCPT":
            return await handle_rcpt(server, session, envelope, address, options)
        envelope.mail_from = address
        return "250 OK"

    setattr(mail_server, f"handle_{word}", hanging_up)


def test_what_a_batch_has_no_time_for_is_given_back_and_was_no_try(
    mailing: NotifyHub, mail_server: StrictServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_A_TIME", 0.0)
    many_due(mailing, 4, due_at=SOON)

    mailing.clock.advance(timedelta(minutes=1))

    eventually(lambda: outcomes(mailing) == [DONE] * 4)
    assert len(mail_server.mails) == 4


def test_a_batch_that_was_sent_and_not_recorded_is_sent_again_under_the_same_ids(
    mailing: NotifyHub, mail_server: StrictServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, dies = commands.record_outcomes, iter([True])

    def dying(*arguments: Any) -> Any:
        if next(dies, False):
            raise RuntimeError("the process dies here")
        return record(*arguments)

    monkeypatch.setattr(commands, "record_outcomes", dying)
    many_due(mailing, 3, due_at=SOON)

    mailing.clock.advance(timedelta(minutes=1))
    mail_server.wait_for(3)
    mailing.clock.advance(LONG)

    eventually(lambda: outcomes(mailing) == [("done", 2, None)] * 3)
    assert set(Counter(mail.message["Message-ID"] for mail in mail_server.mails).values()) == {2}


def test_a_letter_whose_last_try_was_never_heard_of_goes_alone(notify: NotifyHub) -> None:
    many_due(notify, 4, due_at=SOON)
    second = sorted(delivery.id for delivery in notify.deliveries())[1]
    with notify.runtime.database.transaction() as session:
        session.execute(update(Delivery).where(Delivery.id == second).values(attempts=1))

    batches = [[going.id for going in taken(notify)] for _ in range(3)]

    assert [len(batch) for batch in batches] == [1, 1, 2]
    assert batches[1] == [second]


@pytest.mark.live
def test_two_replicas_never_take_the_same_letter(notify_on_postgres: NotifyHub) -> None:
    many_due(notify_on_postgres, 60, due_at=SOON)

    batches = at_once(*[lambda: taken(notify_on_postgres)] * 4)

    ids = [going.id for batch in batches for going in batch]
    assert len(ids) == len(set(ids)) >= 20
