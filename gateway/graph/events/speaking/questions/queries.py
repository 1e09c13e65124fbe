"""What can be asked about questions in the graph."""

from __future__ import annotations

import graphene

from contracts.events.speaking import questions_forms as forms
from gateway.graph.events.speaking.questions.types import Question
from gateway.graph.queries import listed


class QuestionQueries(graphene.ObjectType):
    """What is public is for everybody, the rest for those who ask and for the organisers."""

    questions = listed(forms.Questions, Question)
    open_questions = listed(forms.OpenQuestions, Question)
