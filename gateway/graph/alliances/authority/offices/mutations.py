"""Joining and leaving the hub office through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.authority import offices_forms as forms
from gateway.graph.alliances.authority.offices.types import OfficeChange
from gateway.graph.commands import command


class OfficesMutations(graphene.ObjectType):
    """The hub office decides on itself by two."""

    propose_office_change = command(forms.ProposeOfficeChange, gives=OfficeChange)
    countersign_office_change = command(forms.CountersignOfficeChange, gives=OfficeChange)
    withdraw_office_change = command(forms.WithdrawOfficeChange, gives=OfficeChange)
