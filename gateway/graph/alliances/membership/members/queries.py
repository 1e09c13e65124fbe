"""What can be asked about members in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import members_forms as forms
from gateway.graph.alliances.membership.members.types import AffiliatedMember, AllianceMember, MemberStatistics
from gateway.graph.queries import answered, listed


class MembersQueries(graphene.ObjectType):
    """Who belongs to an alliance, on any day; public."""

    members = listed(forms.Members, AllianceMember)
    affiliated_members = listed(forms.AffiliatedMembers, AffiliatedMember)
    member_statistics = answered(forms.MemberStatistics, MemberStatistics)
