"""What can be asked about judges in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import judges_forms as forms
from gateway.graph.events.judging.judges.types import (
    AssignmentReport,
    CandidateConflicts,
    Draw,
    JudgeCandidate,
    JudgeSeat,
)
from gateway.graph.queries import answered, listed, one


class JudgeQueries(graphene.ObjectType):
    """Draws are public; candidates, conflicts and loads are for those who run or supervise a competition."""

    judge_candidates = listed(forms.JudgeCandidates, JudgeCandidate)
    draw = one(Draw, "A draw by its id; as public as its competition.")
    draws = listed(forms.Draws, Draw)
    panel = listed(forms.Panel, JudgeSeat)
    my_seats = listed(forms.MySeats, JudgeSeat)
    conflicts = listed(forms.Conflicts, CandidateConflicts)
    assignment_report = answered(forms.AssignmentReport, AssignmentReport)
