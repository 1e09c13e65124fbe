"""Plans on the wire: an office previews and imports them; what is public can be read by anybody."""

from __future__ import annotations

from typing import Any

from contracts.browsing import Stretch
from contracts.forms import ByIds
from contracts.projects.planning import plans_forms as forms
from contracts.regions import province_of
from kit.calls.histories import concerning, histories
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from services.projects.planning.plans import commands, queries
from services.projects.planning.plans.model import Plan, PlanSection, WorkItem
from services.projects.planning.plans.reading import read_plan
from services.projects.planning.plans.schemas import (
    first_item_view,
    first_section_view,
    item_view,
    plan_view,
    preview_view,
    section_view,
    target_view,
)
from services.projects.rights import SEES_PLAN, WORKS_IN_OFFICE_OF_PROVINCE, WORKS_IN_SOME_OFFICE


class PlansService(Service):
    """Plan documents and what they say. To import one takes the hub office, or the office of the plan's province."""

    @query(forms.PreviewPlan, right=WORKS_IN_SOME_OFFICE)
    def preview_plan(self, session: Session, *, text: str) -> dict[str, Any]:
        """How a text would be read, with its doubts in the caller's language; nothing is saved."""
        require(session, WORKS_IN_SOME_OFFICE)
        return preview_view(read_plan(text), session.context.locale)

    @command(forms.ImportPlan, right=WORKS_IN_OFFICE_OF_PROVINCE)
    def import_plan(self, session: Session, *, region: str | None = None, **document: Any) -> dict[str, Any]:
        require(session, WORKS_IN_OFFICE_OF_PROVINCE, province=province_of(region) if region else None)
        return plan_view(commands.import_plan(session, region=region, **document))

    @query(forms.Plans, shows=SEES_PLAN)
    def plans(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.plans(session, **which).view(plan_view)

    @query(ByIds, shows=SEES_PLAN)
    def plans_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.plans_by_id(session, ids), plan_view)

    @query(forms.HistoryOfPlans, shows=WORKS_IN_OFFICE_OF_PROVINCE)
    def history_of_plans(self, session: Session, *, plan_ids: list[str], stretch: Stretch) -> list[dict[str, Any]]:
        found = concerning(session, WORKS_IN_OFFICE_OF_PROVINCE, queries.plans_by_id(session, plan_ids), keys=_of_plan)
        return histories(session, found, whose="plan_id", stretch=stretch)

    @query(forms.PlanSections, shows=SEES_PLAN)
    def plan_sections(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.plan_sections(session, **which).view(section_view)

    @query(ByIds, shows=SEES_PLAN)
    def plan_sections_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.plan_sections_by_id(session, ids), section_view)

    @query(forms.FirstSections, shows=SEES_PLAN)
    def first_sections(self, session: Session, *, plan_ids: list[str], stretch: Stretch) -> list[dict[str, Any]]:
        if stretch.counted:
            return queries.numbers_of(session, PlanSection, plan_ids)
        return rendered(queries.first_sections(session, plan_ids=plan_ids, stretch=stretch), first_section_view)

    @query(forms.WorkItems, shows=SEES_PLAN)
    def work_items(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.work_items(session, **which).view(item_view)

    @query(ByIds, shows=SEES_PLAN)
    def work_items_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.work_items_by_id(session, ids), item_view)

    @query(forms.ActionsOnItems, shows=SEES_PLAN)
    def actions_on_items(self, session: Session, *, item_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.work_items_by_id(session, item_ids)
        return self.actions_on(session, found, kind=WorkItem, whose="item_id")

    @query(forms.FirstItems, shows=SEES_PLAN)
    def first_items(self, session: Session, *, plan_ids: list[str], stretch: Stretch) -> list[dict[str, Any]]:
        if stretch.counted:
            return queries.numbers_of(session, WorkItem, plan_ids)
        return rendered(queries.first_items(session, plan_ids=plan_ids, stretch=stretch), first_item_view)

    @query(forms.Targets, shows=SEES_PLAN)
    def targets(self, session: Session, **which: Any) -> list[dict[str, Any]]:
        return rendered(queries.targets(session, **which), target_view)


def _of_plan(plan: Plan) -> dict[str, Any]:
    """What the right of the offices looks at."""
    return {"province": province_of(plan.region) if plan.region else None}
