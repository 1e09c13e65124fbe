"""What can be done about charters: adopt one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from contracts.alliances.membership.charters import CharterAdopted, CharterTooEarly
from contracts.refusals import RulesUnchanged
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import in_force, rulebook, today
from services.alliances.membership.charters.rules import SECTIONS
from services.alliances.registry.alliances.model import Alliance

ADOPTED = "charter_adopted"
"""The hook of the families that see whether the members fit: `def fits(self, session, charter)` refuses if not."""


def adopt_charter(
    session: Session, *, alliance: Alliance, rules: dict[str, Any], since: date | None, reason: str
) -> Charter:
    """Put rules in force from a day on; refuses with CharterTooEarly, InvalidInput or RulesUnchanged."""
    earliest = today(session)
    if since and since < earliest:
        raise CharterTooEarly("since", earliest=earliest.isoformat())
    hold(session, alliance.id)
    document = rulebook().complete(rules, _codes(rules), SECTIONS)
    before = in_force(session, alliance.id, since).charter
    if before and digest(document) == before.digest:
        raise RulesUnchanged("rules")
    charter = Charter(
        id=new_id(),
        created_at=session.now,
        alliance_id=alliance.id,
        alliance=alliance,
        number=(session.scalar(select(func.max(Charter.number)).where(Charter.alliance_id == alliance.id)) or 0) + 1,
        since=since or earliest,
        document=document,
        digest=digest(document),
        reason=reason,
    )
    session.add(charter)
    record(session, charter, _adopted(charter))
    session.flush()
    return charter


def hold(session: Session, alliance_id: str) -> None:
    """Let nobody else count the members of the alliance, or change by what they are counted, until this is done."""
    session.execute(select(Alliance.id).where(Alliance.id == alliance_id).with_for_update())


def _codes(rules: dict[str, Any]) -> set[str]:
    """The codes of the classes that the rules will have, as far as that can be told before they are checked."""
    classes = rules.get("classes")
    listed = classes.get("list") if isinstance(classes, dict) else None
    found = listed if isinstance(listed, list) else rulebook().defaults["classes"]["list"]
    return {str(each.get("code")) for each in found if isinstance(each, dict)}


def _adopted(charter: Charter) -> CharterAdopted:
    return CharterAdopted(
        charter_id=charter.id,
        alliance=charter.alliance.named,
        number=charter.number,
        since=charter.since,
        digest=charter.digest,
        reason=charter.reason,
    )
