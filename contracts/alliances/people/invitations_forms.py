"""The forms of invitations to a role: inviting, accepting, taking back, and the list of those that are open."""

from __future__ import annotations

from contracts.authority import Role, ScopeType
from contracts.browsing import Browsed
from contracts.forms import Input, choice, identifier, instant, listing, text, verbatim
from contracts.notify.delivery import Language


class _Scope(Input):
    scope_type = choice(ScopeType, says="The kind of scope that the role is held on.")
    scope_id = text(max=64, says="The scope itself: its plain id or the code of a region.")


class InviteToRole(_Scope):
    """Invite somebody to a role whose account is not known yet. For those who may grant the role."""

    role = choice(Role, says="The role.")
    name_zh = text(max=100, says="The name of who is invited, as they write it; for most in Chinese.")
    name_en = text(max=100, required=False, says="Their name in Latin letters.")
    address = text(
        max=254, required=False, says="An e-mail address to which the invitation is sent; kept until it is settled."
    )
    language = choice(Language, required=False, says="The language of that e-mail; Chinese where it is left out.")
    until = instant(
        required=False, says="When the role is to end by itself; as long as the inviter's own where it is left out."
    )


class AcceptRole(Input):
    """Accept a role by the code of an invitation: whoever is signed in holds it from now on."""

    code = verbatim(max=1000, says="The code that the inviter has passed on.")


class WithdrawRoleInvitation(Input):
    """Take an invitation back. For those who may grant the role."""

    role_invitation_id = identifier("RoleInvitation", says="The invitation.")


class ResendRoleInvitation(Input):
    """Send an open invitation by e-mail, again or for the first time. For those who may grant the role."""

    role_invitation_id = identifier("RoleInvitation", says="The invitation.")
    address = text(max=254, required=False, says="The address, where it is another than before, or none was given.")


class RoleInvitations(_Scope, Browsed):
    """The open invitations to roles on a scope. For those who may know who holds a role there."""


class RoleInvitationCodes(Input):
    """The codes of those of these invitations that are open, for who has sent them."""

    ids = listing(identifier(), min=1, max=100)
