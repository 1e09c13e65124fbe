"""The forms of certificates of membership: issuing, withdrawing, checking, and the lists of them."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.certificate_numbers import LONGEST
from contracts.forms import Input, flag, identifier, text


class IssueMembershipCertificate(Input):
    """Issue a certificate of what a member is today, in the place of the one that it had. For the secretariat."""

    membership_id = identifier("Membership", says="The member.")
    unprinted = flag(
        required=False,
        says="Issue it also where no font here has all letters of the names: it is printed once one has.",
    )


class WithdrawMembershipCertificate(Input):
    """Withdraw a certificate that is wrong or is not to be used any more. For the secretariat."""

    certificate_id = identifier("MembershipCertificate", says="The certificate.")
    reason = text(max=500, lines=True, says="Why, in words for the member.")


class MembershipCertificates(Browsed):
    """The certificates that a member has had, the newest first. For both sides."""

    membership_id = identifier("Membership", says="The membership.")


class CheckMembershipCertificate(Input):
    """What a certificate of membership says, and what holds of it today. For whoever has its number."""

    number = text(max=LONGEST, says="Its number, in any spelling that means it.")
