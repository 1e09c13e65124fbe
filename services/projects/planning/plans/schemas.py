"""How plans and readings look from outside."""

from __future__ import annotations

from typing import Any

from kit.data.paging import cursor_of
from services.projects.planning.plans import reading as read
from services.projects.planning.plans.model import (
    ItemDeadline,
    Plan,
    PlanSection,
    ResponsibleUnit,
    Target,
    WorkItem,
    doubts_digest,
)
from services.projects.planning.plans.reading import describe


def plan_view(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.title,
        "issuer": plan.issuer,
        "year": plan.year,
        "document_number": plan.document_number,
        "region": plan.region,
        "public": plan.public,
        "created_at": plan.created_at,
    }


def section_view(section: PlanSection) -> dict[str, Any]:
    return {
        "id": section.id,
        "plan_id": section.plan_id,
        "parent_id": section.parent_id,
        "key": section.key,
        "title": section.title,
        "level": section.level,
        "line": section.line,
    }


def item_view(item: WorkItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "plan_id": item.plan_id,
        "section_id": item.section_id,
        "parent_id": item.parent_id,
        "key": item.key,
        "number": item.number,
        "kind": item.kind,
        "text": item.text,
        "responsible_raw": item.responsible_raw,
        "responsible_units": [unit.name for unit in item.units],
        "units": [_unit_view(unit) for unit in item.units],
        "deadlines": [_deadline_view(deadline) for deadline in item.deadlines],
        "line": item.line,
    }


def first_section_view(section: PlanSection) -> dict[str, Any]:
    """A section with its place in the list of its plan's sections, from which `plan_sections` goes on."""
    return {**section_view(section), "cursor": cursor_of(section.id)}


def first_item_view(item: WorkItem) -> dict[str, Any]:
    """An item with its place in the list of its plan's items, from which `work_items` goes on."""
    return {**item_view(item), "cursor": cursor_of(item.id)}


def target_view(target: Target) -> dict[str, Any]:
    return {"item_id": target.item_id, **_figures(target)}


def preview_view(reading: read.Reading, locale: str) -> dict[str, Any]:
    """What was understood and what is doubted; `doubts_digest` is what an import confirms."""
    return {
        "is_plan": reading.is_plan,
        "title": reading.title,
        "issuer": reading.issuer,
        "year": reading.year,
        "document_number": reading.document_number,
        "sections": [_read_section_view(section) for section in reading.sections],
        "items": [_read_item_view(item) for item in reading.items],
        "doubts": [_doubt_view(doubt, locale) for doubt in reading.doubts],
        "doubts_digest": doubts_digest(reading.doubts),
    }


def _read_section_view(section: read.Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "parent_key": section.parent,
        "title": section.title,
        "level": section.level,
        "line": section.line,
    }


def _read_item_view(item: read.Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "section_key": item.section,
        "parent_key": item.parent,
        "number": item.number,
        "kind": item.kind,
        "text": item.text,
        "responsible_raw": item.responsible_raw,
        "responsible_units": list(item.responsible_units),
        "units": [_unit_view(unit) for unit in item.units],
        "deadlines": [_deadline_view(deadline) for deadline in item.deadlines],
        "targets": [_figures(target) for target in item.targets],
        "line": item.lines[0],
    }


def _unit_view(unit: ResponsibleUnit | read.Unit) -> dict[str, Any]:
    return {"name": unit.name, "role": unit.role}


def _deadline_view(deadline: ItemDeadline | read.Deadline) -> dict[str, Any]:
    return {
        "words": deadline.words,
        "due_on": deadline.due_on,
        "rhythm": deadline.rhythm,
        "standing": deadline.standing,
        "what": deadline.what,
    }


def _doubt_view(doubt: read.Doubt, locale: str) -> dict[str, Any]:
    return {"code": doubt.code, "item_key": doubt.item, "line": doubt.line, "text": describe(doubt, locale)}


def _figures(target: Target | read.Target) -> dict[str, Any]:
    return {
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
