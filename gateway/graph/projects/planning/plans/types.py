"""Plans in the graph: documents, their sections, items and targets."""

from __future__ import annotations

import graphene

from contracts.projects.planning import plans_forms as forms
from contracts.projects.planning.plans import Comparator, TargetFrequency, UnitRole, WorkItemKind
from gateway.graph.acting import acting
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.region import region_field
from gateway.graph.relations import paged_parts, parts, related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Target(graphene.ObjectType):
    """A numeric target (量化指标) as one clause of an item states it."""

    metric = graphene.String(required=True, description="What is measured, in the words of the text.")
    comparator = graphene.Field(enum(Comparator), required=True, description="How the figure binds.")
    comparator_inferred = graphene.Boolean(
        required=True, description="Whether the text gives a bare figure, which is read as “at least”."
    )
    value = graphene.Float(required=True, description="The figure in whole units; a share is in %.")
    value_max = graphene.Float(description="The upper end, where the comparator is BETWEEN.")
    unit = graphene.String(description="The unit, as printed.")
    due_year = graphene.Int(description="The year by the end of which it should be met.")
    frequency = graphene.Field(enum(TargetFrequency), description="How often it recurs.")
    scope = graphene.String(description="Whom or where it applies to, as printed.")
    quote = graphene.String(required=True, description="The clause itself, out of the item's text.")


class ItemUnit(graphene.ObjectType):
    """A unit that has something to do with an item."""

    name = graphene.String(required=True, description="Its name, as printed.")
    role = graphene.Field(enum(UnitRole), description="Its role, where the document names one.")


class ItemDeadline(graphene.ObjectType):
    """By when an item, or a part of it, is due (完成时限)."""

    words = graphene.String(required=True, description="What is printed.")
    due_on = Date(description="The last day, where the words and the year of the document tell it.")
    rhythm = graphene.Field(enum(TargetFrequency), description="How often it returns, where it does.")
    standing = graphene.Boolean(required=True, description="Whether it goes on without an end (长期坚持).")
    what = graphene.String(description="What is due then, where the text says it of a part of the item only.")


def _units() -> graphene.List:
    says = "The responsible units with their roles; at most 100."
    return graphene.List(graphene.NonNull(ItemUnit), required=True, description=says)


def _deadlines() -> graphene.List:
    says = "By when it is due; at most 20."
    return graphene.List(graphene.NonNull(ItemDeadline), required=True, description=says)


class PlanSection(NodeType, loads="plan_sections_by_id"):
    """A heading (章节) of a plan."""

    key = graphene.String(required=True, description="The path of its printed numbers.")
    title = graphene.String(required=True, description="The heading, as printed.")
    level = graphene.Int(required=True, description="How deep it lies, from 1.")
    line = graphene.Int(required=True, description="The line of the text that it stands on, from 1.")
    parent = related("PlanSection", "The section around it.")


class WorkItem(NodeType, loads="work_items_by_id"):
    """One item of a plan: something to do, to reach or to know (工作事项)."""

    key = graphene.String(required=True, description="The path of printed numbers, such as 3.8.25; unique in its plan.")
    number = graphene.String(description="Its number, as printed.")
    kind = graphene.Field(enum(WorkItemKind), required=True, description="What it is in its document.")
    text = graphene.String(required=True, description="What the plan says, word by word.")
    responsible_raw = graphene.String(description="The list of responsible units, as printed.")
    responsible_units = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The responsible units, one by one."
    )
    units = _units()
    deadlines = _deadlines()
    line = graphene.Int(required=True, description="The line of the text on which it begins, from 1.")
    plan = related("Plan", "The plan that says it.", required=True)
    section = related("PlanSection", "The section in which it stands.")
    parent = related("WorkItem", "The item that it is a part of.")
    targets = parts(forms.Targets, Target, "The numeric targets that it states; at most 50.")
    actions = acting(forms.ActionsOnItems)


class Plan(NodeType, loads="plans_by_id"):
    """A plan document (规划、要点、方案) that can be tracked; those that are not public are seen by offices only."""

    title = graphene.String(required=True, description="Its title.")
    issuer = graphene.String(description="The body that issued it, as printed.")
    year = graphene.Int(description="The year for which it is made.")
    document_number = graphene.String(description="Its document number (发文字号).")
    region = region_field("The region of the body that issued it.")
    public = graphene.Boolean(required=True, description="Whether it is public.")
    created_at = DateTime(required=True, description="When it was imported.")
    history = historied(forms.HistoryOfPlans)
    sections = paged_parts(forms.FirstSections, PlanSection, "Its sections, in the order of the document.")
    work_items = paged_parts(forms.FirstItems, WorkItem, "Its items, in the order of the document.")


class SectionPreview(graphene.ObjectType):
    """A heading as it was read."""

    key = graphene.String(required=True, description="The path of its printed numbers.")
    parent_key = graphene.String(description="The key of the section around it.")
    title = graphene.String(required=True, description="The heading, as printed.")
    level = graphene.Int(required=True, description="How deep it lies, from 1.")
    line = graphene.Int(required=True, description="The line of the text that it stands on, from 1.")


class ItemPreview(graphene.ObjectType):
    """An item as the reader understood it."""

    key = graphene.String(required=True, description="The path of printed numbers, such as 3.8.25.")
    section_key = graphene.String(description="The key of the section in which it stands.")
    parent_key = graphene.String(description="The key of the item that it is a part of.")
    number = graphene.String(description="Its number, as printed.")
    kind = graphene.Field(enum(WorkItemKind), required=True, description="What it is in its document.")
    text = graphene.String(required=True, description="What the text says, word by word.")
    responsible_raw = graphene.String(description="The list of responsible units, as printed.")
    responsible_units = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The responsible units, one by one."
    )
    units = _units()
    deadlines = _deadlines()
    targets = graphene.List(graphene.NonNull(Target), required=True, description="The numeric targets that it states.")
    line = graphene.Int(required=True, description="The line of the text on which it begins, from 1.")


class Doubt(graphene.ObjectType):
    """Something in the text that a person should check before it is imported."""

    code = graphene.String(required=True, description="What kind of doubt it is.")
    item_key = graphene.String(description="The key of the item that it is about.")
    line = graphene.Int(description="The line of the text that it is about.")
    text = graphene.String(required=True, description="The doubt in the caller's language.")


class PlanPreview(graphene.ObjectType):
    """How a text would be read; if it is not a plan, nothing was read and the doubts say why."""

    is_plan = graphene.Boolean(required=True, description="Whether the text was recognised as a plan.")
    title = graphene.String(description="The title, as printed.")
    issuer = graphene.String(description="The body that issued it, as printed.")
    year = graphene.Int(description="The year for which it is made.")
    document_number = graphene.String(description="Its document number (发文字号).")
    sections = graphene.List(
        graphene.NonNull(SectionPreview), required=True, description="The headings that were read."
    )
    items = graphene.List(graphene.NonNull(ItemPreview), required=True, description="The items that were read.")
    doubts = graphene.List(graphene.NonNull(Doubt), required=True, description="What a person should look at first.")
    doubts_digest = graphene.String(required=True, description="What `importPlan` takes as `confirmedDoubts`.")
