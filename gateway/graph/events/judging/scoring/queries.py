"""What can be asked about scoring in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import scoring_forms as forms
from gateway.graph.events.judging.scoring.types import (
    Calibration,
    JudgingProgress,
    RankingRow,
    Rubric,
    Sheet,
    Stability,
)
from gateway.graph.queries import answered, listed


class ScoringQueries(graphene.ObjectType):
    """Judges see their own sheets; who runs or supervises a competition sees numbers, and codes only once sheets are locked."""

    rubric = answered(forms.Rubric, Rubric)
    my_sheets = listed(forms.MySheets, Sheet)
    sheets = listed(forms.Sheets, Sheet)
    judging_progress = answered(forms.JudgingProgress, JudgingProgress)
    ranking = listed(forms.Ranking, RankingRow)
    calibration = answered(forms.Calibration, Calibration)
    sensitivity = listed(forms.Sensitivity, Stability)
