"""Invitations by e-mail: sent once with a code that works, to nobody once they are settled, and what is given up is told."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.alliances.people.invitations import (
    CODE_PURPOSE,
    RoleAccepted,
    RoleInvitationPosted,
    RoleOfferWithdrawn,
)
from contracts.alliances.people.persons import PersonCalled
from kit.files.tickets import tickets_of
from kit.ids import new_id
from kit.messages.parked import discard
from kit.wire.envelope import Envelope
from services.notify.invitations.commands import clear
from services.notify.invitations.model import InvitationMail
from tests.servers.smtp import MailServer
from tests.services.notify.notify_hub import ALLIANCE, NOW, NotifyHub, envelope, eventually

ADDRESS, BY = "newcomer@example.org", "7f3a-secretary"


def posted(id_: str, version: int = 2, *, address: str = ADDRESS, language: str = "zh-CN") -> Envelope:
    said = {"address": address, "language": language, "scope": ALLIANCE, "expires_at": NOW + timedelta(days=14)}
    return envelope(RoleInvitationPosted(**about(id_), **said), subject_id=id_, version=version)


def withdrawn(id_: str, version: int = 3) -> Envelope:
    return envelope(RoleOfferWithdrawn(**about(id_)), subject_id=id_, version=version)


def accepted(id_: str, version: int = 3) -> Envelope:
    return envelope(RoleAccepted(**about(id_), accepted_by="newcomer"), subject_id=id_, version=version)


def about(id_: str) -> dict[str, Any]:
    scope = {"role": "secretariat", "scope_type": "alliance", "scope_id": ALLIANCE.id}
    return {"role_invitation_id": id_, "invited_by": BY, **scope}


def state(notify: NotifyHub, id_: str) -> tuple[str, int, str]:
    with notify.runtime.database.transaction(writes=False) as session:
        mail = session.get_one(InvitationMail, id_)
        return mail.state, mail.attempts, mail.address


def tried(notify: NotifyHub, id_: str) -> int:
    """How many tries have come to an end."""
    with notify.runtime.database.transaction(writes=False) as session:
        mail = session.get_one(InvitationMail, id_)
        return mail.attempts if mail.error else 0


def is_here(notify: NotifyHub) -> bool:
    """Whether the address stands in any table or message."""
    return ADDRESS in repr(notify.contents())


def test_an_invitation_is_sent_once_with_a_code_that_works_and_the_address_goes(
    mailing: NotifyHub, mail_server: MailServer
) -> None:
    id_, secretary = new_id(), new_id()
    names = PersonCalled(person_id=secretary, account=BY, name_zh="王秘书", name_en="Wang")
    mailing.hear(envelope(names, subject_id=secretary), posted(id_), posted(id_))

    [mail] = mail_server.wait_for(1)

    assert mail.recipients == (ADDRESS,) and "王秘书" not in mail.message["Subject"]
    text = mail.message.get_body(("plain",)).get_content()
    assert f"王秘书邀请您担任“{ALLIANCE.zh}”的" in text and BY not in text
    [code] = [line for line in text.splitlines() if line.startswith("ey")]
    claims = tickets_of(mailing.runtime.settings).verify(code, CODE_PURPOSE, now=mailing.clock.now())
    assert claims["id"] == id_
    eventually(lambda: state(mailing, id_) == ("done", 1, ""), 60)
    assert not is_here(mailing) and code not in repr(mailing.contents())


def test_it_is_sent_again_in_english_under_another_id(mailing: NotifyHub, mail_server: MailServer) -> None:
    id_ = new_id()
    mailing.hear(posted(id_))
    mail_server.wait_for(1)
    eventually(lambda: state(mailing, id_)[0] == "done", 60)

    mailing.hear(posted(id_, 3, address="right@example.org", language="en"))

    first, second = mail_server.wait_for(2)
    assert second.recipients == ("right@example.org",)
    assert second.message["Message-ID"] != first.message["Message-ID"]
    assert ALLIANCE.en in second.message.get_body(("plain",)).get_content()


@pytest.mark.parametrize("settling", [withdrawn, accepted])
def test_what_is_settled_is_not_sent_in_whatever_order_it_is_heard(
    mailing: NotifyHub, mail_server: MailServer, settling: Any
) -> None:
    for order in permutations(range(3)):
        id_ = new_id()
        mail_server.refuse(451)
        address = f"{id_}@example.org"  # each its own: one gets only so many codes a day
        steps = [posted(id_, address=address), posted(id_, 3, address=address), settling(id_, 4)]
        mailing.hear(*(steps[place] for place in order), *steps)
        eventually(lambda id_=id_: state(mailing, id_)[2] == "" and state(mailing, id_)[0] == "skipped", 60)
    assert mail_server.mails == [] and "@example.org" not in repr(mailing.contents())


def test_what_the_journal_has_lost_or_has_lapsed_is_not_sent(mailing: NotifyHub, mail_server: MailServer) -> None:
    lost, lapsed = new_id(), new_id()
    mail_server.refuse(451)
    mailing.hear(posted(lost, address=""), posted(lapsed))
    eventually(lambda: state(mailing, lapsed)[1] == 1, 60)

    mailing.clock.advance(timedelta(days=14))

    eventually(lambda: not is_here(mailing), 60)
    assert state(mailing, lost) == ("skipped", 0, "") and mail_server.mails == []


@pytest.mark.parametrize(("code", "tries"), [(550, 1), (451, 10)])
def test_who_has_invited_is_told_once_that_it_was_given_up(
    mailing: NotifyHub, mail_server: MailServer, code: int, tries: int
) -> None:
    id_ = new_id()
    mail_server.refuse(code)
    mailing.hear(posted(id_))
    for attempt in range(1, tries + 1):
        eventually(lambda attempt=attempt: tried(mailing, id_) == attempt, 60)
        mailing.clock.advance(timedelta(hours=6))

    eventually(lambda: mailing.inbox(BY), 60)

    [notice] = mailing.inbox(BY)
    assert notice["rule"] == "invitation_not_delivered" and ADDRESS not in repr(notice)
    assert state(mailing, id_) == ("skipped", tries, "") and not is_here(mailing)


def test_who_has_invited_is_told_even_where_somebody_discards_it_first(notify: NotifyHub) -> None:
    id_, told = new_id(), {"role": "secretariat", "scope": vars(ALLIANCE), "invited_by": BY}
    mail = InvitationMail(id=id_, address=ADDRESS, created_at=NOW, version=0, heard=1, **told)
    with notify.runtime.database.transaction() as session:  # one, so that nobody clears it meanwhile
        mail.park("550", session.now)
        session.add(mail)
        session.flush()
        discard(session, "notify", mail)
        clear(session)
        clear(session)

    assert [each for each, _ in notify.said()].count("notify.invitation_not_delivered") == 1
    assert state(notify, id_) == ("skipped", 0, "")
