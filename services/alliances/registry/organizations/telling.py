"""Telling: a change of an organisation is kept and said, with all of its entry, or refused by the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.organizations import (
    CreditCodeTaken,
    OrganizationChange,
    OrganizationChanged,
    OrganizationKnown,
    SchoolCodeTaken,
)
from contracts.base import Named, Refusal
from kit.data.conflicts import is_conflict
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.alliances.registry.organizations.model import Organization


def tell(
    session: Session,
    organization: Organization,
    what: OrganizationChange,
    *,
    reason: str = "",
    since: date | None = None,
    named: Named | None = None,
    known: str = "nameZh",
    place: tuple[str, str | None] | None = None,
) -> None:
    """Keep and say a change, and the `place` where it will be.

    Refuses a name or code that another active organisation has, the name at the field `known`.
    """
    region, country = place or (None, None)
    said = OrganizationChanged(
        **entry_of(organization),
        what=what,
        reason=reason,
        since=since,
        named=named,
        to_region=region or None,
        to_country=country,
    )
    record(session, organization, said)
    index_names(session, organization)
    keep(session, known=known)


def keep(session: Session, *, known: str = "nameZh") -> None:
    """Write what was changed."""
    try:
        session.flush()
    except IntegrityError as error:
        if is_conflict(error):
            raise
        raise _taken(str(error.orig), known) from error


def _taken(error: str, known: str) -> Refusal:
    if "credit" in error:
        return CreditCodeTaken("creditCode")
    return SchoolCodeTaken("schoolCode") if "school" in error else OrganizationKnown(known)


def entry_of(organization: Organization) -> dict[str, Any]:
    """All of the entry, as messages have it."""
    return {
        "organization": organization.named,
        "kind": organization.kind,
        "region": organization.region,
        "aliases": organization.aliases,
        "country": organization.country,
        "superior_id": organization.superior_id,
        "status": organization.status,
        "retired_on": organization.retired_on,
        "credit_code": organization.credit_code,
        "school_code": organization.school_code,
        "website": organization.website,
    }
