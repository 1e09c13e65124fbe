"""Dating: links that a replica of the release before has made, which knew no days of them, are dated as the journal tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from contracts.alliances.registry.alliances import AllianceChange, AllianceChanged
from kit.data.db import Session
from kit.data.many import insert_many
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.work.timers import at
from services.alliances.registry.alliances.model import Alliance, AllianceLink
from services.alliances.registry.linking import link_alone

DATE_LINKS = "date_links"
AT_A_TIME = 200
"""So many alliances are looked at in one transaction."""

Dated = dict[str, list[dict[str, Any]]]
"""The links of alliances, of each the earliest first: {parent_id, since, until}."""


def date_links(session: Session, behind: str) -> None:
    """Date the links of the next alliances behind this id, all of them in the end; to do it twice changes nothing."""
    link_alone(session)
    query = select(Alliance.id, Alliance.parent_id).order_by(Alliance.id).limit(AT_A_TIME)
    rows = session.execute(query.where(Alliance.id > behind) if behind else query).all()
    parents = {row.id: row.parent_id for row in rows}
    known, told = _known(session, list(parents)), _told(session, list(parents))
    changed = [id_ for id_ in told if told[id_] != known.get(id_) and _stands(told[id_]) == parents[id_]]
    _write(session, {id_: told[id_] for id_ in changed})
    if len(rows) == AT_A_TIME:
        at(session, session.now, DATE_LINKS, rows[-1].id)


def _known(session: Session, ids: Sequence[str]) -> Dated:
    """As they are dated."""
    found: Dated = {}
    query = select(AllianceLink).where(AllianceLink.alliance_id.in_(ids)).order_by(AllianceLink.since, AllianceLink.id)
    for link in session.scalars(query):
        dates = {"parent_id": link.parent_id, "since": link.since, "until": link.until}
        found.setdefault(link.alliance_id, []).append(dates)
    return found


def _told(session: Session, ids: Sequence[str]) -> Dated:
    """As the journal has them, which knows of each link that was ever made."""
    said = select(OutboxRow.subject_id, OutboxRow.time, OutboxRow.data).where(
        OutboxRow.subject_type == Alliance.subject,
        OutboxRow.subject_id.in_(ids),
        OutboxRow.type == AllianceChanged.type,
    )
    found: Dated = {}
    for id_, moment, data in session.execute(said.order_by(OutboxRow.subject_id, OutboxRow.subject_version)):
        if data.get("what") == AllianceChange.LINKED:
            _tell(found.setdefault(id_, []), moment, data.get("parent_id"))
    return found


def _tell(links: list[dict[str, Any]], moment: Any, parent_id: str | None) -> None:
    if links and links[-1]["until"] is None:
        links[-1]["until"] = moment
    if parent_id:
        links.append({"parent_id": parent_id, "since": moment, "until": None})


def _stands(links: list[dict[str, Any]]) -> str | None:
    """To whom it belongs by these."""
    return links[-1]["parent_id"] if links and links[-1]["until"] is None else None


def _write(session: Session, links: Dated) -> None:
    session.execute(delete(AllianceLink).where(AllianceLink.alliance_id.in_(links)))
    rows = [{"id": new_id(), "alliance_id": id_, **link} for id_ in links for link in links[id_]]
    insert_many(session, AllianceLink, rows)
