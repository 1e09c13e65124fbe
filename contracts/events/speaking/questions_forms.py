"""The forms of questions: asking, answering, showing, closing, and finding them."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.events.speaking.questions import QuestionStatus
from contracts.forms import Input, choice, flag, identifier, listing, region, text

LONGEST = 4000


class _Asked(Input):
    question_id = identifier("Question", says="The question.")


class AskQuestion(Input):
    """Ask the organisers of a competition something, for an institution or for the delegation of a province."""

    either = (("organization_id", "province"),)

    competition_id = identifier("Competition", says="The competition that it is about.")
    track_id = identifier("Track", required=False, says="The track that it is about, if it is about one.")
    organization_id = identifier("Organization", required=False, says="The institution that asks.")
    province = region(required=False, says="The province whose delegation asks.")
    text = text(lines=True, max=LONGEST, says="What is asked; leave out names and other personal data.")
    public = flag(required=False, says="Show question and answer to everybody, without the asker; false by default.")


class AnswerQuestion(_Asked):
    """Answer a question; those who asked are told. For the organisers."""

    text = text(lines=True, max=LONGEST, says="The answer.")


class CorrectAnswer(_Asked):
    """Set an answer right; earlier ones stay to be read, and those who asked are told. For the organisers."""

    text = text(lines=True, max=LONGEST, says="The answer as it should have been.")


class ShowQuestion(_Asked):
    """Show a question and its answer to everybody, without the asker. For the organisers."""

    wording = text(
        lines=True, max=LONGEST, required=False, says="The question as everybody reads it; as it was asked by default."
    )


class HideQuestion(_Asked):
    """Show a question no longer to everybody. For the organisers."""


class CloseQuestion(_Asked):
    """Close a question that needs no further answer. For the organisers and those who asked."""

    reason = text(lines=True, max=500, says="Why; the organisers and those who asked read it.")


class ReopenQuestion(_Asked):
    """Have a question answered again. For the organisers and those who asked."""

    reason = text(
        lines=True, max=1000, says="What is still to be answered; the organisers and those who asked read it."
    )


class Questions(Browsed):
    """The questions about a competition: one's own and the public ones, and all for its organisers, newest first."""

    competition_id = identifier("Competition", says="The competition that they are about.")
    track_id = identifier("Track", required=False, says="Only those about this track.")
    status = choice(QuestionStatus, required=False, says="Only those of this status.")
    containing = text(max=100, required=False, says="Only those in whose question or answer this occurs.")
    order_by = ordered(ByAge, ByAge.NEWEST)


class OpenQuestions(Browsed):
    """The questions that wait for an answer in all competitions that the viewer organises, the oldest first."""

    order_by = ordered(ByAge)


class AnswersOfQuestions(Input):
    """Every version of the answers to several questions, the first one first."""

    question_ids = listing(identifier(), min=1, max=100)


class ActionsOnQuestions(Input):
    """What the viewer can do about several questions."""

    question_ids = listing(identifier(), min=1, max=100)
