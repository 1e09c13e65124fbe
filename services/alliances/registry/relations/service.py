"""Relations on the wire: the offices enter them, everybody may know them."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.registry import relations_forms as forms
from contracts.alliances.registry.relations import RelationKind
from contracts.forms import ByIds
from contracts.refusals import NotFound
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require, require_each
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.queries import (
    organization,
    organization_to_change,
    organizations_to_change,
)
from services.alliances.registry.relations import commands, queries
from services.alliances.registry.relations.schemas import relation_view, succession_view
from services.alliances.registry.relations.succeeding import succeed_organizations, withdraw_succession
from services.alliances.rights import ENTERS_IN_PROVINCE


class RelationsService(Service):
    """How organisations belong together, and which continue which."""

    @command(forms.RelateOrganizations, right=ENTERS_IN_PROVINCE)
    def relate_organizations(
        self,
        session: Session,
        *,
        organization_id: str,
        to_id: str,
        kind: RelationKind,
        reason: str,
        since: date | None = None,
    ) -> dict[str, Any]:
        lower = self._lower(session, organization_id)
        upper = organization(session, to_id)
        entered = commands.relate_organizations(
            session, organization=lower, to=upper, kind=kind, since=since, reason=reason
        )
        return relation_view(entered)

    @command(forms.EndRelation, right=ENTERS_IN_PROVINCE)
    def end_relation(
        self, session: Session, *, relation_id: str, reason: str, on: date | None = None
    ) -> dict[str, Any]:
        relation = queries.relation(session, relation_id)
        lower = self._lower(session, relation.organization_id)
        commands.end_relation(session, relation=relation, organization=lower, on=on, reason=reason)
        return relation_view(relation)

    @command(forms.SucceedOrganizations, right=ENTERS_IN_PROVINCE)
    def succeed_organizations(
        self, session: Session, *, from_ids: list[str], to_ids: list[str], **how: Any
    ) -> dict[str, Any]:
        found = self._all(session, from_ids, to_ids)
        succession = succeed_organizations(session, organizations=found, from_ids=from_ids, to_ids=to_ids, **how)
        return succession_view(succession)

    @command(forms.WithdrawSuccession, right=ENTERS_IN_PROVINCE)
    def withdraw_succession(self, session: Session, *, succession_id: str, reason: str) -> dict[str, Any]:
        succession = queries.succession(session, succession_id)
        found = self._all(session, succession.from_ids, succession.to_ids)
        withdraw_succession(session, succession=succession, organizations=found, reason=reason)
        return succession_view(succession)

    @query(forms.Relations)
    def relations(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.relations(session, **which).view(relation_view)

    @query(ByIds)
    def relations_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.relations_by_id(session, ids), relation_view)

    @query(forms.Successions)
    def successions(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.successions(session, **which).view(succession_view)

    @query(ByIds)
    def successions_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.successions_by_id(session, ids), succession_view)

    def _lower(self, session: Session, organization_id: str) -> Organization:
        found = organization_to_change(session, organization_id)
        require(session, ENTERS_IN_PROVINCE, province=found.keys["province"])
        return found

    def _all(self, session: Session, from_ids: list[str], to_ids: list[str]) -> dict[str, Organization]:
        """The organisations by id, if all are there and the viewer may close each of those that go over."""
        found = {each.id: each for each in organizations_to_change(session, {*from_ids, *to_ids})}
        for field, ids in (("fromIds", from_ids), ("toIds", to_ids)):
            if not found.keys() >= set(ids):
                raise NotFound(field)
        may_close = require_each(session, ENTERS_IN_PROVINCE)
        for id_ in from_ids:
            may_close(province=found[id_].keys["province"])
        return found
