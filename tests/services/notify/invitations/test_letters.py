"""Letters to organisations: sent once with a code that works, to nobody once the membership has moved on; failures are told."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.alliances.membership.invitations import LETTER_PURPOSE, InvitationLetterPosted
from contracts.alliances.membership.memberships import InvitationAccepted, MemberInvited
from contracts.base import Named
from kit.files.tickets import tickets_of
from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.servers.smtp import MailServer
from tests.services.notify.invitations.test_invitation_mails import state, tried
from tests.services.notify.notify_hub import ALLIANCE, NOW, NotifyHub, envelope, eventually

ADDRESS, BY = "office@example.org", "7f3a-secretary"
SCHOOL = Named(id=new_id(), zh="某某学校", en="Some School")


def posted(letter_id: str, membership_id: str, version: int = 1, *, of: int = 1, **other: Any) -> Envelope:
    """The letter of this number, about the invitation at which the membership stood at version `of`."""
    said = {"address": ADDRESS, "language": "zh-CN", "expires_at": NOW + timedelta(days=90), **other}
    said |= {"letter_id": letter_id, "membership_id": membership_id, "membership_version": of}
    message = InvitationLetterPosted(**said, alliance=ALLIANCE, organization=SCHOOL, invited_by=BY)
    return envelope(message, subject_id=letter_id, version=version)


def step(membership_id: str, message: Any, status: str, version: int) -> Envelope:
    said = {"membership_id": membership_id, "region": "341000", "status": status}
    return envelope(message(**said, alliance=ALLIANCE, organization=SCHOOL), subject_id=membership_id, version=version)


def test_a_letter_is_sent_once_in_both_languages_with_a_code_that_works(
    mailing: NotifyHub, mail_server: MailServer
) -> None:
    id_ = new_id()
    mailing.hear(posted(id_, new_id()), posted(id_, new_id()))

    [mail] = mail_server.wait_for(1)

    text = mail.message.get_body(("plain",)).get_content()
    assert mail.recipients == (ADDRESS,) and f"{ALLIANCE.zh}邀请{SCHOOL.zh}加入" in text and BY not in text
    [code] = [line for line in text.splitlines() if line.startswith("ey")]
    claims = tickets_of(mailing.runtime.settings).verify(code, LETTER_PURPOSE, now=mailing.clock.now())
    assert (claims["id"], claims["version"]) == (id_, 1)
    eventually(lambda: state(mailing, id_) == ("done", 1, ""), 60)
    assert ADDRESS not in repr(mailing.contents()) and code not in repr(mailing.contents())
    mailing.hear(posted(id_, new_id(), 2, language="en", address="right@example.org"))
    _, second = mail_server.wait_for(2)
    assert f"{ALLIANCE.en} invites {SCHOOL.en} to join" in second.message.get_body(("plain",)).get_content()


def test_a_letter_about_a_membership_that_has_moved_on_is_not_sent_in_whatever_order_it_is_heard(
    mailing: NotifyHub, mail_server: MailServer
) -> None:
    for order in permutations(range(3)):
        id_, membership_id = new_id(), new_id()
        mail_server.refuse(451)
        steps = [
            step(membership_id, MemberInvited, "invited", 1),
            posted(id_, membership_id, address=f"{id_}@example.org"),
            step(membership_id, InvitationAccepted, "in_review", 2),
        ]
        mailing.hear(*(steps[place] for place in order), *steps)
        eventually(lambda id_=id_: tried(mailing, id_) == 1 or state(mailing, id_)[0] == "skipped", 60)
        mailing.clock.advance(timedelta(hours=5))  # it is tried again, and then looked at
        eventually(lambda id_=id_: state(mailing, id_)[0] == "skipped" and state(mailing, id_)[2] == "", 60)
    assert mail_server.mails == []


def test_an_invitation_that_stands_since_is_written_of(mailing: NotifyHub, mail_server: MailServer) -> None:
    membership_id = new_id()
    mailing.hear(
        step(membership_id, InvitationAccepted, "in_review", 2),
        step(membership_id, MemberInvited, "invited", 5),
        posted(new_id(), membership_id, of=5),
    )

    assert mail_server.wait_for(1)


@pytest.mark.parametrize(("code", "tries"), [(550, 1), (451, 10)])
def test_who_has_invited_is_told_once_that_a_letter_was_given_up(
    mailing: NotifyHub, mail_server: MailServer, code: int, tries: int
) -> None:
    id_, membership_id = new_id(), new_id()
    mail_server.refuse(code)
    mailing.hear(posted(id_, membership_id))
    for attempt in range(1, tries + 1):
        eventually(lambda attempt=attempt: tried(mailing, id_) == attempt, 60)
        mailing.clock.advance(timedelta(hours=6))

    [notice] = eventually(lambda: mailing.inbox(BY), 60)

    assert notice["title"] == f"邀请函未能送达：{SCHOOL.zh}"
    [said] = [data for type_, data in mailing.said() if type_ == "notify.invitation_letter_not_delivered"]
    assert (said["membership_id"], said["organization"]["id"]) == (membership_id, SCHOOL.id)
    assert ADDRESS not in repr(mailing.contents())
