"""The forms of relations: how organisations belong together, and which continue which."""

from __future__ import annotations

from contracts.alliances.registry.relations import RelationKind, SuccessionKind
from contracts.browsing import Browsed
from contracts.forms import Input, choice, day, identifier, listing, text

MOST_SUCCEEDING = 50


class RelateOrganizations(Input):
    """Enter what an organisation is to another, as the body above it. For the hub office and the office of its province.

    No organisation comes to belong to itself, however long the way; there is one body above another.
    """

    organization_id = identifier("Organization", says="The organisation.")
    to_id = identifier("Organization", says="The other one.")
    kind = choice(RelationKind, says="What it is to the other.")
    since = day(required=False, says="Since which day, today or earlier, if that is known.")
    reason = text(lines=True, max=500, says="Why; those concerned read it.")


class EndRelation(Input):
    """Enter that two organisations belong together no longer, or never did. For the hub office and the office of the province."""

    relation_id = identifier("Relation", says="The relation.")
    on = day(required=False, says="Its last day, today or earlier; left out, the relation was a mistake.")
    reason = text(lines=True, max=500, says="Why; those concerned read it.")


class SucceedOrganizations(Input):
    """Enter that organisations have gone over into others, or have ended; those that do not go on are closed on that day.

    For the hub office, and an office of the provinces of all that go over. What other services keep under the old ones
    stays; they are told who continues it.
    """

    from_ids = listing(
        identifier("Organization"), min=1, max=MOST_SUCCEEDING, says="The organisations that go over or end."
    )
    to_ids = listing(
        identifier("Organization"), max=MOST_SUCCEEDING, says="Those that continue them; one of the former may go on."
    )
    kind = choice(SuccessionKind, says="How they go over.")
    on = day(says="Since which day, today or earlier, in China.")
    reason = text(lines=True, max=500, says="By which decision or document; those concerned read it.")


class WithdrawSuccession(Input):
    """Enter that a succession was a mistake; those that were closed by it go on. For those who may enter it."""

    succession_id = identifier("Succession", says="The succession.")
    reason = text(lines=True, max=500, says="Why; those concerned read it.")


class Relations(Browsed):
    """What an organisation is to others, or what others are to it, as entered. Public."""

    either = (("organization_id", "to_id"),)
    organization_id = identifier(
        "Organization", required=False, says="The organisation whose relations to others they are."
    )
    to_id = identifier("Organization", required=False, says="The organisation to which others have these relations.")
    kind = choice(RelationKind, required=False, says="Only relations of this kind.")


class Successions(Browsed):
    """All successions, in the order of their entry; withdrawn ones are left out. Public."""
