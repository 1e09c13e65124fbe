"""Taking: deliveries that are due are claimed together, for as long as their sending can last, with their letters."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from contracts.notify.delivery import DeliveryState
from kit.data.db import Session
from kit.work.due import UNHEARD, State
from services.notify.delivery.commands import RETRY, UNSUBSCRIBE
from services.notify.delivery.counting import day_of, key_of, spend, spend_all
from services.notify.delivery.letters import Letter, NoticeLetter
from services.notify.delivery.model import Contact, Delivery
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.directory.naming import names_of
from services.notify.notices.model import Announcement, Notice
from services.notify.rules.table import accounts_in
from services.notify.telling.facts import Fact

DIALOGUE = 12
"""How many replies of a mail server one sending waits for; each may take the SMTP time-out."""
AT_A_TIME = 5.0
"""Seconds after which no further letter of a batch is begun: the others are given back, so that no claim runs out."""

_DUE = (
    select(
        Delivery.id,
        Delivery.attempts,
        Delivery.error,
        Delivery.traceparent,
        Notice.rule,
        Notice.reason,
        Notice.more,
        Notice.created_at,
        Announcement.facts,
        Notice.recipient,
        Contact.address,
        Contact.locale,
        Contact.wants_email,
        Contact.confirmed_address,
        Contact.unsubscribe_token,
    )
    .join(Notice, Notice.id == Delivery.notice_id)
    .join(Announcement, (Announcement.message_id == Notice.message_id) & (Announcement.rule == Notice.rule))
    .outerjoin(Contact, Contact.person == Notice.recipient)
    .where(Delivery.state == State.WAITING, Delivery.due_at <= bindparam("now"))
    .order_by(Delivery.due_at, Delivery.id)
    .limit(bindparam("most"))
    .with_for_update(of=Delivery, skip_locked=True)
)
_TOKEN = (
    update(Contact)
    .where(Contact.person == bindparam("whose"), Contact.unsubscribe_token.is_(None))
    .values(unsubscribe_token=bindparam("token"))
)


class Going(NamedTuple):
    """An e-mail on its way: the row it is on record in, what is sent, and the trace of what led to it."""

    id: str
    letter: Letter
    traceparent: str | None


def lease(smtp: Smtp) -> timedelta:
    """How long a claim holds: what begins the last of its sendings, and how long that can last."""
    return timedelta(seconds=AT_A_TIME + smtp.timeout * DIALOGUE)


def take(session: Session, smtp: Smtp, limits: MailLimits, link: str, room: int) -> list[Going] | None:
    """What is due, claimed, at most a batch and as many as there is `room` for; None where nothing is.

    What is not to be sent is not in it, and its row says why.
    """
    due = session.execute(_DUE, {"now": session.now, "most": min(room, limits.batch)}).all()
    rows = _together(due)
    if not rows:
        return None
    fates = {row.id: _fate(row, smtp) for row in rows}
    first = [row for row in rows if fates[row.id] is None and row.attempts == 0]
    fates |= {row.id: SPENT for row in _without_room(session, first, limits)}
    _claim(session, fates, session.now + lease(smtp))
    going = [row for row in rows if fates[row.id] is None]
    tokens = _tokens(session, going) if link else {}
    names = names_of(session, {one for row in going for one in accounts_in(row.rule, row.facts)})
    return [Going(row.id, _letter(row, link, tokens, names), row.traceparent) for row in going]


Fate = tuple[str, str]
"""State and error of what is not sent."""
SPENT: Fate = (DeliveryState.SKIPPED, "the e-mails of the day to this address are spent")


def _together(due: Sequence[Any]) -> Sequence[Any]:
    """The first ones up to one whose last try was never heard of: that may end its process again, and so goes alone."""
    return list(takewhile(lambda row: not _unheard(row), due)) or due[:1]


def _unheard(row: Any) -> bool:
    return row.attempts > 0 and row.error is None


def _fate(row: Any, smtp: Smtp) -> Fate | None:
    if row.attempts >= RETRY.attempts:
        return State.PARKED, row.error or UNHEARD
    if not smtp.host:
        return DeliveryState.SKIPPED, "no mail server"
    if not (row.wants_email and row.confirmed_address == row.address):
        return DeliveryState.SKIPPED, "not wanted"
    return None


def _without_room(session: Session, rows: Sequence[Any], limits: MailLimits) -> list[Any]:
    """Those of these letters whose address has had its e-mails of the day; the others are counted."""
    keys = {row.id: key_of("to", row.address) for row in rows}
    counted = spend_all(session, Counter(keys.values()), day_of(session.now), limits.to_address_a_day)
    few = [row for row in rows if keys[row.id] not in counted]
    return [row for row in few if not spend(session, keys[row.id], day_of(session.now), limits.to_address_a_day)]


def _claim(session: Session, fates: dict[str, Fate | None], until: datetime) -> None:
    """Each try is counted before it is made, so that no letter can end its process for ever."""
    for fate in set(fates.values()):
        state, error = fate or (State.WAITING, None)
        tries = 0 if state == State.PARKED else 1
        claimed = update(Delivery).where(Delivery.id.in_([id_ for id_ in fates if fates[id_] == fate]))
        values = {"state": state, "error": error, "due_at": None if fate else until}
        values |= {"parked_at": session.now} if state == State.PARKED else {}
        session.execute(
            claimed.values(attempts=Delivery.attempts + tries, **values).execution_options(synchronize_session=False)
        )


def _tokens(session: Session, rows: Iterable[Any]) -> dict[str, str]:
    """By which word each of these readers may end their e-mails; who has none is given one."""
    known = {row.recipient: row.unsubscribe_token for row in rows}
    without = sorted(person for person, token in known.items() if token is None)
    if without:
        given = [{"whose": person, "token": secrets.token_urlsafe(24)} for person in without]
        session.connection().execute(_TOKEN, given)
        theirs = select(Contact.person, Contact.unsubscribe_token).where(Contact.person.in_(without))
        known |= {row.person: row.unsubscribe_token for row in session.execute(theirs)}  # maybe of who was faster
    return known


def _letter(row: Any, link: str, tokens: dict[str, str], names: Mapping[str, Fact]) -> Letter:
    return NoticeLetter(
        id=row.id,
        address=row.address,
        locale=row.locale,
        rule=row.rule,
        reason=row.reason,
        facts=row.facts,
        names=names,
        more=row.more,
        written_at=row.created_at,
        link=link,
        unsubscribe=f"{link.rstrip('/')}{UNSUBSCRIBE}/{tokens[row.recipient]}" if link else "",
    )
