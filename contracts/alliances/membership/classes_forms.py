"""The forms of classes of members: setting one, correcting one, and which a member has on a day."""

from __future__ import annotations

from contracts.forms import MOST_ASKED, Input, day, identifier, listing, nested, text, verbatim


class SetMemberClass(Input):
    """Put a member into a class of the charter from a day on, past or to come. For the secretariat."""

    membership_id = identifier("Membership", says="The member.")
    member_class = verbatim(max=30, says="The code of the class in the charter, such as vice_chair.")
    since = day(says="The first day in the class, not before the member joined.")
    reason = text(max=500, lines=True, required=False, says="Why, such as who decided it and when.")


class CorrectMemberClass(Input):
    """Put right a class that was set by mistake. For the secretariat."""

    membership_id = identifier("Membership", says="The member.")
    since = day(says="The first day of the class that is wrong.")
    member_class = verbatim(
        max=30, required=False, says="The code of the right class; without one, the class before goes on."
    )
    reason = text(max=500, lines=True, says="What was wrong, in words for the member.")


class MemberClassOn(Input):
    """The class that a member had at the end of a day."""

    membership_id = identifier("Membership", says="The member.")
    day = day(required=False, says="A day in China; today by default.")


class MemberClassesOn(Input):
    """The classes of several members, each on a day."""

    asked = listing(nested(MemberClassOn), min=1, max=MOST_ASKED)
