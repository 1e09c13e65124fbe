"""What can be done about objections through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import objections_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.motions.types import moved
from gateway.graph.events.judging.objections.types import Arbitrator, Objection


class ObjectionMutations(graphene.ObjectType):
    """A delegation objects, the organisers draw a panel, the panel votes."""

    register_arbitrator = command(forms.RegisterArbitrator, gives=Arbitrator)
    file_objection = command(forms.FileObjection, gives=Objection)
    withdraw_objection = command(forms.WithdrawObjection, gives=Objection)
    seat_arbitrators = command(forms.SeatArbitrators, gives=Objection)
    replace_arbitrator = command(forms.ReplaceArbitrator, gives=Objection, answers={"motion": moved()})
    replace_panel = command(forms.ReplacePanel, gives=Objection)
    vote_on_objection = command(forms.VoteOnObjection, gives=Objection)
