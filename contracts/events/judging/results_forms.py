"""The forms of results: proposed by an organiser, signed by a supervisor, and what is shown of them to whom."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, digest, flag, identifier, listing, whole

MOST_VERSIONS = 10_000


class _OneStage(Input):
    stage_id = identifier("Stage", says="The stage that the result is of.")


class _OneResult(Input):
    result_id = identifier("Result", says="The result.")


class ProposeResult(_OneStage):
    """Rank a stage once its codes are opened, and propose the result to a supervisor. For the organisers."""


class CountersignResult(_OneResult):
    """Announce the proposed version, as a second person. For supervisors of the series, not for the hub office."""

    digest = digest(says="The digest of the version that the signer has seen.")


class WithdrawProposal(_OneResult):
    """Take the proposed version back before it is signed. For organisers and supervisors."""


class Result(_OneStage):
    """The result of a stage; for the public nothing before it is announced."""


class Results(Browsed):
    """The results of a competition; for the public those that were announced."""

    competition_id = identifier("Competition", says="The competition whose results are asked for.")


class ResultRows(Browsed):
    """The rows of a result in the order of the ranking; for the public none while the result is frozen."""

    result_id = identifier("Result", says="The result.")
    version = whole(
        min=1, max=MOST_VERSIONS, required=False, says="The number of the version; the current one by default."
    )


class ResultDocument(_OneResult):
    """The document of a result that was signed; for the public nothing while the result is frozen."""

    version = whole(
        min=1, max=MOST_VERSIONS, required=False, says="The number of the version; the current one by default."
    )
    whole = flag(required=False, says="Whether every row and the sheets are in it; that is for insiders.")


class ActionsOnResults(Input):
    """What the viewer can do about several results."""

    result_ids = listing(identifier(), min=1, max=100)


class HistoryOfResults(Browsed):
    """What was done to several results, step by step. For those who organise, supervise or arbitrate the competition."""

    result_ids = listing(identifier(), min=1, max=100)
