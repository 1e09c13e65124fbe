"""Questions on the wire: institutions and delegations ask, organisers answer, everybody reads what is public."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from contracts.alliances.people.persons import PersonErased
from contracts.events.speaking import questions_forms as forms
from contracts.forms import ByIds
from kit.calls.acting import Acts
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.asking import holds, require
from kit.rights.right import SIGNED_IN
from services.events.directory.queries import organization
from services.events.editions.editions.queries import edition
from services.events.rights import ANSWERS_FOR, ORGANIZES
from services.events.speaking.announcements.commands import forget_hearing
from services.events.speaking.questions import commands, queries
from services.events.speaking.questions.model import Question
from services.events.speaking.questions.rights import ASKS, SEES_QUESTION
from services.events.speaking.questions.schemas import answer_view, question_view
from services.events.speaking.questions.settings import QuestionLimits


class QuestionsService(Service):
    """What is asked is between those who ask and the organisers, until the organisers show it."""

    @command(forms.AskQuestion, right=ASKS)
    def ask_question(
        self,
        session: Session,
        *,
        competition_id: str,
        organization_id: str | None = None,
        province: str | None = None,
        **asked: Any,
    ) -> dict[str, Any]:
        found = edition(session, competition_id)
        asker = organization(session, organization_id) if organization_id else None
        place = asker.province if asker else province or ""
        require(session, ASKS, organization_id=organization_id, province=place, series_id=found.series_id)
        asked |= {"organization": asker, "province": place}
        question = commands.ask_question(session, edition=found, limits=self._question_limits, **asked)
        return _to_concerned(question)

    @command(forms.AnswerQuestion, right=ORGANIZES, acts=Acts(Question, Question.check_open))
    def answer_question(self, session: Session, *, question_id: str, text: str) -> dict[str, Any]:
        question = _organized(session, question_id)
        return _to_concerned(
            commands.answer_question(session, question=question, text=text, limits=self._question_limits)
        )

    @command(forms.CorrectAnswer, right=ORGANIZES, acts=Acts(Question, Question.check_correctable))
    def correct_answer(self, session: Session, *, question_id: str, text: str) -> dict[str, Any]:
        question = _organized(session, question_id)
        return _to_concerned(
            commands.correct_answer(session, question=question, text=text, limits=self._question_limits)
        )

    @command(forms.ShowQuestion, right=ORGANIZES, acts=Acts(Question, Question.check_answered))
    def show_question(self, session: Session, *, question_id: str, wording: str | None = None) -> dict[str, Any]:
        question = _organized(session, question_id)
        return _to_concerned(commands.show_question(session, question=question, wording=wording))

    @command(forms.HideQuestion, right=ORGANIZES, acts=Acts(Question, Question.check_shown))
    def hide_question(self, session: Session, *, question_id: str) -> dict[str, Any]:
        return _to_concerned(commands.hide_question(session, question=_organized(session, question_id)))

    @command(forms.CloseQuestion, right=ANSWERS_FOR, acts=Acts(Question, Question.check_not_over))
    def close_question(self, session: Session, *, question_id: str, reason: str) -> dict[str, Any]:
        question, by_organizers = _concerning(session, question_id)
        closed = commands.close_question(session, question=question, reason=reason, by_organizers=by_organizers)
        return _to_concerned(closed)

    @command(forms.ReopenQuestion, right=ANSWERS_FOR, acts=Acts(Question, Question.check_reopens))
    def reopen_question(self, session: Session, *, question_id: str, reason: str) -> dict[str, Any]:
        question, by_organizers = _concerning(session, question_id)
        again = commands.reopen_question(session, question=question, reason=reason, by_organizers=by_organizers)
        return _to_concerned(again)

    @on_messages(PersonErased)
    def forget_speakers(self, session: Session, received: Sequence[Received[PersonErased]]) -> None:
        """Who asked, who answered, and which judges have heard an announcement."""
        accounts = [account for one in received for account in one.message.accounts]
        commands.forget_authors(session, accounts)
        forget_hearing(session, accounts)

    @query(forms.Questions, shows=SEES_QUESTION)
    def questions(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.questions(session, **which).view(_seen(session))

    @query(forms.OpenQuestions, right=SIGNED_IN, shows=ORGANIZES)
    def open_questions(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.open_questions(session, **which).view(_seen(session))

    @query(ByIds, shows=SEES_QUESTION)
    def questions_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.questions_by_id(session, ids), _seen(session))

    @query(forms.AnswersOfQuestions, shows=SEES_QUESTION)
    def answers_of_questions(self, session: Session, *, question_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.answers_of_questions(session, question_ids), answer_view)

    @query(forms.ActionsOnQuestions, shows=SEES_QUESTION)
    def actions_on_questions(self, session: Session, *, question_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.questions_by_id(session, question_ids)
        return self.actions_on(session, found, kind=Question, whose="question_id")

    @property
    def _question_limits(self) -> QuestionLimits:
        return self.runtime.settings.of(QuestionLimits)


def _organized(session: Session, question_id: str) -> Question:
    """The question, if the viewer organises the series."""
    question = queries.question(session, question_id)
    require(session, ORGANIZES, series_id=question.edition.series_id)
    return question


def _concerning(session: Session, question_id: str) -> tuple[Question, bool]:
    """The question, if it is the viewer's to answer or was asked for whom they act; whether the former."""
    question = queries.question(session, question_id)
    series_id = question.edition.series_id
    require(session, ANSWERS_FOR, **question.askers, series_id=series_id)
    return question, holds(session, ORGANIZES, series_id=series_id)


def _seen(session: Session) -> Callable[[Question], dict[str, Any]]:
    return question_view(ANSWERS_FOR.test(session))


def _to_concerned(question: Question) -> dict[str, Any]:
    return question_view(lambda **_: True)(question)
