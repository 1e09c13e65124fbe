"""What can be done in the registry: enter organisations and alliances."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.organizations import (
    CreditCodeTaken,
    OrganizationKind,
    OrganizationKnown,
    OrganizationRegistered,
)
from contracts.base import Refusal
from contracts.names import name_key
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.registry.organizations.model import Organization, check_credit_code
from services.alliances.registry.regions import check_region


def register_organization(
    session: Session,
    *,
    kind: OrganizationKind,
    region: str,
    name_zh: str,
    name_en: str,
    credit_code: str | None,
    aliases: list[str],
) -> Organization:
    """Enter an organisation; refuses an unknown region, a wrong or taken credit code, a name taken in its region."""
    _check_not_merged(session, name_zh, region)
    organization = new_organization(
        session,
        kind=kind,
        region=region,
        name_zh=name_zh,
        name_en=name_en,
        credit_code=credit_code,
        aliases=aliases,
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise _taken(error) from error
    return organization


def new_organization(
    session: Session,
    *,
    kind: str,
    region: str,
    name_zh: str,
    name_en: str,
    credit_code: str | None,
    aliases: list[str],
) -> Organization:
    """As it is to be entered with whatever else is written before the next flush, which the database may refuse."""
    organization = Organization(
        id=new_id(),
        created_at=session.now,
        kind=kind,
        region=check_region(region),
        name_zh=name_zh,
        name_en=name_en,
        credit_code=check_credit_code(credit_code),
    )
    organization.call_it(aliases)
    session.add(organization)
    record(
        session,
        organization,
        OrganizationRegistered(
            organization=organization.named,
            kind=organization.kind,
            region=organization.region,
            aliases=organization.aliases,
        ),
    )
    return organization


def _taken(error: IntegrityError) -> Refusal:
    return CreditCodeTaken("creditCode") if "credit_code" in str(error.orig) else OrganizationKnown("nameZh")


def _check_not_merged(session: Session, name_zh: str, region: str) -> None:
    """The name of one that was merged stays its own: whoever means it means the survivor."""
    merged = Organization.survivor_id.is_not(None)
    query = select(Organization).where(
        Organization.region == region, Organization.name_key == name_key(name_zh), merged
    )
    if known := session.scalars(query.limit(1)).first():
        known.check_stands("nameZh")
