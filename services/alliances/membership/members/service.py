"""Members on the wire: who they are on a day, and how many; for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.membership import members_forms as forms
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from services.alliances.membership.charters.reading import in_force, today
from services.alliances.membership.charters.rules import InheritForm
from services.alliances.membership.classes.calendar import on
from services.alliances.membership.classes.queries import periods_of
from services.alliances.membership.classes.schemas import class_view
from services.alliances.membership.members import queries
from services.alliances.membership.members.affiliating import affiliated_members, number_of_affiliated
from services.alliances.membership.members.schemas import affiliated_view, class_numbers, member_on_view
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import joined_on, steps_of


class MembersService(Service):
    """The public side of memberships: nothing is told of who applied, was declined, rests or left."""

    @query(forms.Members)
    def members(
        self, session: Session, *, alliance_id: str, on_day: date | None = None, **which: Any
    ) -> dict[str, Any]:
        """A page of the members, with as many statements for many as for one."""
        day = on_day or today(session)
        charter = in_force(session, alliance_id, day)
        found = queries.members(session, charter, alliance_id=alliance_id, day=day, **which)
        ids = {each.id for each in found.rows}
        steps, periods = steps_of(session, ids), periods_of(session, ids)

        def view(membership: Membership) -> dict[str, Any]:
            joined = joined_on(steps[membership.id], day)
            of_day = class_view(charter, on(periods[membership.id], day), joined) if joined else None
            return member_on_view(membership, of_day, joined)

        return found.view(view)

    @query(forms.AffiliatedMembers)
    def affiliated_members(
        self, session: Session, *, alliance_id: str, on_day: date | None = None, **which: Any
    ) -> dict[str, Any]:
        day = on_day or today(session)
        rules = in_force(session, alliance_id, day).section(InheritForm)
        found = affiliated_members(session, rules, alliance_id=alliance_id, day=day, **which)
        return found.view(affiliated_view)

    @query(forms.MemberStatistics)
    def member_statistics(self, session: Session, *, alliance_id: str, on_day: date | None = None) -> dict[str, Any]:
        day = on_day or today(session)
        charter = in_force(session, alliance_id, day)
        classes = queries.numbers_by_class(session, charter, alliance_id, day)
        provinces = queries.numbers_by_province(session, alliance_id, day)
        kinds = queries.numbers_by_kind(session, alliance_id, day)
        joined, left = queries.joined_and_left(session, alliance_id, day)
        return {
            "day": day,
            "members": sum(classes.values()),
            "affiliated": number_of_affiliated(session, charter.section(InheritForm), alliance_id, day),
            "by_class": class_numbers(charter.classes, classes),
            "by_province": [{"region": code, "members": number} for code, number in provinces.items()],
            "by_kind": [{"kind": kind, "members": number} for kind, number in kinds.items()],
            "joined": joined,
            "left": left,
        }
