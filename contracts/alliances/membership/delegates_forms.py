"""The forms of delegates: naming one, ending it, and who they are on a day."""

from __future__ import annotations

from contracts.alliances.membership.delegates import DelegateKind
from contracts.forms import MOST_ASKED, Input, choice, day, identifier, listing, nested, person, text


class NameDelegate(Input):
    """Name somebody who speaks for a member from a day on. For the organisation and the secretariat.

    Whoever voted for the member until then does so through the day before. Who votes or stands in is on record as
    working for the member on that day, unless the charter asks for less.
    """

    membership_id = identifier("Membership", says="The member.")
    kind = choice(DelegateKind, says="What they do for the member.")
    person = person(required=False, says="The person, if they can sign in.")
    name = text(max=100, says="Their name.")
    person_id = identifier(
        "Person", required=False, says="Their record; without it and an account, they are looked up by their name."
    )
    position = text(max=100, required=False, says="What they are in the organisation.")
    since = day(says="Their first day, not before the member joined.")


class EndDelegate(Input):
    """Set the last day of a delegate, earlier or later than was set before. For the organisation and the secretariat."""

    delegate_id = identifier("Delegate", says="The delegate.")
    until = day(says="Their last day; a day before their first takes back a naming that was a mistake.")
    reason = text(max=500, lines=True, required=False, says="Why.")


class DelegatesOn(Input):
    """Who speaks for a member at the end of a day. For both sides."""

    membership_id = identifier("Membership", says="The member.")
    day = day(required=False, says="A day in China; today by default.")


class DelegatesOfMembersOn(Input):
    """Who speaks for several members, each on a day."""

    asked = listing(nested(DelegatesOn), min=1, max=MOST_ASKED)
