"""What can be done about classes of members through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import classes_forms as forms
from gateway.graph.commands import command


class ClassesMutations(graphene.ObjectType):
    """Each answers with the membership."""

    set_member_class = command(forms.SetMemberClass, gives="Membership")
    correct_member_class = command(forms.CorrectMemberClass, gives="Membership")
