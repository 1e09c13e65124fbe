"""How memberships are loaded, many in one call."""

from gateway.graph.loading import ByIdLoader, FirstPartsLoader


class MembershipLoader(ByIdLoader):
    service = "alliances"
    method = "memberships_by_id"


class FirstMembersLoader(FirstPartsLoader):
    service = "alliances"
    method = "first_members"
    whole = "alliance_id"
