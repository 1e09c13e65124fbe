"""Delegates on the wire: the organisation and the secretariat name them, and they alone know of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.alliances.membership import delegates_forms as forms
from contracts.forms import ByIds
from contracts.refusals import NotFound
from kit.calls.acting import Acts
from kit.calls.asked import each_answered
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import of_each, require
from services.alliances.membership.charters.reading import today
from services.alliances.membership.delegates import commands, queries
from services.alliances.membership.delegates.schemas import delegate_view
from services.alliances.membership.memberships.commands import LEFT
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import (
    joined_on,
    membership,
    memberships_with_steps,
    steps_of,
)
from services.alliances.people.persons.affiliating import AFFILIATED_ANEW
from services.alliances.people.persons.erasing import FORGET
from services.alliances.rights import CONCERNED


class DelegatesService(Service):
    """Who votes for a member, stands in, and keeps in touch, on any day."""

    @command(forms.NameDelegate, right=CONCERNED, acts=Acts(Membership, Membership.check_lives))
    def name_delegate(self, session: Session, *, membership_id: str, **given: Any) -> dict[str, Any]:
        found = membership(session, membership_id)
        require(session, CONCERNED, **found.keys)
        steps = steps_of(session, {membership_id})[membership_id]
        joined = joined_on(steps, today(session)) or today(session)
        who = {"person": None, "position": None, **given}
        return delegate_view(commands.name_delegate(session, membership=found, joined=joined, **who))

    @command(forms.EndDelegate, right=CONCERNED)
    def end_delegate(self, session: Session, *, delegate_id: str, until: date, reason: str = "") -> dict[str, Any]:
        delegate = queries.delegate(session, delegate_id)
        require(session, CONCERNED, **delegate.membership.keys)
        return delegate_view(commands.end_delegate(session, delegate=delegate, until=until, reason=reason))

    @query(forms.DelegatesOfMembersOn, shows=CONCERNED)
    def delegates_of_members_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those who speak at the end of each day; nobody where the organisation was no member then."""
        found = memberships_with_steps(session, {question["membership_id"] for question in asked})
        delegates = queries.delegates_of(session, found)
        concerned = of_each(session, CONCERNED)

        def answer(*, membership_id: str, day: date | None = None) -> list[dict[str, Any]]:
            if membership_id not in found:
                raise NotFound("membershipId")
            membership, steps = found[membership_id]
            concerned(**membership.keys)
            day = day or today(session)
            if joined_on(steps, day) is None:
                return []
            speaking = [each for each in delegates[membership_id] if each.speaks_on(day)]
            return rendered(speaking, delegate_view)

        return each_answered(answer, asked)

    @query(ByIds, shows=CONCERNED)
    def delegates_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.delegates_by_id(session, ids), delegate_view)

    @hook(AFFILIATED_ANEW)
    def follow_affiliations(self, session: Session, person_ids: Collection[str]) -> None:
        commands.follow_affiliations(session, queries.named_by_record(session, person_ids))

    @hook(FORGET)
    def forget_delegates(self, session: Session, person_ids: list[str], accounts: list[str]) -> None:
        commands.forget_delegates(session, person_ids, accounts)

    @hook(LEFT)
    def end_delegates(self, session: Session, memberships: Collection[Membership]) -> None:
        commands.end_delegates(session, [each.id for each in memberships])
