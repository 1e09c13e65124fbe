"""The forms of scoring: writing score sheets and handing them in, the rubric, progress, the ranking and what it hangs on."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.events.judging.scoring import SheetStatus
from contracts.forms import Input, choice, decimal, identifier, listing, nested, text, whole

MOST_CRITERIA = 30


class _OneStage(Input):
    stage_id = identifier("Stage", says="The stage whose works are judged.")


class _OfStage(Browsed):
    stage_id = identifier("Stage", says="The stage whose works are judged.")


class _OneSheet(Input):
    sheet_id = identifier("Sheet", says="The score sheet.")


class Score(Input):
    """The points for one criterion."""

    criterion = text(max=40, says="The key of the criterion in the rubric.")
    points = decimal(says='The points for it, such as "8.5".')


class SaveSheet(_OneSheet):
    """Save a draft of a sheet, complete or in part; earlier versions are kept. For the judge to whom it is assigned."""

    scores = listing(nested(Score), max=MOST_CRITERIA, says="The points, each criterion at most once.")
    remark = text(lines=True, min=0, max=2000, required=False, says="The judge's remarks on the work.")
    rubric_version = text(
        max=40,
        required=False,
        says="The version of the rubric that the judge has seen: refused if it was amended since.",
    )
    version = whole(
        min=0,
        max=2_147_483_647,
        required=False,
        says="The version of the sheet that the judge has seen: refused if it was changed since, in another window perhaps.",
    )


class SubmitSheet(_OneSheet):
    """Submit a sheet, which then no longer changes. For the judge to whom it is assigned."""


class ReturnSheet(_OneSheet):
    """Return a submitted sheet to its judge, without seeing what it says. For the organisers, before the lock."""

    reason = text(lines=True, max=500, says="Why it is returned, in words for its judge.")


class ActionsOnSheets(Input):
    """What the viewer can do about several sheets. For their judges, the organisers and the supervisor."""

    sheet_ids = listing(identifier(), min=1, max=100)


class LockSheets(_OneStage):
    """End judging before its time, when every sheet is submitted. For the organisers."""


class Rubric(_OneStage):
    """The rubric of a stage that is in force; public with its competition."""


class MySheets(Browsed):
    """The viewer's sheets to judge, including those not begun: by code in a stage, else the panel joined last first."""

    stage_id = identifier("Stage", required=False, says="Only the sheets of this stage.")


class Sheets(_OfStage):
    """The sheets of a stage that were begun. For organisers and supervisors."""

    seat_id = identifier("JudgeSeat", required=False, says="Only the sheets of this seat on the panel.")
    status = choice(SheetStatus, required=False, says="Only sheets with this status.")


class JudgingProgress(_OneStage):
    """The progress of the judges of a stage. For organisers and supervisors."""


class Ranking(_OfStage):
    """The ranking of a stage, computed from the locked sheets, best first. For organisers and supervisors."""


class Calibration(_OneStage):
    """How the judges of a stage were made comparable. For organisers and supervisors."""


class Sensitivity(_OfStage):
    """What the places of the ranking depend on. For organisers and supervisors."""

    prizes = listing(
        whole(min=1, max=10_000), max=20, required=False, says="How many first, second … prizes there are, in order."
    )
