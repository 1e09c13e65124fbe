"""The forms of re-judging: opened, judged and ruled on, applied or cancelled."""

from __future__ import annotations

from contracts.events.judging.scoring_forms import MOST_CRITERIA, Score
from contracts.forms import Input, digest, identifier, listing, nested, person, text

MOST_ENTRIES = 500
MOST_JUDGES = 50


class _OneRejudging(Input):
    rejudging_id = identifier("Rejudging", says="The re-judging.")


class OpenRejudging(Input):
    """Open a re-judging of entries for an upheld objection. For its panel."""

    objection_id = identifier("Objection", says="The objection that was upheld.")
    entry_ids = listing(
        identifier("Entry"), min=1, max=MOST_ENTRIES, says="The entries that are judged again; only these can change."
    )
    people = listing(
        person(),
        max=MOST_JUDGES,
        says="The judges: candidates of the edition without a conflict. None where only rulings are needed.",
    )


class RejudgeSheet(_OneRejudging):
    """Submit a sheet that replaces another one. For the appointed judges."""

    sheet_id = identifier("Sheet", says="The sheet that it replaces.")
    scores = listing(nested(Score), min=1, max=MOST_CRITERIA, says="The points for every criterion.")
    remark = text(lines=True, min=0, max=2000, says="The judge's remarks on the work.")


class ExcludeSheet(_OneRejudging):
    """Rule that a sheet does not count. For the panel."""

    sheet_id = identifier("Sheet", says="The sheet that does not count.")
    reason = text(lines=True, max=500, says="Why it does not count.")


class DisqualifyEntry(_OneRejudging):
    """Rule that an entry has no place. For the panel."""

    entry_id = identifier("Entry", says="The entry that has no place.")
    reason = text(lines=True, max=500, says="Why it has no place.")


class LiftRuling(_OneRejudging):
    """Lift a ruling, which then no longer counts. For the panel."""

    ruling_id = identifier("Ruling", says="The ruling.")


class ApplyRejudging(_OneRejudging):
    """Propose exactly what was previewed as a new version of the result, which a supervisor then signs. For the panel."""

    difference_digest = digest(says="The digest of the difference that was previewed.")


class CancelRejudging(_OneRejudging):
    """End it without a change; the objection is closed with the same reason. For the panel."""

    reason = text(lines=True, max=500, says="Why the result stays as it is.")


class Rejudging(_OneRejudging):
    """A re-judging by its id.

    For the panel and those who run, supervise or arbitrate the series; in part for the judges who are appointed.
    """
