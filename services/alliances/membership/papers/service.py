"""Papers on the wire: the organisation adds them to its application, the secretariat reads them, a timer deletes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.alliances.membership import papers_forms as forms
from contracts.alliances.membership.papers import PAPER_TICKET
from contracts.refusals import NotFound
from kit.calls.long import long_command
from kit.calls.rpc import command, query
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import holds, require
from kit.work.jobs import Think
from kit.work.timers import on_due
from procedures.uploads.service import UploadsService
from services.alliances.membership.papers import commands, queries, retaining
from services.alliances.membership.papers.model import ApplicationPaper
from services.alliances.membership.papers.schemas import file_view, paper_view
from services.alliances.membership.papers.settings import PaperSettings
from services.alliances.registry.alliances.queries import alliance as find_alliance
from services.alliances.registry.organizations.queries import organization as find_organization
from services.alliances.rights import (
    READS_APPLICATION_PAPERS,
    SEES_APPLICATION_PAPERS,
    SPEAKS_FOR_ORGANIZATION,
)


class PapersService(UploadsService):
    """What belongs to an application beside its statement."""

    @command(forms.BeginApplicationPaper, right=SPEAKS_FOR_ORGANIZATION)
    def begin_application_paper(
        self, session: Session, *, alliance_id: str, organization_id: str, **file: Any
    ) -> dict[str, Any]:
        organization = find_organization(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **organization.keys)
        alliance, most = find_alliance(session, alliance_id), self.runtime.settings.of(PaperSettings)
        return self.upload_view(
            commands.begin_application_paper(session, alliance=alliance, organization=organization, most=most, **file)
        )

    @long_command(forms.CompleteApplicationPaper, right=SPEAKS_FOR_ORGANIZATION)
    def complete_application_paper(self, session: Session, think: Think, *, upload_id: str) -> dict[str, Any]:
        """The paper; the same again, however often it is asked."""
        _check_speaks(session, queries.arrived_or_under_way(session, upload_id).organization_id)
        paper = commands.complete_application_paper(session, think, upload_id=upload_id, at=self.store)
        return paper_view(paper, commands.rules_of(session, paper.alliance_id))

    @command(forms.RemoveApplicationPaper, right=SPEAKS_FOR_ORGANIZATION)
    def remove_application_paper(self, session: Session, *, paper_id: str) -> list[dict[str, Any]]:
        """The papers that are left."""
        paper = queries.paper(session, paper_id)
        _check_speaks(session, paper.organization_id)
        commands.remove_application_paper(session, paper=paper)
        return self._paper_views(session, **paper.pair)

    @query(forms.ApplicationPapers, right=SEES_APPLICATION_PAPERS)
    def application_papers(self, session: Session, *, alliance_id: str, organization_id: str) -> list[dict[str, Any]]:
        organization = find_organization(session, organization_id)
        require(session, SEES_APPLICATION_PAPERS, alliance_id=alliance_id, **organization.keys)
        return self._paper_views(session, alliance_id=alliance_id, organization_id=organization_id)

    @query(forms.PaperOfTicket)
    def paper_of_ticket(self, session: Session, *, ticket: str) -> dict[str, Any]:
        """For the gateway: where the paper lies that a ticket names. The ticket is the right."""
        paper = session.get(ApplicationPaper, self.claims_of(session, ticket, PAPER_TICKET)["paper"])
        if paper is None:
            raise NotFound("ticket")
        return file_view(paper)

    @on_due(retaining.SWEEP_PAPER)
    def sweep_application_paper(self, session: Session, upload_id: str) -> None:
        retaining.sweep_upload(session, upload=queries.upload(session, upload_id))

    @on_due(retaining.ERASE_PAPER)
    def erase_application_paper(self, session: Session, paper_id: str) -> None:
        retaining.erase_when_due(session, paper=session.get(ApplicationPaper, paper_id))

    def _paper_views(self, session: Session, **pair: str) -> list[dict[str, Any]]:
        """The papers of an application, with links for whoever decides on it and for nobody else."""
        rules = commands.rules_of(session, pair["alliance_id"])
        reads = holds(session, READS_APPLICATION_PAPERS, alliance_id=pair["alliance_id"])
        until = session.now + timedelta(minutes=rules.link_minutes)

        def view(paper: ApplicationPaper) -> dict[str, Any]:
            ticket = self.tickets.sign(PAPER_TICKET, {"paper": paper.id}, until=until) if reads else None
            return paper_view(paper, rules, ticket)

        return rendered(queries.papers(session, **pair), view)


def _check_speaks(session: Session, organization_id: str) -> None:
    """Go on only for whoever speaks for the organisation, or for the one with which it was merged."""
    organization = find_organization(session, queries.whose(session, organization_id))
    require(session, SPEAKS_FOR_ORGANIZATION, **organization.keys)
