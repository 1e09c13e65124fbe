"""What can be done about invitations to a role: send one, accept it, take it back, let it lapse."""

from __future__ import annotations

from datetime import datetime

from contracts.alliances.authority.roles import GroundKind
from contracts.alliances.people import invitations as say
from contracts.alliances.people.invitations import RoleInvitationStatus, RoleInvitationVoid, TooManyRoleInvitations
from contracts.authority import Role, Scope
from contracts.base import LANGUAGES
from contracts.refusals import NothingChanged
from kit.context import Context
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.forgetting import forget
from kit.messages.outbox import record
from kit.rights.asking import holds
from kit.rights.grants import Grant
from kit.viewer import Viewer
from kit.work.timers import at, cancel
from procedures.addresses.address import check_address
from services.alliances.authority.roles.appointing import keys_of
from services.alliances.authority.roles.commands import check_scope, grant_role
from services.alliances.authority.roles.model import Ground
from services.alliances.people.invitations.model import RoleInvitation
from services.alliances.people.invitations.queries import count_open, scope_named
from services.alliances.people.persons.commands import register_person
from services.alliances.people.persons.queries import person_of
from services.alliances.rights import PASSES_ON_ROLES

FORGET_INVITED = "forget_invited"


def invite_to_role(
    session: Session,
    *,
    role: Role,
    scope: Scope,
    name_zh: str,
    name_en: str | None,
    until: datetime | None,
    expires_at: datetime,
    most: int,
    address: str | None = None,
    language: str | None = None,
) -> RoleInvitation:
    """Let somebody accept a role; refuses a scope of the wrong kind, and more than `most` open ones (TooManyRoleInvitations)."""
    check_scope(role, scope)
    if count_open(session, scope) >= most:
        raise TooManyRoleInvitations("scopeId", most=most)
    invitation = RoleInvitation(id=new_id(), created_at=session.now, role=role, until=until, expires_at=expires_at)
    invitation.scope_type, invitation.scope_id = scope.type, scope.id
    invitation.name_zh, invitation.name_en, invitation.invited_by = name_zh, name_en or "", session.viewer.id
    invitation.language = language or LANGUAGES[0]
    session.add(invitation)
    record(session, invitation, say.RoleOffered(**invitation.about, expires_at=expires_at))
    if address:
        post_invitation(session, invitation=invitation, address=address)
    session.flush()
    at(session, expires_at, FORGET_INVITED, invitation.id)
    return invitation


def post_invitation(session: Session, *, invitation: RoleInvitation, address: str | None) -> RoleInvitation:
    """Have it sent by e-mail, to the address that is on record where none is given.

    Refuses with NothingChanged what can be accepted no longer, and with AddressInvalid.
    """
    if invitation.status(session.now) != RoleInvitationStatus.OPEN:
        raise NothingChanged("roleInvitationId")
    invitation.address = check_address(address or invitation.address)
    posted = say.RoleInvitationPosted(
        **invitation.about,
        address=invitation.address,
        language=invitation.language,
        scope=scope_named(session, invitation.scope),
        expires_at=invitation.expires_at,
    )
    record(session, invitation, posted)
    return invitation


def accept_role(session: Session, *, invitation: RoleInvitation) -> Grant:
    """The viewer holds the role from now on, and the hub knows them by the name of the invitation, unless it did before.

    It is given by who has sent the invitation: refuses with RoleInvitationVoid where they may not do so any more.
    """
    invitation.check_open(session.now)
    role, scope, person = Role(invitation.role), invitation.scope, session.viewer.id
    if person_of(session, person) is None:
        register_person(session, name_zh=invitation.name_zh, name_en=invitation.name_en, account=person)
    with session.acting(Context(Viewer(invitation.invited_by), correlation_id=session.context.correlation_id)):
        if not holds(session, PASSES_ON_ROLES, **keys_of(role, scope)):
            raise RoleInvitationVoid("code")
        ground = Ground(GroundKind.INVITATION, invitation.id, invitation.until)
        grant = grant_role(session, person=person, role=role, scope=scope, ground=ground)
    invitation.accepted_at, invitation.accepted_by = session.now, person
    _settle(session, invitation)
    record(session, invitation, say.RoleAccepted(**invitation.about, accepted_by=person))
    return grant


def withdraw_role_invitation(session: Session, *, invitation: RoleInvitation) -> RoleInvitation:
    """Take an invitation back; refuses with NothingChanged one that can be accepted no longer."""
    if invitation.status(session.now) != RoleInvitationStatus.OPEN:
        raise NothingChanged("roleInvitationId")
    invitation.withdrawn_at = session.now
    _settle(session, invitation)
    record(session, invitation, say.RoleOfferWithdrawn(**invitation.about))
    return invitation


def forget_invited(session: Session, invitation_id: str) -> None:
    """Once nobody can accept it any more, the hub has no reason to keep the name of who was invited."""
    if invitation := session.get(RoleInvitation, invitation_id, with_for_update=True):
        _forget(session, invitation)


def _settle(session: Session, invitation: RoleInvitation) -> None:
    _forget(session, invitation)
    cancel(session, FORGET_INVITED, invitation.id)


def _forget(session: Session, invitation: RoleInvitation) -> None:
    invitation.forget()
    forget(session, invitation, say.RoleInvitationPosted)
