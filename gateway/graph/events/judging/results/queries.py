"""What can be asked about results in the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import results_forms as forms
from gateway.graph.events.judging.results.types import Result, ResultDocument, ResultRow
from gateway.graph.queries import answered, listed


class ResultQueries(graphene.ObjectType):
    """What is announced is public; those who run, supervise or arbitrate a series see every version whole."""

    result = answered(forms.Result, Result)
    results = listed(forms.Results, Result)
    result_rows = listed(forms.ResultRows, ResultRow)
    result_document = answered(forms.ResultDocument, ResultDocument)
