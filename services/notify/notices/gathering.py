"""Gathering: what one person causes again and again lies in one notice of its kind, so that nobody's inbox is flooded.

A recipient gets so many notices of one rule by one actor in a while. The next one is a notice too, told of by e-mail when
the while is over, and gathers all that follow until then: each is kept, can be read, and is counted in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import bindparam, func, select, update

from kit.data.db import Instant, Session
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
    rows = session.execute(_ACTORS, {"messages": list({notice.message_id for notice in notices})})
    actors = {row.message_id: row.actor for row in rows}
    for notice in notices:
        actor = actors.get(notice.message_id)
        notice.actor = actor if actor and actor != SYSTEM.id else None


def _before(session: Session, notices: Collection[NewNotice], limits: NoticeLimits) -> Counter[Kind]:
    """How many of each kind there have been in the while before."""
    since = session.now - timedelta(seconds=limits.seconds)
    rows = session.execute(_BEFORE, {"since": since, **_theirs(notices)})
    return Counter({(recipient, rule, actor or ""): number for recipient, rule, actor, number in rows})


def _heads(session: Session, notices: Collection[NewNotice]) -> dict[Kind, str]:
    """The notice of each kind that gathers now."""
    rows = session.execute(_HEADS, {"now": session.now, **_theirs(notices)})
    return {(recipient, rule, actor or ""): id_ for recipient, rule, actor, id_ in rows}


def _theirs(notices: Collection[NewNotice]) -> dict[str, list[str | None]]:
    return {
        "recipients": list({notice.recipient for notice in notices}),
        "actors": list({notice.actor for notice in notices}),
        "rules": list({notice.rule for notice in notices}),
    }


_ACTORS = select(Announcement.message_id, Announcement.actor).where(
    Announcement.message_id.in_(bindparam("messages", expanding=True))
)
_KIND = Notice.recipient, Notice.rule, Notice.actor
_THEIRS = (
    Notice.recipient.in_(bindparam("recipients", expanding=True)),
    Notice.actor.in_(bindparam("actors", expanding=True)),
    Notice.rule.in_(bindparam("rules", expanding=True)),
    Notice.gathered_by.is_(None),
)
_BEFORE = (
    select(*_KIND, func.count())
    .where(*_THEIRS, Notice.created_at > bindparam("since", type_=Instant()))
    .group_by(*_KIND)
)
_HEADS = (
    select(*_KIND, Notice.id)
    .where(*_THEIRS, Notice.gathers_until > bindparam("now", type_=Instant()))
    .order_by(Notice.id)
)


def _kind(notice: NewNotice) -> Kind:
    return notice.recipient, notice.rule, notice.actor or ""
