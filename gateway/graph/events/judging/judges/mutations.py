"""What can be done about judges through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import judges_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.judges.types import AssignmentReport, Draw, JudgeCandidate, JudgeSeat
from gateway.graph.events.judging.motions.types import moved


class JudgeMutations(graphene.ObjectType):
    """Organisers nominate and assign, two parties draw, the drawn answer."""

    nominate_judge = command(forms.NominateJudge, gives={"candidate": JudgeCandidate})
    declare_conflict = command(forms.DeclareConflict, gives={"candidate": JudgeCandidate}, long=True)
    withdraw_candidate = command(forms.WithdrawCandidate, gives={"candidate": JudgeCandidate})
    commit_draw = command(forms.CommitDraw, gives=Draw)
    reveal_draw = command(forms.RevealDraw, gives=Draw)
    cancel_draw = command(forms.CancelDraw, gives=Draw, answers={"motion": moved()})
    accept_seat = command(forms.AcceptSeat, gives={"seat": JudgeSeat})
    decline_seat = command(forms.DeclineSeat, gives={"seat": JudgeSeat}, long=True)
    assign_judges = command(forms.AssignJudges, gives={"report": AssignmentReport}, long=True)
    replace_judge = command(forms.ReplaceJudge, gives={"seat": JudgeSeat}, answers={"motion": moved()}, long=True)
