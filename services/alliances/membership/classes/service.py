"""Classes on the wire: the secretariat sets them; those of members are public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.alliances.membership import classes_forms as forms
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.refusals import NotFound
from kit.calls.acting import Acts
from kit.calls.asked import each_answered
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import of_each, require
from services.alliances.membership.charters.commands import ADOPTED
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import all_in_force, today
from services.alliances.membership.classes import commands
from services.alliances.membership.classes.calendar import on
from services.alliances.membership.classes.queries import periods_of
from services.alliances.membership.classes.schemas import class_view
from services.alliances.membership.memberships import queries
from services.alliances.membership.memberships.commands import LEFT, UNMERGED
from services.alliances.membership.memberships.model import LIVES, Membership
from services.alliances.membership.memberships.schemas import membership_view
from services.alliances.rights import ACTS_FOR_ALLIANCE, SEES_MEMBERSHIP


class ClassesService(Service):
    """Every member has a class on every day, and the class of any day can be asked for."""

    @command(forms.SetMemberClass, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, Membership.check_lives))
    def set_member_class(
        self, session: Session, *, membership_id: str, member_class: str, since: date, reason: str = ""
    ) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, ACTS_FOR_ALLIANCE, **membership.keys)
        steps = queries.steps_of(session, {membership_id})[membership_id]
        commands.set_member_class(
            session,
            membership=membership,
            joined=queries.joined_on(steps, today(session)) or today(session),
            code=member_class,
            since=since,
            reason=reason,
        )
        return membership_view(membership)

    @command(forms.CorrectMemberClass, right=ACTS_FOR_ALLIANCE)
    def correct_member_class(
        self, session: Session, *, membership_id: str, since: date, reason: str, member_class: str | None = None
    ) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, ACTS_FOR_ALLIANCE, **membership.keys)
        steps = queries.steps_of(session, {membership_id})[membership_id]
        commands.correct_member_class(
            session,
            membership=membership,
            joined=queries.joined_on(steps, since) or since,
            code=member_class,
            since=since,
            reason=reason,
        )
        return membership_view(membership)

    @query(forms.MemberClassesOn, shows=SEES_MEMBERSHIP)
    def member_classes_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The class at the end of each day, nothing where the organisation was no member then."""
        found = queries.memberships_with_steps(session, {question["membership_id"] for question in asked})
        periods = periods_of(session, found)
        days = {
            (id_, question.get("day") or today(session)) for question in asked if (id_ := question["membership_id"])
        }
        charters = all_in_force(session, {(found[id_][0].alliance_id, day) for id_, day in days if id_ in found})
        sees = of_each(session, SEES_MEMBERSHIP)

        def answer(*, membership_id: str, day: date | None = None) -> dict[str, Any] | None:
            if membership_id not in found:
                raise NotFound("membershipId")
            membership, steps = found[membership_id]
            sees(member=membership.status == MembershipStatus.MEMBER, **membership.keys)
            day = day or today(session)
            step, joined = queries.step_on(steps, day), queries.joined_on(steps, day)
            if step is None or step.status not in LIVES or joined is None:
                return None
            return class_view(charters[membership.alliance_id, day], on(periods[membership_id], day), joined)

        return each_answered(answer, asked)

    @hook(LEFT)
    def end_classes(self, session: Session, memberships: Collection[Membership]) -> None:
        commands.end_classes(session, [each.id for each in memberships])

    @hook(UNMERGED)
    def come_back_into_classes(self, session: Session, memberships: Collection[Membership]) -> None:
        for membership in memberships:
            commands.come_back(session, membership)

    @hook(ADOPTED)
    def check_classes(self, session: Session, charter: Charter) -> None:
        commands.check_classes(session, charter)
