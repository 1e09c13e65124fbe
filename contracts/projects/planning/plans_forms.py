"""The forms of plans: what it takes to preview, to import and to read one."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, digest, flag, identifier, listing, region, searched, text, verbatim

MAX_TEXT = 400_000
"""Characters that are read; twenty times the longest plan we know."""


class _Document(Input):
    text = verbatim(max=MAX_TEXT, says="The document as plain text.")


class PreviewPlan(_Document):
    """Show how a text would be read, with its doubts; saves nothing. For the hub office and the province offices."""


class ImportPlan(_Document):
    """Make a plan from a document; a text that was imported before gives its existing plan, unchanged.

    For the hub office and, for a plan with a region, the office of its province.
    """

    public = flag(says="Whether the plan is public.")
    title = text(max=200, required=False, says="The title, to use instead of the printed one or if none is printed.")
    region = region(required=False, says="The region of the body that issued it.")
    confirmed_doubts = digest(required=False, says="`doubtsDigest` of the preview whose doubts were seen.")


class Plans(Browsed):
    """Plans by when they were imported. Public ones are for everybody, the others for the hub and province offices."""

    search = searched()
    order_by = ordered(ByAge)


class PlanSections(Browsed):
    """The sections of a plan, in the order of the document."""

    plan_id = identifier("Plan", says="The plan whose sections are asked for.")


class WorkItems(Browsed):
    """Items of the plans that the viewer may read, in the order of their documents."""

    plan_id = identifier("Plan", required=False, says="Only items of this plan.")
    section_id = identifier("PlanSection", required=False, says="Only items that stand directly in this section.")
    unit = text(required=False, says="Only items for which this unit is responsible, as printed.")
    organization_id = identifier(
        "Organization",
        required=False,
        says="Only items of which this organisation is a responsible unit, by whichever of its names. A name that several "
        "bear counts in the plans of its province, if no other there bears it.",
    )


class _OfEach(Browsed):
    plan_ids = listing(identifier(), min=1, max=100)


class FirstSections(_OfEach):
    """The first sections of several plans, or those that follow a place in the list of each."""


class FirstItems(_OfEach):
    """The first items of several plans, or those that follow a place in the list of each."""


class Targets(Input):
    """The numeric targets of several items."""

    item_ids = listing(identifier(), min=1, max=100)


class ActionsOnItems(Input):
    """What the viewer can do about several items."""

    item_ids = listing(identifier(), min=1, max=100)


class HistoryOfPlans(Browsed):
    """What was done to several plans, step by step. For the offices that may import them."""

    plan_ids = listing(identifier(), min=1, max=100)
