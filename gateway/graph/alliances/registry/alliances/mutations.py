"""What can be done about alliances through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import alliances_forms as forms
from gateway.graph.alliances.registry.alliances.types import Alliance
from gateway.graph.commands import command


class AllianceRegistryMutations(graphene.ObjectType):
    """Alliances are entered and changed here."""

    found_alliance = command(forms.FoundAlliance, gives=Alliance)
    change_alliance = command(forms.ChangeAlliance, gives=Alliance)
    rename_alliance = command(forms.RenameAlliance, gives=Alliance)
    withdraw_alliance_name = command(forms.WithdrawAllianceName, gives=Alliance)
    move_alliance_stage = command(forms.MoveAllianceStage, gives=Alliance)
    link_alliance = command(forms.LinkAlliance, gives=Alliance)
