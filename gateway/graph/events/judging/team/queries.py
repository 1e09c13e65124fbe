"""What can be asked about the team of a competition in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import team_forms as forms
from gateway.graph.events.judging.team.types import TeamMember
from gateway.graph.queries import listed


class TeamQueries(graphene.ObjectType):
    """The team is for those who run or supervise a competition."""

    team = listed(forms.Team, TeamMember)
