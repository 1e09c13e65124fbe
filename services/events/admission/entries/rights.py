"""Rights on entries: of their members, and as columns of who stands for them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from contracts.events.judging.objections import Locus
from kit.data.db import Session
from kit.rights.right import Right, among
from services.events.admission.entries.model import Entry, Member
from services.events.editions.editions.model import Edition
from services.events.rights import ANSWERS_FOR, ORGANIZES, STANDS_AS, STANDS_FOR


def _is_member(person: str, entry_id: str) -> ColumnElement[bool]:
    return exists().where(Member.entry_id == entry_id, Member.person == person)


IS_MEMBER = among(_is_member, "entry_id", zh="参赛成员本人", en="a member of the entry")
WORKS_ON_ENTRY = IS_MEMBER | STANDS_FOR
READS_WORKS = WORKS_ON_ENTRY | ANSWERS_FOR
READS_ENTRY_DATA = IS_MEMBER | ANSWERS_FOR
HAS_ENTRY = IS_MEMBER | STANDS_AS[Locus.REPRESENTATIVE].exactly()
"""Whose entries are theirs wherever they look: those who compete, and those who speak for the organisation."""
NEEDS_SENSITIVE = IS_MEMBER | STANDS_AS[Locus.REPRESENTATIVE] | ORGANIZES
"""Who reads what is sensitive in an entry; provinces and delegations see that there is an entry, and not this."""


def entries_for(
    session: Session, right: Right, *, by: str | None = None, series_id: str | None = None
) -> ColumnElement[bool]:
    """For which entries, joined with their editions, the viewer (or `by`) has the right.

    Where all of them are of one series, its id spares the database to look at each.
    """
    return right.rows(
        session,
        by=by,
        entry_id=Entry.id,
        organization_id=Entry.organization_id,
        province=Entry.province,
        series_id=series_id or Edition.series_id,
    )
