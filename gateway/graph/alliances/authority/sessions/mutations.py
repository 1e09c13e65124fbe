"""Ending sessions through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.authority import sessions_forms as forms
from gateway.graph.alliances.authority.sessions.types import EndedSessions
from gateway.graph.commands import command


class SessionsMutations(graphene.ObjectType):
    """Sessions end here."""

    end_sessions = command(forms.EndSessions, gives={"ended": EndedSessions})
