"""Naming: what persons are called, by their accounts, for who is told of them; kept as long as alliances keeps them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from contracts.alliances.people.persons import PersonCalled
from kit.data.db import Session
from kit.data.many import Row, among, keep_newest
from kit.messages.handlers import Received
from services.notify.directory.model import KnownPerson
from services.notify.telling.facts import Fact


def keep_names(session: Session, received: Sequence[Received[PersonCalled]]) -> None:
    """Keep the newest of what each record says, in whatever order it comes; what was erased stays without a name."""
    keep_newest(session, KnownPerson, [_row(one) for one in received], "person_id")


def _row(one: Received[PersonCalled]) -> Row:
    said = one.message
    return {
        "person_id": said.person_id,
        "version": one.envelope.version,
        "account": said.account,
        "name_zh": said.name_zh,
        "name_en": said.name_en,
        "merged_into": said.merged_into,
    }


def names_of(session: Session, accounts: Collection[str]) -> dict[str, Fact]:
    """What the persons with these accounts are called, in both languages; whose name is not known is left out."""
    if not accounts:
        return {}
    stays = aliased(KnownPerson)
    query = (
        select(KnownPerson.account, stays.name_zh, stays.name_en)
        .join(stays, stays.person_id == func.coalesce(KnownPerson.merged_into, KnownPerson.person_id))
        .where(among(session, KnownPerson.account, accounts), stays.name_zh != "")
    )
    return {str(account): {"zh": zh, "en": en} for account, zh, en in session.execute(query)}
