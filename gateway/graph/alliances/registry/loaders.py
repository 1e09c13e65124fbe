"""How the registry's things are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader


class OrganizationLoader(ByIdLoader):
    service = "alliances"
    method = "organizations_by_id"


class AllianceLoader(ByIdLoader):
    service = "alliances"
    method = "alliances_by_id"
