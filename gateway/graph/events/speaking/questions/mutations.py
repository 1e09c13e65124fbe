"""What can be done about questions through the graph."""

from __future__ import annotations

import graphene

from contracts.events.speaking import questions_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.speaking.questions.types import Question


class QuestionMutations(graphene.ObjectType):
    """Questions are asked, answered, shown and closed here."""

    ask_question = command(forms.AskQuestion, gives=Question)
    answer_question = command(forms.AnswerQuestion, gives=Question)
    correct_answer = command(forms.CorrectAnswer, gives=Question)
    show_question = command(forms.ShowQuestion, gives=Question)
    hide_question = command(forms.HideQuestion, gives=Question)
    close_question = command(forms.CloseQuestion, gives=Question)
    reopen_question = command(forms.ReopenQuestion, gives=Question)
