"""E-mail: each notice leaves once for whoever wants it, is tried again while the server asks for it, and then given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from contracts.refusals import NotAllowed
from services.notify.delivery.commands import RETRY
from services.notify.delivery.model import Delivery
from tests.servers.smtp import MailServer
from tests.services.notify.notify_hub import (
    HUANGSHAN,
    NOW,
    OFFICE,
    QUZHOU,
    NotifyHub,
    eventually,
    membership,
    represents,
)

ADDRESS = "rep@example.org"
LONG = timedelta(hours=6)


def _reachable(notify: NotifyHub, person: str = "rep", address: str = ADDRESS, locale: str = "zh-CN") -> None:
    notify.ask("update_contact", person, address=address, locale=locale, wants_email=True)


@pytest.fixture
def ready(mailing: NotifyHub) -> NotifyHub:
    """`rep` represents HUANGSHAN and wants e-mail in Chinese."""
    mailing.hear(represents("rep", HUANGSHAN))
    _reachable(mailing)
    return mailing


def _outcomes(notify: NotifyHub) -> list[tuple[str, int, str | None]]:
    return [(row.state, row.attempts, row.error) for row in notify.deliveries()]


def _comes_to(notify: NotifyHub, *outcomes: tuple[str, int, str | None]) -> None:
    eventually(lambda: _outcomes(notify) == list(outcomes))


def test_a_notice_becomes_one_mail_in_text_and_html(ready: NotifyHub, mail_server: MailServer) -> None:
    fact = membership("MemberAdmitted")

    ready.hear(fact, fact)

    [mail] = mail_server.wait_for(1)
    _comes_to(ready, ("done", 1, None))
    [delivery] = ready.deliveries()
    assert delivery.sent_at == NOW
    assert (mail.sender, mail.recipients) == ("hub@delta.example.org", (ADDRESS,))
    assert {name: mail.message[name] for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "From": "hub@delta.example.org",
        "To": ADDRESS,
        "Subject": "欢迎加入：长三角高校技术转移联盟",
        "Message-ID": f"<{delivery.id}@delta.example.org>",
        "Auto-Submitted": "auto-generated",
    }
    assert mail.message["Date"].datetime == NOW
    text, html = [part.get_content() for part in mail.message.iter_parts()]
    assert [part.get_content_type() for part in mail.message.iter_parts()] == ["text/plain", "text/html"]
    for part in (text, html):
        assert "黄山学院已正式成为长三角高校技术转移联盟的成员单位" in part
        assert "您是相关单位的代表。" in part
        assert "https://delta.example.org/" in part


def test_a_mail_is_written_in_the_language_of_the_contact(ready: NotifyHub, mail_server: MailServer) -> None:
    _reachable(ready, locale="en")

    ready.hear(membership("MemberAdmitted"))

    [mail] = mail_server.wait_for(1)
    assert mail.message["Subject"] == "Welcome: YRD University Technology Transfer Alliance"
    assert mail.message["Content-Language"] == "en"


def test_only_those_who_want_mail_get_it(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(represents("without contact"), represents("no mail please"))
    ready.ask("update_contact", "no mail please", address="no@example.org", locale="en", wants_email=False)

    ready.hear(membership("MemberAdmitted"))

    [mail] = mail_server.wait_for(1)
    _comes_to(ready, ("done", 1, None))
    assert mail.recipients == (ADDRESS,)
    assert sorted(recipient for _, _, recipient in ready.told()) == ["no mail please", "rep", "without contact"]


def test_a_contact_that_comes_later_gets_no_old_mail(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(represents("late", QUZHOU), membership("MemberAdmitted", QUZHOU))
    _reachable(ready, "late", "late@example.org")

    ready.hear(membership("MemberResumed", QUZHOU, version=2))

    [mail] = mail_server.wait_for(1)
    assert mail.message["Subject"] == "成员资格恢复：衢州职业技术学院"
    assert len(ready.inbox("late")) == 2
    assert len(ready.deliveries()) == 1


@pytest.mark.parametrize("fault", ["451", "421", "hang up", "stopped", "slow"])
def test_a_mail_that_the_server_cannot_take_now_is_sent_later_under_the_same_id(
    ready: NotifyHub, mail_server: MailServer, fault: str
) -> None:
    _break(mail_server, fault)

    ready.hear(membership("MemberAdmitted"))

    eventually(lambda: [(state, attempts) for state, attempts, error in _outcomes(ready) if error] == [("waiting", 1)])
    [delivery] = ready.deliveries()
    assert NOW + timedelta(seconds=20) < delivery.due_at < NOW + timedelta(seconds=40)
    assert (delivery.sent_at, mail_server.mails) == (None, [])
    _repair(mail_server, fault)
    ready.clock.advance(timedelta(seconds=40))
    [mail] = mail_server.wait_for(1)
    assert mail.message["Message-ID"] == f"<{delivery.id}@delta.example.org>"
    _comes_to(ready, ("done", 2, None))


def _break(server: MailServer, fault: str) -> None:
    deeds = {"hang up": server.hang_up, "stopped": server.stop, "slow": lambda: server.be_slow(3)}
    deeds.get(fault, lambda: server.refuse(int(fault)))()


def _repair(server: MailServer, fault: str) -> None:
    server.behave()
    if fault == "stopped":
        server.start()


def test_each_wait_is_longer_than_the_last_until_the_mail_is_given_up(ready: NotifyHub, mail_server: MailServer) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    waits = []

    for attempt in range(1, RETRY.attempts):
        _comes_to(ready, ("waiting", attempt, "451"))
        waits.append(ready.deliveries()[0].due_at - ready.clock.now())
        ready.clock.advance(waits[-1])

    _comes_to(ready, ("parked", RETRY.attempts, "451"))
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

    _comes_to(ready, ("parked", 1, str(code)))
    ready.clock.advance(LONG)
    assert (ready.deliveries()[0].sent_at, mail_server.attempts) == (None, 1)


def test_what_was_sent_is_never_sent_again(ready: NotifyHub, mail_server: MailServer) -> None:
    facts = [membership("MemberAdmitted"), membership("MemberResumed", version=2)]

    ready.hear(*facts, *facts)
    mail_server.wait_for(2)
    _comes_to(ready, ("done", 1, None), ("done", 1, None))
    for _ in range(3):
        ready.clock.advance(LONG)

    ready.hear(membership("MemberInvited", version=3))
    assert [mail.message["Subject"][:4] for mail in mail_server.wait_for(3)] == ["欢迎加入", "成员资格", "诚邀加入"]


def test_erase_contact_ends_what_waits_and_leaves_the_address_nowhere(
    ready: NotifyHub, mail_server: MailServer, tmp_path: Any
) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    _comes_to(ready, ("waiting", 1, "451"))

    ready.ask("erase_contact", "rep")

    assert _outcomes(ready) == [("skipped", 1, "contact erased")]
    mail_server.behave()
    ready.clock.advance(LONG)
    ready.hear(membership("MemberResumed", version=2))
    assert len(ready.inbox("rep")) == 2
    assert (len(ready.deliveries()), mail_server.attempts) == (1, 1)
    with ready.runtime.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.dbapi_connection.iterdump())  # type: ignore[union-attr]
    assert "rep" in dump
    assert ADDRESS not in dump


def test_who_no_longer_wants_mail_gets_none_of_what_waits(ready: NotifyHub, mail_server: MailServer) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    _comes_to(ready, ("waiting", 1, "451"))
    mail_server.behave()

    ready.ask("update_contact", "rep", address=ADDRESS, locale="en", wants_email=False)
    ready.clock.advance(LONG)

    _comes_to(ready, ("skipped", 2, "not wanted"))
    assert mail_server.mails == []


def test_without_a_mail_server_it_is_said_that_nothing_was_sent(notify: NotifyHub) -> None:
    notify.hear(represents("rep"))
    _reachable(notify)

    notify.hear(membership("MemberAdmitted"))

    _comes_to(notify, ("skipped", 1, "no mail server"))
    assert notify.deliveries()[0].sent_at is None


def test_a_delivery_whose_tries_all_ended_with_their_process_is_given_up(
    ready: NotifyHub, mail_server: MailServer
) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    _comes_to(ready, ("waiting", 1, "451"))
    mail_server.behave()
    with ready.runtime.database.transaction() as session:
        session.execute(update(Delivery).values(attempts=RETRY.attempts, error=None))

    ready.clock.advance(LONG)

    _comes_to(ready, ("parked", RETRY.attempts, "its last try was never heard of again"))
    assert mail_server.mails == []


class StrictServer(MailServer):
    """Knows no recipient, and says so with the address; ends conversations rudely."""

    strict = True

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.strict:
            return f"550 5.1.1 <{address}> unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, *_: Any) -> str:  # noqa: N802
        return "500 no goodbye"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = StrictServer()
    server.strict = False
    server.start()
    yield server
    server.stop()


def test_an_unknown_recipient_is_parked_and_neither_record_nor_log_names_the_address(
    ready: NotifyHub, mail_server: StrictServer, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.strict = True

    ready.hear(membership("MemberAdmitted"))

    _comes_to(ready, ("parked", 1, "550"))
    printed = "".join(capfd.readouterr()) + caplog.text
    assert ADDRESS not in printed


def test_deliveries_are_listed_for_the_hub_office_without_addresses(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(membership("MemberAdmitted"))
    mail_server.wait_for(1)
    _comes_to(ready, ("done", 1, None))
    mail_server.refuse(550)
    ready.hear(membership("MemberResumed", version=2))
    _comes_to(ready, ("done", 1, None), ("parked", 1, "550"))

    listed = ready.ask("deliveries", OFFICE)["nodes"]

    assert [(row["rule"], row["state"], row["error"]) for row in listed] == [
        ("member_resumed", "parked", "550"),
        ("member_admitted", "done", None),
    ]
    assert listed[1] == {
        "id": ready.deliveries()[0].id,
        "notice_id": ready.inbox("rep")[1]["id"],
        "rule": "member_admitted",
        "recipient": "rep",
        "channel": "email",
        "state": "done",
        "attempts": 1,
        "due_at": None,
        "error": None,
        "created_at": "2026-03-02T01:00:00+00:00",
        "sent_at": "2026-03-02T01:00:00+00:00",
    }
    assert [row["rule"] for row in ready.ask("deliveries", OFFICE, state="parked")["nodes"]] == ["member_resumed"]
    with ready.refuses(NotAllowed.code):
        ready.ask("deliveries", "rep")
