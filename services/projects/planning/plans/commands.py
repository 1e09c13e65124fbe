"""What can be done with plans: import one from its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from contracts.projects.planning.plans import DoubtsChanged, ItemAssigned, NotAPlan, PlanImported
from contracts.refusals import UnknownRegion
from contracts.regions import region as region_of
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.projects.planning.plans.model import (
    LONGEST_UNIT,
    ItemDeadline,
    Plan,
    PlanSection,
    ResponsibleUnit,
    Target,
    WorkItem,
    doubts_digest,
    text_digest,
    the_one_meant,
    title_of,
)
from services.projects.planning.plans.queries import bearers_of_units, plan_of_text
from services.projects.planning.plans.reading import Item, Reading, read_plan


def import_plan(
    session: Session,
    *,
    text: str,
    public: bool,
    title: str | None = None,
    region: str | None = None,
    confirmed_doubts: str | None = None,
) -> Plan:
    """Make a plan of a document's text; a text that was imported before gives the plan that it became, unchanged.

    Refuses an unknown region, a text that is no plan, and, where the doubts of a preview were confirmed, a text that
    is now read with other doubts. The organisations that an item names are told by ItemAssigned: those known by one of
    these names at this moment (one that is registered later is not told), at most one for each name, so collective
    units such as 各市教育局 mean nobody.
    """
    if region and region_of(region) is None:
        raise UnknownRegion("region", region=region)
    digest = text_digest(text)
    if known := plan_of_text(session, digest):
        return known
    reading = _read(text, confirmed_doubts)
    plan = Plan(id=new_id(), version=0, created_at=session.now, digest=digest, region=region, public=public)
    plan.title, plan.issuer = title_of(reading, title), reading.issuer
    plan.year, plan.document_number = reading.year, reading.document_number
    try:
        with session.begin_nested():
            session.add(plan)
    except IntegrityError:  # somebody else imported the same text at the same moment
        return plan_of_text(session, digest) or plan
    index_names(session, plan)
    ids = _save(session, plan, reading)
    _tell(session, plan, reading, ids)
    return plan


def _read(text: str, confirmed_doubts: str | None) -> Reading:
    reading = read_plan(text)
    if not reading.is_plan:
        raise NotAPlan("text")
    if confirmed_doubts and confirmed_doubts != doubts_digest(reading.doubts):
        raise DoubtsChanged("confirmedDoubts")
    return reading


def _save(session: Session, plan: Plan, reading: Reading) -> dict[str, str]:
    """Write sections, items, units, deadlines and targets, a table at a time; returns the ids of sections and items by key."""
    keys = [*(section.key for section in reading.sections), *(item.key for item in reading.items)]
    ids = {key: new_id() for key in keys}
    tables = {
        PlanSection: list(_section_rows(plan, reading, ids)),
        WorkItem: [_item_row(plan, item, ids) for item in reading.items],
        ResponsibleUnit: [row for item in reading.items for row in _unit_rows(item, ids)],
        ItemDeadline: [row for item in reading.items for row in _deadline_rows(item, ids)],
        Target: [row for item in reading.items for row in _target_rows(item, ids)],
    }
    for table, rows in tables.items():
        if rows:
            session.execute(insert(table), rows)
    return ids


def _section_rows(plan: Plan, reading: Reading, ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    for section in reading.sections:
        yield {
            "id": ids[section.key],
            "plan_id": plan.id,
            "parent_id": ids[section.parent] if section.parent else None,
            "key": section.key,
            "title": section.title,
            "level": section.level,
            "line": section.line,
        }


def _item_row(plan: Plan, item: Item, ids: dict[str, str]) -> dict[str, Any]:
    return {
        "id": ids[item.key],
        "plan_id": plan.id,
        "section_id": ids[item.section] if item.section else None,
        "parent_id": ids[item.parent] if item.parent else None,
        "key": item.key,
        "number": item.number,
        "kind": item.kind,
        "text": item.text,
        "responsible_raw": item.responsible_raw,
        "line": item.lines[0],
    }


def _unit_rows(item: Item, ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    units = (unit for unit in item.units if len(unit.name) <= LONGEST_UNIT)
    for place, unit in enumerate(units):
        yield {"item_id": ids[item.key], "place": place, "name": unit.name, "role": unit.role}


def _deadline_rows(item: Item, ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    for place, deadline in enumerate(item.deadlines):
        yield {
            "item_id": ids[item.key],
            "place": place,
            "words": deadline.words,
            "due_on": deadline.due_on,
            "rhythm": deadline.rhythm,
            "standing": deadline.standing,
            "what": deadline.what,
        }


def _target_rows(item: Item, ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    for place, target in enumerate(item.targets):
        yield {
            "item_id": ids[item.key],
            "place": place,
            "metric": target.metric,
            "comparator": target.comparator,
            "comparator_inferred": target.comparator_inferred,
            "value": float(target.value),
            "value_max": None if target.value_max is None else float(target.value_max),
            "unit": target.unit,
            "due_year": target.due_year,
            "frequency": target.frequency,
            "scope": target.scope,
            "quote": target.quote,
        }


def _tell(session: Session, plan: Plan, reading: Reading, ids: dict[str, str]) -> None:
    imported = PlanImported(
        plan_id=plan.id, title=plan.title, issuer=plan.issuer, items=len(reading.items), public=plan.public
    )
    record(session, plan, imported)
    assigned = dict(_assigned(session, plan))
    for item in reading.items:
        if organizations := assigned.get(ids[item.key]):
            message = ItemAssigned(
                plan_id=plan.id,
                plan_title=plan.title,
                item_id=ids[item.key],
                item_key=item.key,
                item_text=item.text,
                organization_ids=organizations,
            )
            record(session, plan, message)


def _assigned(session: Session, plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """The items that name organisations known here, each with their ids."""
    for item_id, bearers in groupby(bearers_of_units(session, plan.id), key=lambda row: row.item_id):
        by_name = groupby(bearers, key=lambda row: row.name)
        meant = [the_one_meant({row.id: row.region for row in rows}, plan.region) for _, rows in by_name]
        if organizations := [one for one in dict.fromkeys(meant) if one]:
            yield item_id, organizations
