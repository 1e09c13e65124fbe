"""How results look from outside: to everybody, and to those who run them."""

from __future__ import annotations

from typing import Any

import orjson

from contracts.events.judging.results import VersionStatus
from services.events.judging.results.evidence import Document
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.results.rows import written

_PUBLIC = (VersionStatus.ANNOUNCED, VersionStatus.SUPERSEDED)


def result_view(result: Result, *, insider: bool) -> dict[str, Any]:
    """A result; of one that is frozen the public sees that it is, and nothing of any version."""
    seen = insider or result.is_public
    announced = result.announced if seen else None
    versions = [version for version in result.versions if insider or (seen and version.status in _PUBLIC)]
    return {
        "id": result.id,
        "stage_id": result.stage_id,
        "competition_id": result.edition_id,
        "status": result.status,
        "version": announced.number if announced else None,
        "digest": announced.digest if announced else None,
        "notice_ends_at": result.notice_ends_at,
        "objections_until": result.objections_until,
        "final_at": result.final_at,
        "versions": [version_view(version, insider=insider) for version in versions],
    }


def version_view(version: ResultVersion, *, insider: bool) -> dict[str, Any]:
    signers = {"proposed_by": version.proposed_by, "signed_by": version.signed_by} if insider else {}
    return {
        "number": version.number,
        "status": version.status,
        "digest": version.digest,
        "rules_version": version.rules_version,
        "rejudging_id": version.rejudging_id if insider else None,
        "proposed_at": version.proposed_at,
        "announced_at": version.announced_at,
        **signers,
    }


def row_view(row: ResultRow, *, insider: bool) -> dict[str, Any]:
    """A row with everything, or as the rules let the public see it."""
    said = written(row.row)
    public = {
        "entry_id": row.entry_id,
        "place": row.place,
        "code": row.code,
        "organization_id": row.organization_id,
        "province": row.province,
    }
    if not insider:
        return {**public, "contestant": row.contestant_shown, "score": row.score_shown}
    more = {name: said[name] for name in ("contestant", "score", "raw", "adjusted", "tie", "remark")}
    return {**public, **more, "shown": row.shown}


def document_view(version: ResultVersion, *, whole: bool) -> dict[str, Any]:
    """A document with what its digest is to be."""
    text = version.whole_document if whole else version.document
    document: Document = orjson.loads(text)
    public: Document = orjson.loads(version.document)
    digest = public["whole"] if whole else version.digest
    return {"version": version.number, "digest": digest, "document": document}
