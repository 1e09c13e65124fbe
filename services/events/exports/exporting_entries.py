"""Entries as a table: each with its people, as far as whoever exports it may know them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.base import Named
from contracts.browsing import Stretch
from contracts.events.admission.entries import MemberRole
from contracts.events.exports.exports import NothingToExport
from contracts.refusals import SignInRequired
from kit.data.db import Session
from kit.data.paging import page
from kit.sheets.tables import Column, Part, Row, Table, moment, named, province, table, time
from services.events.admission.entries.answering import answers
from services.events.admission.entries.model import Entry, Member
from services.events.editions.editions.model import Edition
from services.events.exports.cells import ENTRY_STATUS
from services.events.exports.queries import institutions
from services.events.exports.rights import Sight
from services.events.exports.seeing import seen

COLUMNS = (
    Column("报名编号", "Entry"),
    Column("赛道", "Track"),
    Column("状态", "Status"),
    Column("省级行政区划代码", "Province code"),
    Column("省份", "Province"),
    Column("单位", "Institution"),
    Column("参赛者", "Contestant"),
    Column("参赛成员", "Members"),
    Column("指导教师", "Advisers"),
    time("报名时间", "Entered at"),
    time("撤回时间", "Withdrawn at"),
)


def export_entries(session: Session, edition: Edition, sight: Sight, part: Part) -> Table:
    """In the order in which they came; refuses with SignInRequired or NothingToExport."""
    if not session.viewer.signed_in:
        raise SignInRequired
    if sight.own_only and sight.nothing_of_their_own:
        raise NothingToExport("competition")
    query = select(Entry).where(Entry.edition_id == edition.id).options(joinedload(Entry.track))
    if sight.own_only:
        query = query.where(sight.own)
    found = page(session, query.order_by(Entry.id), Stretch(part.first, part.after))
    known = institutions(session, (entry.organization_id for entry in found.rows))
    shown = [entry for entry in found.rows if sight.names(entry.organization_id, entry.province)]
    seen(session, edition, shown)
    people = _people(session, [entry.id for entry in shown])
    asked, given = _fields(edition), _answers(session, [entry.id for entry in shown])

    def row(entry: Entry) -> Row:
        of_all = _row(entry, known.get(entry.organization_id), people.get(entry.id))
        return [*of_all, *(given.get((entry.id, key)) for key in asked)]

    return table(found, (*COLUMNS, *asked.values()), row)


def _fields(edition: Edition) -> dict[str, Column]:
    """A column for each field of the entry forms of an edition, by its key."""
    fields = (field for track in edition.tracks for field in track.entry_fields)
    return {field["key"]: Column(field["label_zh"], field["label_en"]) for field in fields}


def _answers(session: Session, entry_ids: list[str]) -> dict[tuple[str, str], str]:
    """What these entries answer, as far as the viewer may read it, by id and key."""
    found = answers(session, entry_ids=entry_ids) if entry_ids else ()
    return {(answer.entry_id, answer.key): answer.value for answer in found}


People = dict[str, list[str]]
"""The names of the members of an entry by their role."""


def _row(entry: Entry, institution: Named | None, people: People | None) -> Row:
    """Without `people` nobody is named."""
    return [
        entry.id,
        named(entry.track.named),
        ENTRY_STATUS[entry.status],
        entry.province,
        province(entry.province),
        named(institution),
        entry.contestant if people is not None else None,
        _joined(people, MemberRole.CONTESTANT),
        _joined(people, MemberRole.ADVISER),
        moment(entry.created_at),
        moment(entry.withdrawn_at),
    ]


def _people(session: Session, entry_ids: list[str]) -> dict[str, People]:
    """The members of these entries, none for those that have none."""
    found: dict[str, People] = {entry_id: {} for entry_id in entry_ids}
    query = select(Member).where(Member.entry_id.in_(entry_ids), Member.erased_at.is_(None)).order_by(Member.id)
    for member in session.scalars(query):
        found[member.entry_id].setdefault(member.role, []).append(member.name)
    return found


def _joined(people: People | None, role: MemberRole) -> str | None:
    return "、".join((people or {}).get(role, ())) or None
