"""Taking: the e-mail of an invitation that is due, claimed, with a letter that holds its code; the code is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from contracts.alliances.people.invitations import CODE_PURPOSE
from kit.data.db import Session
from kit.files.tickets import Tickets
from kit.work.due import claim
from services.notify.delivery.counting import day_of, key_of, spend
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.delivery.taking import Going, lease
from services.notify.directory.naming import names_of
from services.notify.invitations.letter import InvitationLetter
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
    elif mail.expires_at is None or mail.expires_at <= session.now:
        mail.settle()
    elif mail.attempts == 1 and not spend(session, key_of("codes to", mail.address), today, limits.codes_a_day):
        mail.park("the e-mails of the day to this address are spent", session.now)
    else:
        names = names_of(session, [mail.invited_by])
        letter = InvitationLetter(
            id=f"{mail.id}.{mail.heard}",
            address=mail.address,
            locale=mail.locale,
            written_at=mail.created_at,
            link=link,
            role=mail.role,
            scope=mail.scope,
            invited_by=names.get(mail.invited_by) or mail.invited_by,
            expires_at=mail.expires_at,
            code=tickets().sign(CODE_PURPOSE, {"id": mail.id}, until=mail.expires_at),
        )
        return [Going(mail.id, letter, mail.traceparent)]
    return []
