"""Applications on the wire: the organisation hands one in, the secretariat sends it back, the organisation puts it right."""

from __future__ import annotations

from typing import Any

from contracts.alliances.membership import applications_forms as forms
from kit.calls.acting import Acts
from kit.calls.rpc import command
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.alliances.membership.applications import commands
from services.alliances.membership.memberships import model as ways
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import membership as find_membership
from services.alliances.membership.memberships.schemas import membership_view
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.queries import alliance as find_alliance
from services.alliances.registry.organizations.queries import organization as find_organization
from services.alliances.rights import ACTS_FOR_ALLIANCE, OF_ANY_ORGANIZATION, SPEAKS_FOR_ORGANIZATION


class ApplicationsService(Service):
    """What has faults is not declined: it goes back and comes again, and each turn is a step that both sides see."""

    @command(
        forms.ApplyForMembership,
        right=SPEAKS_FOR_ORGANIZATION,
        acts=Acts(Alliance, Alliance.check_goes_on, keys=lambda _: OF_ANY_ORGANIZATION),
    )
    def apply_for_membership(
        self, session: Session, *, alliance_id: str, organization_id: str, statement: str = ""
    ) -> dict[str, Any]:
        organization = find_organization(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **organization.keys)
        alliance = find_alliance(session, alliance_id)
        applied = commands.apply_for_membership(
            session, alliance=alliance, organization=organization, statement=statement
        )
        return membership_view(applied)

    @command(forms.ReturnApplication, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.RETURNS))
    def return_application(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        found = find_membership(session, membership_id)
        require(session, ACTS_FOR_ALLIANCE, **found.keys)
        return membership_view(commands.return_application(session, membership=found, reason=reason))

    @command(forms.CorrectApplication, right=SPEAKS_FOR_ORGANIZATION, acts=Acts(Membership, ways.CORRECTS))
    def correct_application(self, session: Session, *, membership_id: str, statement: str) -> dict[str, Any]:
        found = find_membership(session, membership_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **found.keys)
        return membership_view(commands.correct_application(session, membership=found, statement=statement))
