"""What can be done about delegates through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import delegates_forms as forms
from gateway.graph.alliances.membership.delegates.types import Delegate
from gateway.graph.commands import command


class DelegatesMutations(graphene.ObjectType):
    """Each answers with the delegate."""

    name_delegate = command(forms.NameDelegate, gives=Delegate)
    end_delegate = command(forms.EndDelegate, gives=Delegate)
