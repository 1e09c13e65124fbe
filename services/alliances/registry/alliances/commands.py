"""What can be done about alliances: enter one."""

from __future__ import annotations

from datetime import date

from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.alliances import AllianceFounded, AllianceKind, AllianceKnown
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.regions import check_region


def found_alliance(
    session: Session,
    *,
    kind: AllianceKind,
    region: str | None,
    name_zh: str,
    name_en: str,
    industry: str | None,
    founded_on: date | None,
) -> Alliance:
    """Enter an alliance; refuses an unknown region and a name that is taken."""
    alliance = Alliance(
        id=new_id(),
        created_at=session.now,
        kind=kind,
        region=check_region(region) if region else None,
        name_zh=name_zh,
        name_en=name_en,
        industry=industry,
        founded_on=founded_on,
    )
    session.add(alliance)
    record(
        session,
        alliance,
        AllianceFounded(alliance=alliance.named, kind=alliance.kind, region=alliance.region, founded_on=founded_on),
    )
    try:
        index_names(session, alliance, alliance.sought_names)
    except IntegrityError as error:
        raise AllianceKnown("nameZh") from error
    return alliance
