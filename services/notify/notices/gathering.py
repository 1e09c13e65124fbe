"""Gathering: what one person causes again and again lies in one notice of its kind, so that nobody's inbox is flooded.

A recipient gets so many notices of one rule by one actor in a while. The next one is a notice too, told of by e-mail when
the while is over, and gathers all that follow until then: each is kept, can be read, and is counted in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select, update

from kit.data.db import Session
from kit.data.many import insert_many
from kit.viewer import SYSTEM
from services.notify.notices.model import Announcement, NewNotice, Notice
from services.notify.notices.settings import NoticeLimits

Kind = tuple[str, str, str]
"""Recipient, rule and actor."""


def keep(session: Session, notices: Collection[NewNotice], limits: NoticeLimits) -> list[NewNotice]:
    """Keep these new notices; returns those that are told of, for the others lie in one of their kind.

    Where two transactions count at the same moment, a few more than the limit may be told of.
    """
    _name_actors(session, notices)
    counted = [notice for notice in notices if notice.actor and not session.context.replayed]
    before, heads = _before(session, counted, limits), _heads(session, counted)
    more: Counter[str] = Counter()
    for notice in counted:
        kind = _kind(notice)
        if head := heads.get(kind):
            notice.gathered_by = head
            more[head] += 1
        elif before[kind] >= limits.most_of_a_kind:
            notice.gathers_until = session.now + timedelta(seconds=limits.seconds)
            heads[kind] = notice.id
        else:
            before[kind] += 1
    _write(session, notices)
    _count(session, more)
    return [notice for notice in notices if notice.gathered_by is None]


def _write(session: Session, notices: Iterable[NewNotice]) -> None:
    """The rows; a notice that lies in another is not told of, and so has no version yet."""
    rows = [
        {
            "id": new.id,
            "version": 1 if new.gathered_by is None else 0,
            "created_at": session.now,
            "message_id": new.message_id,
            "rule": new.rule,
            "recipient": new.recipient,
            "reason": new.reason,
            "actor": new.actor,
            "gathered_by": new.gathered_by,
            "gathers_until": new.gathers_until,
        }
        for new in notices
    ]
    insert_many(session, Notice, rows)


def _count(session: Session, more: Counter[str]) -> None:
    """Each of these notices has gathered so many more, and is unread again; those that gain as many, in one statement."""
    if not more:
        return
    heads = select(Notice.id).where(Notice.id.in_(more)).order_by(Notice.id)
    session.execute(heads.with_for_update())  # in one order, so that no two can wait for each other
    for number in set(more.values()):
        same = update(Notice).where(Notice.id.in_([head for head in more if more[head] == number]))
        gained = same.values(more=Notice.more + number, read_at=None)
        session.execute(gained, execution_options={"synchronize_session": False})


def _name_actors(session: Session, notices: Iterable[NewNotice]) -> None:
    """Each notice knows whose deed it tells; what the hub did by itself is nobody's."""
    messages = {notice.message_id for notice in notices}
    query = select(Announcement.message_id, Announcement.actor).where(Announcement.message_id.in_(messages))
    actors = {row.message_id: row.actor for row in session.execute(query)}
    for notice in notices:
        actor = actors.get(notice.message_id)
        notice.actor = actor if actor and actor != SYSTEM.id else None


def _before(session: Session, notices: Collection[NewNotice], limits: NoticeLimits) -> Counter[Kind]:
    """How many of each kind there have been in the while before."""
    since = session.now - timedelta(seconds=limits.seconds)
    kind = Notice.recipient, Notice.rule, Notice.actor
    query = select(*kind, func.count()).where(*_theirs(notices), Notice.created_at > since).group_by(*kind)
    rows = session.execute(query)
    return Counter({(recipient, rule, actor or ""): number for recipient, rule, actor, number in rows})


def _heads(session: Session, notices: Collection[NewNotice]) -> dict[Kind, str]:
    """The notice of each kind that gathers now."""
    query = select(Notice.recipient, Notice.rule, Notice.actor, Notice.id).order_by(Notice.id)
    now = query.where(*_theirs(notices), Notice.gathers_until > session.now)
    rows = session.execute(now)
    return {(recipient, rule, actor or ""): id_ for recipient, rule, actor, id_ in rows}


def _theirs(notices: Collection[NewNotice]) -> tuple[ColumnElement[bool], ...]:
    return (
        Notice.recipient.in_({notice.recipient for notice in notices}),
        Notice.actor.in_({notice.actor for notice in notices}),
        Notice.rule.in_({notice.rule for notice in notices}),
        Notice.gathered_by.is_(None),
    )


def _kind(notice: NewNotice) -> Kind:
    return notice.recipient, notice.rule, notice.actor or ""
