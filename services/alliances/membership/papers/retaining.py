"""Retaining: when papers are deleted: some days after the decision, or where no application came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kit.data.db import Session
from kit.rights.merged import one_with
from kit.work import timers
from procedures.uploads import sweeping
from services.alliances.membership.charters.reading import in_force
from services.alliances.membership.charters.rules import PaperRules, PapersForm
from services.alliances.membership.memberships.model import MembershipStep, S
from services.alliances.membership.memberships.queries import memberships_of, steps_of
from services.alliances.membership.papers import queries, storing
from services.alliances.membership.papers.model import ApplicationPaper, PaperUpload

SWEEP_PAPER, ERASE_PAPER = "sweep_application_paper", "erase_application_paper"
COMPLETES = "complete_application_paper"
UNDER_WAY = frozenset({S.APPLIED, S.IN_REVIEW, S.RETURNED})
LOOK_AGAIN = timedelta(days=1)
"""While an application is under way nobody knows when it will be decided on."""


def sweep_upload(session: Session, *, upload: PaperUpload | None) -> None:
    """Let go of an upload, whether it was completed or not: its pieces, and what a failed completion has left."""
    if upload is None or not sweeping.sweeps(session, upload, SWEEP_PAPER, COMPLETES):
        return
    keys = upload.piece_keys
    if session.get(ApplicationPaper, upload.id) is None:
        keys.append(upload.key)
    if not upload.arrived_at:
        storing.leave(session, [upload])
    session.delete(upload)
    sweeping.delete_later(session, keys)


def erase(session: Session, papers: Sequence[ApplicationPaper]) -> None:
    """Delete papers, and forget that there were any."""
    for each in papers:
        session.delete(each)
        timers.cancel(session, ERASE_PAPER, each.id)
    storing.leave(session, papers)
    session.flush()
    sweeping.delete_later(session, [each.key for each in papers])


def stay(session: Session, papers: Sequence[ApplicationPaper]) -> None:
    """They are part of an application now: from tomorrow on it is looked whether that was decided on."""
    timers.at_each(session, dict.fromkeys((each.id for each in papers), session.now + LOOK_AGAIN), ERASE_PAPER)


def erase_later(session: Session, paper: ApplicationPaper) -> None:
    """Have it deleted when nobody needs it any more, as far as that is known."""
    timers.at(session, _needed_until(session, paper) or session.now + LOOK_AGAIN, ERASE_PAPER, paper.id)


def erase_when_due(session: Session, *, paper: ApplicationPaper | None) -> None:
    """What the timer does: delete it, or look again at the moment that is known by now."""
    if paper is None:
        return
    queries.hold(session, queries.whose(session, paper.organization_id))
    paper = queries.still(session, paper.id)
    if paper is None:
        return
    until = _needed_until(session, paper)
    if until is not None and until <= session.now:
        erase(session, [paper])
    else:
        timers.at(session, until or session.now + LOOK_AGAIN, ERASE_PAPER, paper.id)


def _needed_until(session: Session, paper: ApplicationPaper) -> datetime | None:
    """The moment after which it is deleted; None while the application is under way."""
    rules: PaperRules = in_force(session, paper.alliance_id).section(PapersForm)
    ids = one_with(session, paper.organization_id)
    steps = steps_of(session, {each.id for each in memberships_of(session, ids, paper.alliance_id)}).values()
    if any(each[0].status in UNDER_WAY for each in steps):
        return None
    decided = max(filter(None, map(_decided_at, steps)), default=None)
    if decided and decided >= paper.completed_at:
        return decided + timedelta(days=rules.erase_days)
    return paper.completed_at + timedelta(days=rules.draft_days)


def _decided_at(steps: Sequence[MembershipStep]) -> datetime | None:
    """When the last application was decided on; the steps are those since, the latest first."""
    after = None
    for step in steps:
        if step.status in UNDER_WAY:
            return after
        after = step.since
    return None
