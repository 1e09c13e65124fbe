"""The forms of members: who they are on a day, and how many."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationKind
from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, choice, day, flag, identifier, region, verbatim


class Members(Browsed):
    """The members of an alliance at the end of a day, by when they first came. Public."""

    alliance_id = identifier("Alliance", says="The alliance.")
    on_day = day(required=False, says="A day in China; today by default.")
    member_class = verbatim(max=30, required=False, says="Only those in the class of this code on that day.")
    region = region(required=False, says="Only organisations in this region or inside it.")
    kind = choice(OrganizationKind, required=False, says="Only organisations of this kind.")
    order_by = ordered(ByAge, named=True)
    by_class = flag(required=False, says="The highest class first, and within a class province by province.")


class AffiliatedMembers(Browsed):
    """Who belongs to an alliance through a member or a sub-alliance at the end of a day, as its charter says. Public."""

    alliance_id = identifier("Alliance", says="The alliance.")
    on_day = day(required=False, says="A day in China; today by default.")


class MemberStatistics(Input):
    """How many members an alliance has at the end of a day, and how many joined and left in the year until then. Public."""

    alliance_id = identifier("Alliance", says="The alliance.")
    on_day = day(required=False, says="A day in China; today by default.")
