"""What an import does: it begins as a job with all that its preview has shown, and goes on some rows at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.sheets import SheetDiffers, SheetFaulty
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.documents.digest import digest
from kit.work.job_rows import JobRow, ask_for
from kit.work.jobs import Job, Next
from services.alliances.registry.importing.judging import Judged, Meant
from services.alliances.registry.importing.queries import meant
from services.alliances.registry.organizations.commands import new_organization
from services.alliances.registry.organizations.model import Organization

STEP = 100
"""Rows of one transaction."""

Row = Mapping[str, Any]
"""A row as a job keeps it: its `number`, the `organization_id` or the `new` organisation, and what an import adds."""
Some = Callable[[Sequence[Row]], Counter[str]]
"""Carries out some rows, and tells how many came to what."""


def kept(row: Meant) -> dict[str, Any]:
    """The row as a job keeps it."""
    return {"number": row.number, "organization_id": row.organization_id, "new": row.new}


def begin(
    session: Session, name: str, judged: Judged, *, shown: str, most: int, rows: Sequence[Row], **about: Any
) -> JobRow:
    """Ask for the job that carries out these rows; refuses with SheetFaulty, or SheetDiffers where others were shown."""
    if judged.faults:
        raise SheetFaulty("file", faults=len(judged.faults))
    if shown != digest([about, *rows]):
        raise SheetDiffers("digest")
    job_id = ask_for(session, name, {**about, "rows": list(rows)}, most=most)
    return session.get_one(JobRow, job_id)


def go_on(job: Job, rows: Sequence[Row], some: Some) -> Next | dict[str, Any]:
    """Carry out the next rows; what has been counted so far goes with the job."""
    at, counts = int(job.saved.get("at", 0)), Counter[str](job.saved.get("counts", {}))
    if at >= len(rows):
        return {"counts": dict(counts)}
    done = min(at + STEP, len(rows))
    return Next({"at": done, "counts": dict(counts + some(rows[at:done]))}, done=done, total=len(rows))


def registered(session: Session, rows: Sequence[Row], check: Callable[..., None]) -> tuple[list[Organization], int]:
    """Register those of the new organisations that nobody has registered meanwhile: all of them, and how many are new."""
    new = [row["new"] for row in rows if row["new"]]
    if not new:
        return [], 0
    known, found, made = meant(session, [{**each, "name": each["name_zh"]} for each in new]), [], 0
    for each in new:
        match = known.match({**each, "name": each["name_zh"]})
        if match is None:
            check(region=each["region"])
            made += 1
        found.append(match.organization if match else new_organization(session, **each))
    keep(session)
    return found, made


def keep(session: Session) -> None:
    """Write what the rows have come to."""
    try:
        session.flush()
    except IntegrityError as error:  # somebody else has entered the same at the same moment: to be looked at anew
        raise Contended from error
