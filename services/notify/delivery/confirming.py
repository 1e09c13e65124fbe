"""Confirming: an address gets one e-mail with a code, and nothing else before its owner has given the code back."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from contracts.notify.delivery import CodeWrong, DeliveryState, MailsSpent
from contracts.refusals import ChangedMeanwhile, NotFound, NothingChanged
from kit.data.db import Session
from kit.ids import new_id
from kit.telemetry import tracing
from kit.work.due import State, claim
from procedures.addresses.address import check_address
from services.notify.delivery.commands import RETRY
from services.notify.delivery.counting import day_of, key_of, spend
from services.notify.delivery.letters import ConfirmationLetter
from services.notify.delivery.model import CONFIRMATIONS, Confirmation, Contact
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.delivery.taking import Going, lease

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE = 10
"""Characters of a code: too many to be guessed in a day, however often it is tried."""
GOOD_FOR = timedelta(hours=24)


def ask_to_confirm(session: Session, limits: MailLimits, *, contact: Contact) -> None:
    """Have a code sent to an address that is not confirmed; refuses with MailsSpent."""
    today = day_of(session.now)
    for key in (key_of("codes to", contact.address), key_of("codes for", contact.person)):
        if not spend(session, key, today, limits.codes_a_day):
            raise MailsSpent("address", most=limits.codes_a_day)
    contact.code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
    contact.code_until = session.now + GOOD_FOR
    _withdraw(session, contact.person, "another code was asked for")
    session.add(
        Confirmation(
            id=new_id(),
            person=contact.person,
            created_at=session.now,
            state=State.WAITING,
            due_at=session.now,
            attempts=0,
            traceparent=tracing.traceparent(),
        )
    )
    session.wake(CONFIRMATIONS)


def update_contact(session: Session, limits: MailLimits, *, address: str, locale: str, wants_email: bool) -> Contact:
    """The viewer says where they may be reached, and is sent a code if that is new; refuses with AddressInvalid or MailsSpent."""
    contact = session.get(Contact, session.viewer.id) or Contact(person=session.viewer.id, address="")
    before, contact.address = contact.address, check_address(address)
    contact.locale, contact.wants_email = locale, wants_email
    if contact.address != before:
        contact.code = contact.code_until = None
        _withdraw(session, contact.person, "another address was given")
    session.add(contact)
    try:
        session.flush()
    except IntegrityError:  # the same person set it for the first time at the same moment
        raise ChangedMeanwhile from None
    if wants_email and not contact.confirmed and contact.code is None:
        ask_to_confirm(session, limits, contact=contact)
    return contact


def confirm_contact(session: Session, *, code: str) -> Contact:
    """The viewer gives back the code that was sent to their address; refuses with NotFound, NothingChanged or CodeWrong."""
    contact = _own(session)
    given = "".join(letter for letter in code.upper() if letter in LETTERS)
    good = contact.code_until is not None and session.now < contact.code_until
    if not (good and hmac.compare_digest(given, contact.code or "")):
        raise CodeWrong("code")
    contact.confirm()
    return contact


def resend_confirmation(session: Session, limits: MailLimits) -> Contact:
    """Send the viewer another code; refuses with NotFound, NothingChanged or MailsSpent."""
    contact = _own(session)
    ask_to_confirm(session, limits, contact=contact)
    return contact


def vouch(session: Session, person: str) -> None:
    """Whoever runs the hub knows that this person's address is theirs; no code is sent."""
    session.get_one(Contact, person).confirm()
    _withdraw(session, person, "confirmed")


def unsubscribe(session: Session, *, token: str) -> None:
    """Whoever has the link in an e-mail wants no more of them; refuses with NotFound."""
    contact = session.scalar(select(Contact).where(Contact.unsubscribe_token == token))
    if contact is None:
        raise NotFound("token")
    contact.wants_email = False


def take_confirmation(session: Session, smtp: Smtp, link: str) -> list[Going] | None:
    """The confirmation that is due, claimed, with its letter; None where none is due. See `taking.take`."""
    confirmation = claim(session, Confirmation, RETRY)
    if confirmation is None:
        return None
    confirmation.due_at, confirmation.error = session.now + lease(smtp), None
    contact = session.get(Contact, confirmation.person)
    if not smtp.host:
        confirmation.skip("no mail server")
    elif contact is None or contact.code is None or contact.code_until is None or contact.code_until <= session.now:
        confirmation.skip("not wanted")
    else:
        letter = ConfirmationLetter(
            id=confirmation.id,
            address=contact.address,
            locale=contact.locale,
            written_at=confirmation.created_at,
            link=link,
            code=contact.code,
        )
        return [Going(confirmation.id, letter, confirmation.traceparent)]
    return []


def _own(session: Session) -> Contact:
    contact = session.get(Contact, session.viewer.id)
    if contact is None:
        raise NotFound("address")
    if contact.confirmed:
        raise NothingChanged
    return contact


def _withdraw(session: Session, person: str, reason: str) -> None:
    """What waits to be sent to this person holds no code that counts."""
    waiting = update(Confirmation).where(Confirmation.person == person, Confirmation.state == State.WAITING)
    skipped = waiting.values(state=DeliveryState.SKIPPED, due_at=None, error=reason)
    session.execute(skipped.execution_options(synchronize_session=False))
