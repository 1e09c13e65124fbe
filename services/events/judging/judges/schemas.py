"""How candidates, draws, panels and reports look from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.events.judging.judges import TieKind
from procedures.conflicts.conflicts import Tie
from services.events.judging.judges.document import Left, document
from services.events.judging.judges.model import Candidate, Draw, Seat
from services.events.judging.judges.reporting import AssignmentReport, ConflictGroup


def candidate_view(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "competition_id": candidate.edition_id,
        "person": candidate.person,
        "name": candidate.name,
        "organization_id": candidate.organization_id,
        "province": candidate.province,
        "track_ids": candidate.track_ids,
        "max_load": candidate.max_load,
        "status": candidate.status,
        "created_at": candidate.created_at,
        "withdrawn_at": candidate.withdrawn_at,
    }


def draw_view(draw: Draw, *, overseen: bool, sealed: bool = False) -> dict[str, Any]:
    """A draw as everybody sees it; whoever oversees it sees the roster before the secrets in any case.

    While the stage is `sealed`, the document is that of the assignment: who was passed over since would tell whose works
    were to be taken over.
    """
    seen = draw.frozen and (overseen or draw.roster_public or draw.seed)
    return {
        "id": draw.id,
        "stage_id": draw.stage_id,
        "status": draw.status,
        "commitments": [
            {
                "party": each.party,
                "commitment": each.commitment,
                "committed_at": each.committed_at,
                "revealed_at": each.revealed_at,
            }
            for each in draw.parties
        ],
        "roster_digest": draw.roster_digest,
        "rules_version": draw.rules_version,
        "candidates": len(draw.lines),
        "frozen": draw.frozen if seen else None,
        "seed": draw.seed,
        "frozen_at": draw.frozen_at,
        "drawn_at": draw.drawn_at,
        "cancelled_at": draw.cancelled_at,
        "cancel_reason": draw.cancel_reason,
        "document": document_of(draw, until=draw.assigned_at if sealed else None) if draw.seed else None,
    }


def document_of(draw: Draw, until: datetime | None = None) -> dict[str, Any]:
    """What `hub draw verify` takes, with who has left (before `until`)."""
    departures = [each for each in draw.departures if until is None or each.at < until]
    return document(
        draw_id=draw.id,
        stage_id=draw.stage_id,
        quotas=draw.quotas,
        roster=draw.lines,
        commitments={each.party: each.commitment for each in draw.parties},
        secrets=draw.secrets,
        left=[Left(each.candidate_id, each.how) for each in departures],
    )


def seat_view(seat: Seat) -> dict[str, Any]:
    """A seat as the judge and those who run the stage see it."""
    return {
        "id": seat.id,
        "stage_id": seat.stage_id,
        "candidate_id": seat.candidate_id,
        "name": seat.candidate.name,
        "organization_id": seat.candidate.organization_id,
        "province": seat.province,
        "status": seat.status,
        "reason": seat.reason,
        "created_at": seat.created_at,
        "answered_at": seat.answered_at,
    }


def public_seat_view(seat: Seat) -> dict[str, Any]:
    """A seat as the public sees it, where the rules let it: why somebody left is theirs."""
    return {**seat_view(seat), "reason": ""}


def conflicts_view(candidate: Candidate, groups: list[ConflictGroup]) -> dict[str, Any]:
    conflicts = [{"kind": group.kind, "path": _path_view(group.path), "entries": group.entries} for group in groups]
    return {"candidate": candidate_view(candidate), "conflicts": conflicts}


def report_view(report: AssignmentReport) -> dict[str, Any]:
    return {
        "assigned_at": report.draw.assigned_at,
        "loads": [{"seat": seat_view(load.seat), "works": load.works} for load in report.loads],
        "least": min(report.works),
        "most": max(report.works),
        "mean": report.mean,
        "provinces": [
            {"province": each.province, "judges": each.judges, "works": each.works} for each in report.provinces
        ],
        "mixes": [{"provinces": provinces, "works": works} for provinces, works in report.mixes.items()],
        "excluded": report.draw.excluded,
        "bitten": report.draw.bitten,
    }


def _path_view(path: tuple[Tie, ...]) -> list[dict[str, Any]]:
    """The steps of a path; a judge's tie leads to an entry, or to where the tie of the entry leads."""
    of_delegation = path[-1].kind == TieKind.OF_DELEGATION
    leads_to = "entry" if len(path) == 1 else "province" if of_delegation else "institution"
    return [
        {"kind": tie.kind, "leads_to": leads_to, "target": tie.target, "since": tie.since, "until": tie.until}
        for tie in path
    ]
