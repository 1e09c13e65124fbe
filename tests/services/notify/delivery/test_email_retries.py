"""Retries: what the server cannot take now is sent later, what it will not take is given up, and nothing is sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from services.notify.delivery.commands import RETRY
from services.notify.delivery.model import Delivery
from services.notify.notices.model import Announcement
from tests.servers.smtp import MailServer
from tests.services.notify.delivery.mailing import ADDRESS, LONG, StrictServer, comes_to, outcomes
from tests.services.notify.notify_hub import NOW, NotifyHub, eventually, membership


@pytest.fixture
def smtp_timeout(request: pytest.FixtureRequest) -> float:
    """Short where the mail server is meant to be too slow."""
    return 1 if "slow" in request.node.name else 60


@pytest.mark.parametrize("fault", ["451", "421", "hang up", "stopped", "slow"])
def test_a_mail_that_the_server_cannot_take_now_is_sent_later_under_the_same_id(
    ready: NotifyHub, mail_server: MailServer, fault: str
) -> None:
    _break(mail_server, fault)

    ready.hear(membership("MemberAdmitted"))

    eventually(lambda: [(state, attempts) for state, attempts, error in outcomes(ready) if error] == [("waiting", 1)])
    [delivery] = ready.deliveries()
    assert NOW + timedelta(seconds=20) < delivery.due_at < ready.clock.now() + timedelta(seconds=40)
    assert (delivery.sent_at, mail_server.mails) == (None, [])
    _repair(mail_server, fault)
    ready.clock.advance(timedelta(seconds=40))
    [mail] = mail_server.wait_for(1)
    assert mail.message["Message-ID"] == f"<{delivery.id}@delta.example.org>"
    comes_to(ready, ("done", 2, None))


def _break(server: MailServer, fault: str) -> None:
    deeds = {"hang up": server.hang_up, "stopped": server.stop, "slow": lambda: server.be_slow(3)}
    deeds.get(fault, lambda: server.refuse(int(fault)))()


def _repair(server: MailServer, fault: str) -> None:
    server.behave()
    if fault == "stopped":
        server.start()


def test_each_wait_is_longer_than_the_last_until_the_mail_is_given_up(
    ready: NotifyHub, mail_server: MailServer
) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    waits = []

    for attempt in range(1, RETRY.attempts):
        comes_to(ready, ("waiting", attempt, "451"))
        waits.append(ready.deliveries()[0].due_at - ready.clock.now())
        ready.clock.advance(waits[-1])

    comes_to(ready, ("parked", RETRY.attempts, "451"))
    assert waits[:6] == sorted(waits[:6])
    assert timedelta(hours=15) < sum(waits, timedelta()) < timedelta(hours=30)
    mail_server.behave()
    ready.clock.advance(LONG)
    ready.hear(membership("MemberResumed", version=2))
    assert len(mail_server.wait_for(1)) == 1


@pytest.mark.parametrize("code", [550, 554])
def test_a_mail_that_is_refused_for_good_is_parked_with_the_code(
    ready: NotifyHub, mail_server: MailServer, code: int
) -> None:
    mail_server.refuse(code)

    ready.hear(membership("MemberAdmitted"))

    comes_to(ready, ("parked", 1, str(code)))
    ready.clock.advance(LONG)
    assert (ready.deliveries()[0].sent_at, mail_server.attempts) == (None, 1)


def test_a_delivery_whose_tries_all_ended_with_their_process_is_given_up(
    ready: NotifyHub, mail_server: MailServer
) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    comes_to(ready, ("waiting", 1, "451"))
    mail_server.behave()
    with ready.runtime.database.transaction() as session:
        session.execute(update(Delivery).values(attempts=RETRY.attempts, error=None))

    ready.clock.advance(LONG)

    comes_to(ready, ("parked", RETRY.attempts, "its last try was never heard of again"))
    assert mail_server.mails == []


def test_an_unknown_recipient_is_parked_and_neither_record_nor_log_names_the_address(
    ready: NotifyHub, mail_server: StrictServer, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.strict = True

    ready.hear(membership("MemberAdmitted"))

    comes_to(ready, ("parked", 1, "550"))
    logged = [
        record.getMessage() for record in caplog.records if record.name != "mail.log"
    ]  # the test's own mail server
    assert ADDRESS not in "".join([*capfd.readouterr(), *logged])


def test_a_mail_that_cannot_be_written_is_parked_under_a_number_and_the_next_one_goes_out(
    ready: NotifyHub, mail_server: MailServer
) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberInvited"))
    comes_to(ready, ("waiting", 1, "451"))
    with ready.runtime.database.transaction() as session:
        session.execute(update(Announcement).values(facts={"alliance": {"moment": "no moment"}}))
    mail_server.behave()

    ready.clock.advance(LONG)
    ready.hear(membership("MemberAdmitted", version=2))

    mail_server.wait_for(1)
    eventually(lambda: [state for state, _, _ in outcomes(ready)] == ["parked", "done"])
    assert str(outcomes(ready)[0][2]).startswith("cannot be written: ")
