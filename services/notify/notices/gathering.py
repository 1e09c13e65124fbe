"""Gathering: what one person causes again and again lies in one notice of its kind, so that nobody's inbox is flooded.

A recipient gets so many notices of one rule by one actor in a while. The next one is a notice too, told of by e-mail when
the while is over, and gathers all that follow until then: each is kept, can be read, and is counted in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import bindparam, select, update

from kit.data.db import Session
from kit.data.many import among, insert_many
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
    before, heads = _kinds(session, counted, limits)
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
    rows = session.execute(_ACTORS, {"messages": list({notice.message_id for notice in notices})})
    actors = {row.message_id: row.actor for row in rows}
    for notice in notices:
        actor = actors.get(notice.message_id)
        notice.actor = actor if actor and actor != SYSTEM.id else None


_ACTORS = select(Announcement.message_id, Announcement.actor).where(
    Announcement.message_id.in_(bindparam("messages", expanding=True))
)


def _kinds(
    session: Session, notices: Collection[NewNotice], limits: NoticeLimits
) -> tuple[Counter[Kind], dict[Kind, str]]:
    """How many of each kind there have been in the while before, and the notice of each that gathers now."""
    before: Counter[Kind] = Counter()
    heads: dict[Kind, str] = {}
    if not notices:
        return before, heads
    theirs = select(Notice.recipient, Notice.rule, Notice.actor, Notice.id, Notice.gathers_until).where(
        among(session, Notice.recipient, {notice.recipient for notice in notices}),
        Notice.actor.in_({notice.actor for notice in notices}),
        Notice.rule.in_({notice.rule for notice in notices}),
        Notice.created_at > session.now - timedelta(seconds=limits.seconds),
        Notice.gathered_by.is_(None),
    )
    for recipient, rule, actor, id_, gathers_until in session.execute(theirs.order_by(Notice.id)):
        before[recipient, rule, actor or ""] += 1
        if gathers_until and gathers_until > session.now:
            heads[recipient, rule, actor or ""] = id_
    return before, heads


def _kind(notice: NewNotice) -> Kind:
    return notice.recipient, notice.rule, notice.actor or ""
