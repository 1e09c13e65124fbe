"""E-mail: each notice leaves once, for whoever wants it, in their language; and what became of it is on record."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.refusals import NotAllowed
from tests.servers.smtp import MailServer
from tests.services.notify.delivery.mailing import ADDRESS, LONG, comes_to, outcomes, reachable
from tests.services.notify.notify_hub import (
    NOW,
    OFFICE,
    QUZHOU,
    NotifyHub,
    membership,
    represents,
)


def test_a_notice_becomes_one_mail_in_text_and_html(ready: NotifyHub, mail_server: MailServer) -> None:
    fact = membership("MemberAdmitted")

    ready.hear(fact, fact)

    [mail] = mail_server.wait_for(1)
    comes_to(ready, ("done", 1, None))
    [delivery] = ready.deliveries()
    assert delivery.sent_at == NOW
    assert (mail.sender, mail.recipients) == ("hub@delta.example.org", (ADDRESS,))
    assert {name: mail.message[name] for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "From": "hub@delta.example.org",
        "To": ADDRESS,
        "Subject": "【长三角教育协作枢纽】欢迎加入",
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
    reachable(ready, locale="en")

    ready.hear(membership("MemberAdmitted"))

    [mail] = mail_server.wait_for(1)
    assert mail.message["Subject"] == "[Delta Hub] Welcome"
    assert mail.message["Content-Language"] == "en"


def test_only_those_who_want_mail_get_it(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(represents("without contact"), represents("no mail please"))
    ready.ask("update_contact", "no mail please", address="no@example.org", locale="en", wants_email=False)

    ready.hear(membership("MemberAdmitted"))

    [mail] = mail_server.wait_for(1)
    comes_to(ready, ("done", 1, None))
    assert mail.recipients == (ADDRESS,)
    assert sorted(recipient for _, _, recipient in ready.told()) == ["no mail please", "rep", "without contact"]


def test_a_contact_that_comes_later_gets_no_old_mail(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(represents("late", QUZHOU), membership("MemberAdmitted", QUZHOU))
    reachable(ready, "late", "late@example.org")

    ready.hear(membership("MemberResumed", QUZHOU, version=2))

    [mail] = mail_server.wait_for(1)
    assert mail.message["Subject"] == "【长三角教育协作枢纽】成员资格恢复"
    assert len(ready.inbox("late")) == 2
    assert len(ready.deliveries()) == 1


def test_what_was_sent_is_never_sent_again(ready: NotifyHub, mail_server: MailServer) -> None:
    facts = [membership("MemberAdmitted"), membership("MemberResumed", version=2)]

    ready.hear(*facts, *facts)
    mail_server.wait_for(2)
    comes_to(ready, ("done", 1, None), ("done", 1, None))
    for _ in range(3):
        ready.clock.advance(LONG)

    ready.hear(membership("MemberInvited", version=3))
    assert [mail.message["Subject"].partition("】")[2] for mail in mail_server.wait_for(3)] == [
        "欢迎加入",
        "成员资格恢复",
        "诚邀加入",
    ]


@pytest.mark.sqlite
def test_erase_contact_ends_what_waits_and_leaves_the_address_nowhere(
    ready: NotifyHub, mail_server: MailServer, tmp_path: Any
) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    comes_to(ready, ("waiting", 1, "451"))

    ready.ask("erase_contact", "rep")

    assert outcomes(ready) == [("skipped", 1, "contact erased")]
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
    comes_to(ready, ("waiting", 1, "451"))
    mail_server.behave()

    ready.ask("update_contact", "rep", address=ADDRESS, locale="en", wants_email=False)
    ready.clock.advance(LONG)

    comes_to(ready, ("skipped", 2, "not wanted"))
    assert mail_server.mails == []


def test_without_a_mail_server_it_is_said_that_nothing_was_sent(notify: NotifyHub) -> None:
    notify.hear(represents("rep"))
    reachable(notify)

    notify.hear(membership("MemberAdmitted"))

    comes_to(notify, ("skipped", 1, "no mail server"))
    assert notify.deliveries()[0].sent_at is None


def test_deliveries_are_listed_for_the_hub_office_without_addresses(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(membership("MemberAdmitted"))
    mail_server.wait_for(1)
    comes_to(ready, ("done", 1, None))
    mail_server.refuse(550)
    ready.hear(membership("MemberResumed", version=2))
    comes_to(ready, ("done", 1, None), ("parked", 1, "550"))

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
        "fault": None,
        "created_at": "2026-03-02T01:00:00+00:00",
        "sent_at": "2026-03-02T01:00:00+00:00",
    }
    assert [row["rule"] for row in ready.ask("deliveries", OFFICE, state="parked")["nodes"]] == ["member_resumed"]
    with ready.refuses(NotAllowed.code):
        ready.ask("deliveries", "rep")
