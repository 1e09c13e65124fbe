"""The forms of applications: handing one in, sending it back to be put right, and handing in the corrected one."""

from __future__ import annotations

from contracts.forms import Input, identifier, text


class ApplyForMembership(Input):
    """Ask to join. For the organisation's representative and the office of its province."""

    alliance_id = identifier("Alliance", says="The alliance that gets a new member.")
    organization_id = identifier("Organization", says="The organisation that becomes a member.")
    statement = text(
        max=2000,
        lines=True,
        required=False,
        says="Why the organisation wants to join; the secretariat and it can read this.",
    )


class ReturnApplication(Input):
    """Send an application back, saying what has to be put right. For the secretariat."""

    membership_id = identifier("Membership", says="The application.")
    reason = text(lines=True, max=500, says="What has to be put right, in words for the organisation.")


class CorrectApplication(Input):
    """Hand in an application again that was sent back. For the organisation's representative and the office of its province."""

    membership_id = identifier("Membership", says="The application.")
    statement = text(
        max=2000,
        lines=True,
        says="Why the organisation wants to join, as it is now; the secretariat and the organisation can read this.",
    )
