"""What can be done about the hub office: propose that somebody joins or leaves it, countersign that, take it back."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.alliances.authority import offices as say
from contracts.alliances.authority.offices import OfficeChangeKind, OfficeChangePending
from contracts.alliances.authority.roles import AppointedYou
from contracts.authority import Role, Scope
from contracts.refusals import NotFound, NothingChanged, NothingProposed
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.authority.offices.model import OfficeChange
from services.alliances.authority.offices.queries import appointers
from services.alliances.authority.roles.appointing import above
from services.alliances.authority.roles.commands import grant_role, revoke_role
from services.alliances.authority.roles.queries import holders

HUB = Scope.hub()


def propose_office_change(session: Session, *, person: str, kind: OfficeChangeKind) -> OfficeChange:
    """Have a change wait for a second person.

    Refuses with NothingChanged who is in the office already, with NotFound who is not in it, with AppointedYou those to
    whom the viewer owes it, and with OfficeChangePending where one about the person waits.
    """
    held = {grant.person for grant in holders(session, Role.HUB_OFFICE, HUB)}
    if kind == OfficeChangeKind.APPOINT and person in held:
        raise NothingChanged("person")
    if kind == OfficeChangeKind.REMOVE and person not in held:
        raise NotFound("person")
    change = OfficeChange.proposed(id_=new_id(), person=person, kind=kind, by=session.viewer.id, now=session.now)
    _check_not_above(session, change, session.viewer.id)
    session.add(change)
    record(session, change, say.OfficeChangeProposed(**change.about()))
    try:
        session.flush()
    except IntegrityError as error:
        raise OfficeChangePending("person") from error
    return change


def countersign_office_change(session: Session, *, change: OfficeChange, digest: str) -> OfficeChange:
    """Give or take the role as the second person.

    Refuses with NothingProposed (also where who proposed it has left the office since), DigestDiffers,
    SecondPersonNeeded, AppointedYou, or LastHolder.
    """
    change.check_waits()
    if change.proposed_by not in {grant.person for grant in holders(session, Role.HUB_OFFICE, HUB)}:
        raise NothingProposed("officeChangeId")
    change.sign(person=session.viewer.id, digest=digest, field="officeChangeId")
    change.signed_at = session.now
    _check_not_above(session, change, session.viewer.id, change.proposed_by)
    make = grant_role if change.kind == OfficeChangeKind.APPOINT else revoke_role
    make(session, person=change.person, role=Role.HUB_OFFICE, scope=HUB)
    record(session, change, say.OfficeChangeCountersigned(**change.about(), signed_by=session.viewer.id))
    return change


def withdraw_office_change(session: Session, *, change: OfficeChange) -> OfficeChange:
    """Take a change back; refuses with NothingProposed where it was signed or taken back before."""
    change.check_waits()
    change.withdrawn_at = session.now
    record(session, change, say.OfficeChangeWithdrawn(**change.about()))
    return change


def _check_not_above(session: Session, change: OfficeChange, *signers: str) -> None:
    """Neither of the two removes who appointed them; who leaves may have a hand in it themselves."""
    if change.kind == OfficeChangeKind.APPOINT:
        return
    others = [person for person in signers if person != change.person]
    if change.person in above(others, appointers(session)):
        raise AppointedYou("person")
