"""What can be done in the registry: enter organisations and alliances."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.organizations import (
    CreditCodeTaken,
    OrganizationKind,
    OrganizationKnown,
    OrganizationRegistered,
)
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.search.indexing import index_names
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
    try:
        index_names(session, organization, organization.sought_names)
    except IntegrityError as error:
        raise (
            CreditCodeTaken("creditCode") if "credit_code" in str(error.orig) else OrganizationKnown("nameZh")
        ) from error
    return organization
