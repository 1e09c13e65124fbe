"""What can be done about score sheets through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import scoring_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.scoring.types import Sheet, SheetLock


class ScoringMutations(graphene.ObjectType):
    """Judges write their own sheets; organisers give them back and lock them, and read none."""

    save_sheet = command(forms.SaveSheet, gives=Sheet)
    submit_sheet = command(forms.SubmitSheet, gives=Sheet)
    return_sheet = command(forms.ReturnSheet, gives=Sheet)
    lock_sheets = command(forms.LockSheets, gives={"lock": SheetLock})
