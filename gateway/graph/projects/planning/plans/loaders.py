"""How plans and their parts are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, FirstPartsLoader, PartsLoader


class PlanLoader(ByIdLoader):
    service = "projects"
    method = "plans_by_id"


class PlanSectionLoader(ByIdLoader):
    service = "projects"
    method = "plan_sections_by_id"


class WorkItemLoader(ByIdLoader):
    service = "projects"
    method = "work_items_by_id"


class FirstSectionsLoader(FirstPartsLoader):
    service = "projects"
    method = "first_sections"
    whole = "plan_id"


class FirstItemsLoader(FirstPartsLoader):
    service = "projects"
    method = "first_items"
    whole = "plan_id"


class TargetsLoader(PartsLoader):
    service = "projects"
    method = "targets"
    whole = "item_id"
