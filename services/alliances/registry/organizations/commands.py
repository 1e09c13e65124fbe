"""What can be done about organisations: enter one, put its entry right."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.alliances.registry.organizations import (
    OrganizationChange,
    OrganizationKind,
    OrganizationRegistered,
    OrganizationStatus,
)
from contracts.names import name_key
from contracts.refusals import InvalidInput, NothingChanged, Required
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.alliances.registry.days import today_of
from services.alliances.registry.organizations.model import Organization, check_credit_code
from services.alliances.registry.organizations.telling import entry_of, keep, tell
from services.alliances.registry.regions import check_country, check_region

OWN = frozenset({"website", "text_zh", "text_en"})
"""What an organisation says of itself."""
_NEEDED = ("kind", "name_zh", "name_en")


def register_organization(
    session: Session,
    *,
    kind: OrganizationKind,
    region: str | None,
    country: str | None,
    credit_code: str | None,
    aliases: list[str],
    **facts: Any,
) -> Organization:
    """Enter an organisation; refuses an unknown region, a wrong or taken code, a name taken in its region."""
    _check_not_merged(session, facts["name_zh"], region or "", country)
    organization = new_organization(
        session, kind=kind, region=region, country=country, credit_code=credit_code, aliases=aliases, **facts
    )
    keep(session)
    return organization


def _check_not_merged(session: Session, name_zh: str, region: str, country: str | None) -> None:
    """The name of one that was merged stays its own: whoever means it means the survivor."""
    query = select(Organization).where(
        Organization.name_key == name_key(name_zh),
        Organization.region == region,
        Organization.country.is_not_distinct_from(country),
        Organization.survivor_id.is_not(None),
    )
    if known := session.scalars(query.limit(1)).first():
        known.check_stands("nameZh")


def new_organization(
    session: Session,
    *,
    kind: str,
    region: str | None,
    country: str | None = None,
    credit_code: str | None,
    aliases: list[str],
    **facts: Any,
) -> Organization:
    """As it is to be entered with whatever else is written before the next flush, which the database may refuse."""
    organization = Organization(
        id=new_id(),
        created_at=session.now,
        kind=kind,
        region=check_region(region) if region else "",
        country=check_country(country) if country else None,
        credit_code=check_credit_code(credit_code),
        status=OrganizationStatus.ACTIVE,
        **facts,
    )
    organization.call_it(aliases, today_of(session.now))
    session.add(organization)
    record(session, organization, OrganizationRegistered(**entry_of(organization)))
    index_names(session, organization)
    return organization


def change_organization(
    session: Session, *, organization: Organization, reason: str, aliases: list[str] | None, **facts: Any
) -> None:
    """Put the entry right in what is given; a name is put right for the whole time in which it counts."""
    for name in _NEEDED:
        if name in facts and facts[name] is None:
            raise InvalidInput(Required(_FIELDS[name]))
    what = OrganizationChange.PRESENTED if set(facts) <= OWN and aliases is None else OrganizationChange.CORRECTED
    if what == OrganizationChange.CORRECTED and not reason:
        raise InvalidInput(Required("reason"))
    before = organization.named
    if not _put_right(organization, facts, aliases, today_of(session.now)):
        raise NothingChanged
    tell(session, organization, what, reason=reason, named=before if before != organization.named else None)


_FIELDS = {"kind": "kind", "name_zh": "nameZh", "name_en": "nameEn"}


def _put_right(organization: Organization, facts: dict[str, Any], aliases: list[str] | None, today: date) -> bool:
    """Whether anything is other than before."""
    old_aliases, own = organization.aliases, organization.own_aliases
    if "credit_code" in facts:
        facts["credit_code"] = check_credit_code(facts["credit_code"])
    changed = {name: value for name, value in facts.items() if getattr(organization, name) != value}
    for name, value in changed.items():
        setattr(organization, name, value)
    renamed = bool(changed.keys() & {"name_zh", "name_en"})
    if renamed:
        organization.put_name_right(today)
    if renamed or aliases is not None:
        organization.call_it(own if aliases is None else aliases, today)
    return bool(changed) or organization.aliases != old_aliases
