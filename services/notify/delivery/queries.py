"""What can be asked about deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from services.notify.delivery.model import Contact, Delivery


def my_contact(session: Session) -> Contact | None:
    """The viewer's own contact, if they have given one."""
    return session.get(Contact, session.viewer.id)


def deliveries_by_id(session: Session, ids: list[str]) -> Sequence[Delivery]:
    return session.scalars(select(Delivery).options(joinedload(Delivery.notice)).where(Delivery.id.in_(ids))).all()


def deliveries(session: Session, *, state: str | None = None, stretch: Stretch = START) -> Page[Delivery]:
    """Deliveries, newest first: all, or those in one state."""
    query = select(Delivery).options(joinedload(Delivery.notice)).order_by(Delivery.id.desc())
    if state:
        query = query.where(Delivery.state == state)
    return page(session, query, stretch)
