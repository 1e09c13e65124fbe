"""Taking: the e-mail of an invitation that is due, claimed, with a letter that holds its code; the code is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.alliances.membership.invitations import LETTER_PURPOSE
from contracts.alliances.people.invitations import CODE_PURPOSE
from kit.data.db import Session
from kit.files.tickets import Tickets
from kit.work.due import claim
from services.notify.delivery.counting import day_of, key_of, spend
from services.notify.delivery.letters import Letter
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.delivery.taking import Going, lease
from services.notify.directory.naming import names_of
from services.notify.directory.queries import moved_on
from services.notify.invitations.letter import InvitationLetter
from services.notify.invitations.membership_letter import MembershipLetter
from services.notify.invitations.model import InvitationMail


def take_invitation(
    session: Session, smtp: Smtp, limits: MailLimits, link: str, tickets: Callable[[], Tickets]
) -> list[Going] | None:
    """As `delivery.taking.take`, one at a time; None where none is due. The secret is not asked for before one is."""
    mail = claim(session, InvitationMail, InvitationMail.retry)
    if mail is None:
        return None
    mail.due_at, mail.error = session.now + lease(smtp), None
    today = day_of(session.now)
    if not smtp.host:
        mail.park("no mail server", session.now)
    elif _is_settled(session, mail):
        mail.settle()
    elif mail.attempts == 1 and not spend(session, key_of("codes to", mail.address), today, limits.codes_a_day):
        mail.park("the e-mails of the day to this address are spent", session.now)
    else:
        return [Going(mail.id, _letter(session, mail, link, tickets()), mail.traceparent)]
    return []


def _letter(session: Session, mail: InvitationMail, link: str, tickets: Tickets) -> Letter:
    until = mail.expires_at or session.now
    of_mail: dict[str, Any] = {
        "id": f"{mail.id}.{mail.heard}",
        "address": mail.address,
        "locale": mail.locale,
        "written_at": mail.created_at,
        "link": link,
        "expires_at": until,
    }
    if mail.membership is not None:
        code = tickets.sign(LETTER_PURPOSE, {"id": mail.id, "version": mail.heard}, until=until)
        pair = {"alliance": mail.membership["alliance"], "organization": mail.membership["organization"]}
        return MembershipLetter(**of_mail, **pair, code=code)
    names = names_of(session, [mail.invited_by])
    return InvitationLetter(
        **of_mail,
        role=mail.role,
        scope=mail.scope,
        invited_by=names.get(mail.invited_by) or mail.invited_by,
        code=tickets.sign(CODE_PURPOSE, {"id": mail.id}, until=until),
    )


def _is_settled(session: Session, mail: InvitationMail) -> bool:
    """Whether nobody can accept it any more, or the membership has moved on since the letter was posted."""
    if mail.expires_at is None or mail.expires_at <= session.now:
        return True
    return mail.membership is not None and moved_on(session, mail.membership["id"], mail.membership["version"])
