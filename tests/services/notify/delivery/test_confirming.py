"""Confirming: a stranger gets one e-mail with a code, and nothing else before they have given the code back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from contracts.notify.delivery import CodeWrong, MailsSpent
from contracts.refusals import NotFound, NothingChanged
from services.notify.delivery.model import Confirmation, Contact, MailCount
from tests.servers.smtp import Mail, MailServer
from tests.services.notify.delivery.mailing import ADDRESS, LONG, comes_to
from tests.services.notify.notify_hub import NotifyHub, Refused, eventually, membership, represents

GIVEN = {"address": ADDRESS, "locale": "zh-CN", "wants_email": True}
DAY = timedelta(days=1)


def code_in(mail: Mail) -> str:
    """The code, as its reader would copy it."""
    text = next(mail.message.iter_parts()).get_content()
    return str(text.partition("：" if "：" in text else "Your code: ")[2].split()[0])


@pytest.fixture
def asked(mailing: NotifyHub) -> NotifyHub:
    """`rep`, who represents an institution, has given an address, and the code was sent there."""
    mailing.hear(represents("rep"))
    mailing.ask("update_contact", "rep", **GIVEN)
    return mailing


def test_a_new_address_gets_one_mail_with_a_code_and_nothing_of_what_happens(
    asked: NotifyHub, mail_server: MailServer
) -> None:
    asked.ask("update_contact", "rep", **GIVEN)
    asked.hear(membership("MemberAdmitted"))

    [mail] = mail_server.wait_for(1)
    asked.ask("confirm_contact", "rep", code=code_in(mail))
    asked.hear(membership("MemberSuspended", version=2))

    subjects = [each.message["Subject"] for each in mail_server.wait_for(2)]
    assert subjects == ["【长三角教育协作枢纽】请确认您的电子邮件地址", "【长三角教育协作枢纽】成员资格暂停"]
    assert len(asked.inbox("rep")) == 2
    comes_to(asked, ("done", 1, None))


def test_confirm_contact_takes_the_code_however_it_is_typed_and_once(asked: NotifyHub, mail_server: MailServer) -> None:
    code = code_in(mail_server.wait_for(1)[0])

    assert asked.ask("confirm_contact", "rep", code=f" {code.lower()} ") == {**GIVEN, "confirmed": True}

    with pytest.raises(Refused) as again:
        asked.ask("confirm_contact", "rep", code=code)
    assert again.value.codes == [NothingChanged.code]


def test_a_wrong_an_old_and_another_persons_code_confirm_nothing(asked: NotifyHub, mail_server: MailServer) -> None:
    old = code_in(mail_server.wait_for(1)[0])
    asked.ask("resend_confirmation", "rep")
    new = code_in(mail_server.wait_for(2)[1])
    asked.ask("update_contact", "other", **{**GIVEN, "address": "other@example.org"})
    mail_server.wait_for(3)
    eventually(lambda: not _waiting(asked))

    for person, code in (("rep", old), ("rep", "AAAAA-AAAAA"), ("other", new), ("rep", "????")):
        with asked.refuses(CodeWrong.code, "code"):
            asked.ask("confirm_contact", person, code=code)
    with asked.refuses(NotFound.code, "address"):
        asked.ask("confirm_contact", "nobody", code=new)
    asked.clock.advance(DAY)
    with asked.refuses(CodeWrong.code, "code"):
        asked.ask("confirm_contact", "rep", code=new)


def _waiting(notify: NotifyHub) -> bool:
    with notify.runtime.database.transaction(writes=False) as session:
        return session.scalar(select(Confirmation.id).where(Confirmation.state == "waiting").limit(1)) is not None


def test_another_address_must_be_confirmed_anew_also_if_an_old_release_wrote_it(
    asked: NotifyHub, mail_server: MailServer
) -> None:
    asked.ask("confirm_contact", "rep", code=code_in(mail_server.wait_for(1)[0]))
    with asked.runtime.database.transaction() as session:
        session.get_one(Contact, "rep").address = "stranger@example.org"

    asked.hear(membership("MemberAdmitted"))

    assert asked.ask("my_contact", "rep")["confirmed"] is False
    assert asked.deliveries() == []


def test_nobody_has_more_codes_sent_in_a_day_than_the_setting_says(notify: NotifyHub) -> None:
    def give(person: str, address: str) -> None:
        notify.ask("update_contact", person, **{**GIVEN, "address": address})

    for number in range(3):  # one person, many strangers
        give("spammer", f"stranger-{number}@example.org")
    eventually(lambda: not _waiting(notify))
    with notify.refuses(MailsSpent.code, "address", most=3):
        give("spammer", "stranger-3@example.org")
    for number in range(3):  # many persons, one stranger
        give(f"bot-{number}", "victim@example.org")
    eventually(lambda: not _waiting(notify))
    with notify.refuses(MailsSpent.code, "address", most=3):
        give("bot-3", "Victim@example.org")
    with notify.refuses(MailsSpent.code, "address", most=3):
        notify.ask("resend_confirmation", "spammer")

    notify.clock.advance(DAY)

    give("bot-3", "victim@example.org")


def test_the_mails_of_a_day_to_one_address_are_bounded_and_the_notices_stay(
    ready: NotifyHub, mail_server: MailServer
) -> None:
    with ready.runtime.database.transaction() as session:
        session.add(MailCount(key="hub", since=session.now, mails=1))
    ready.hear(membership("MemberAdmitted"))
    mail_server.wait_for(1)
    with ready.runtime.database.transaction() as session:
        spent = session.scalars(select(MailCount).where(MailCount.key.startswith("to/"))).one()
        spent.mails = 50

    ready.hear(membership("MemberSuspended", version=2))

    comes_to(ready, ("done", 1, None), ("skipped", 1, "the e-mails of the day to this address are spent"))
    assert len(ready.inbox("rep")) == 2


def test_what_the_hub_may_not_send_in_this_hour_leaves_in_the_next(ready: NotifyHub, mail_server: MailServer) -> None:
    hour = ready.clock.now().replace(minute=0, second=0, microsecond=0)
    with ready.runtime.database.transaction() as session:
        session.add(MailCount(key="hub", since=hour, mails=10_000))
    ready.hear(membership("MemberAdmitted"))
    ready.ask("update_contact", "other", **{**GIVEN, "address": "other@example.org"})
    comes_to(ready, ("waiting", 0, None))

    ready.clock.advance(timedelta(hours=1))

    assert len(mail_server.wait_for(2)) == 2
    with ready.runtime.database.transaction(writes=False) as session:
        assert session.scalar(select(MailCount.mails).where(MailCount.key == "hub", MailCount.since > hour)) == 2


def test_whoever_has_the_link_in_a_mail_ends_them(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(membership("MemberAdmitted"))
    [mail] = mail_server.wait_for(1)
    link = str(mail.message["List-Unsubscribe"]).strip(" <>")
    assert link.startswith("https://delta.example.org/mail/unsubscribe/")

    ready.ask("unsubscribe", "", token=link.rpartition("/")[2])

    assert ready.ask("my_contact", "rep")["wants_email"] is False
    comes_to(ready, ("done", 1, None))
    with ready.refuses(NotFound.code, "token"):
        ready.ask("unsubscribe", "", token="another")


def test_erase_contact_leaves_neither_code_nor_confirmation(asked: NotifyHub, mail_server: MailServer) -> None:
    mail_server.wait_for(1)
    eventually(lambda: not _waiting(asked))

    asked.ask("erase_contact", "rep")
    asked.clock.advance(LONG)

    with asked.runtime.database.transaction(writes=False) as session:
        assert (session.scalars(select(Confirmation)).all(), session.scalars(select(Contact)).all()) == ([], [])
