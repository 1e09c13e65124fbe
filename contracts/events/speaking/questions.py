"""What is said and refused about questions to the organisers of an edition; no message carries what was asked or answered."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class QuestionStatus(Choice):
    """The status of a question."""

    OPEN = "open", "It waits for an answer (待答复)."
    ANSWERED = "answered", "It has an answer (已答复)."
    CLOSED = "closed", "It is closed (已关闭)."


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What every message about a question says; `asker` is the institution, or the province whose delegation asks.

    `organization_ids` is that institution, or nothing; `province` is where it is, or the one whose delegation asks.
    """

    question_id: str
    competition: Named
    edition: int
    series_id: str
    asker: Named
    organization_ids: list[str]
    province: str


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(_Question, Message, type="events.question_asked"):
    """An institution or a delegation asks the organisers something."""


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(_Question, Message, type="events.question_answered"):
    """The organisers have answered."""


@dataclass(frozen=True, kw_only=True)
class AnswerCorrected(_Question, Message, type="events.answer_corrected"):
    """The organisers have set their answer right; earlier ones stay to be read."""


@dataclass(frozen=True, kw_only=True)
class QuestionShown(_Question, Message, type="events.question_shown"):
    """A question and its answer are public now; who asked is not."""


@dataclass(frozen=True, kw_only=True)
class QuestionHidden(_Question, Message, type="events.question_hidden"):
    """A question that was public is so no longer."""


@dataclass(frozen=True, kw_only=True)
class QuestionClosed(_Question, Message, type="events.question_closed"):
    """A question is closed, by the organisers or by those who asked."""

    by_organizers: bool


@dataclass(frozen=True, kw_only=True)
class QuestionReopened(_Question, Message, type="events.question_reopened"):
    """A question waits for an answer again."""

    by_organizers: bool


class AnsweredAlready(Refusal):
    code = "ANSWERED_ALREADY"
    zh = "该提问已有答复；如需修改，请更正答复，如需补充提问，请重新打开。"
    en = "This question has an answer; correct the answer, or reopen the question to ask on."


class NotAnswered(Refusal):
    code = "NOT_ANSWERED"
    zh = "该提问尚无答复，请先答复。"
    en = "This question has no answer yet; answer it first."


class QuestionOver(Refusal):
    code = "QUESTION_OVER"
    zh = "该提问已关闭；如需继续，请先重新打开。"
    en = "This question is closed; reopen it to go on."


class QuestionWaits(Refusal):
    code = "QUESTION_WAITS"
    zh = "该提问正在等待答复，无需重新打开。"
    en = "This question waits for an answer already; there is nothing to reopen."


class NotShown(Refusal):
    code = "NOT_SHOWN"
    zh = "该提问并未公开。"
    en = "This question is not public."


class QuestionsSpent(Refusal):
    code = "QUESTIONS_SPENT"
    zh = "每人每天最多提问 {most} 次；请先查看公开问答，或明天再问。"
    en = "A person can ask {most} questions a day; look at the public ones first, or ask tomorrow."


class AnswersSpent(Refusal):
    code = "ANSWERS_SPENT"
    zh = "该提问已有 {most} 个版本的答复，不能再更正；请发布通告说明。"
    en = "There are {most} versions of this answer, and no more can be given; make an announcement instead."
