"""Notices of plans: the hub office is told of a new one, responsible units of their tasks."""

from contracts.projects.planning.plans import ItemAssigned, PlanImported
from services.notify.telling.audiences import hub_office, representatives_of_all
from services.notify.telling.rule import Rule

RULES = (
    Rule(PlanImported, hub_office, plan="title"),
    Rule(ItemAssigned, representatives_of_all, plan="plan_title", item="item_text"),
)
