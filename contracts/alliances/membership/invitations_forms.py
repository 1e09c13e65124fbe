"""The forms of invitations to an alliance: one or many at once, taking one back, and answering it."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, choice, flag, identifier, listing, text, verbatim
from contracts.notify.delivery import Language


class _Letter(Input):
    language = choice(Language, required=False, says="The language of the letter; Chinese where it is left out.")


class InviteMember(_Letter):
    """Ask an organisation to join, by e-mail where nobody represents it yet. For the secretariat."""

    alliance_id = identifier("Alliance", says="The alliance that gets a new member.")
    organization_id = identifier("Organization", says="The organisation that becomes a member.")
    address = text(
        max=254,
        required=False,
        says="An office address to which a letter is sent; kept while the letter can be answered.",
    )


class InviteMembers(Input):
    """Ask many organisations to join; each is answered for itself. For the secretariat."""

    alliance_id = identifier("Alliance", says="The alliance that gets new members.")
    organization_ids = listing(identifier("Organization"), min=1, max=500, says="The organisations, each once.")


class WithdrawInvitation(Input):
    """Take an invitation back, with a reason. For the secretariat."""

    membership_id = identifier("Membership", says="The invitation.")
    reason = text(lines=True, max=500, says="Why, in words for the organisation and the secretariat.")


class AcceptInvitation(Input):
    """Accept an invitation; the review then begins. For the organisation."""

    membership_id = identifier("Membership", says="The invitation.")


class PostInvitation(_Letter):
    """Have a letter sent to an organisation that is invited and that nobody represents yet. For the secretariat.

    A letter that is sent again, or to another address, takes the place of the one before: its code is worth nothing then.
    """

    membership_id = identifier("Membership", says="The invitation.")
    address = text(max=254, says="The office address of the organisation.")


class AnswerInvitation(Input):
    """Accept an invitation, or decline it with a reason, by the code of the letter. For whoever was sent it and has signed in."""

    code = verbatim(max=1000, says="The code in the letter.")
    accepts = flag(says="Whether the organisation accepts; the review then begins.")
    reason = text(
        lines=True, max=500, required=False, says="Why it declines, in words for the secretariat; required then."
    )


class InvitationLetters(Browsed):
    """The letters of an alliance, the last one posted first: of each invited organisation its newest. For the secretariat."""

    alliance_id = identifier("Alliance", says="The alliance that has sent them.")
    answerable = flag(required=False, says="Only those that can still be answered.")
    order_by = ordered(ByAge, ByAge.NEWEST)
