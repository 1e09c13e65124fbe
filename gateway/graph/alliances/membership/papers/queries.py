"""What can be asked about papers in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import papers_forms as forms
from gateway.graph.alliances.membership.papers.types import ApplicationPaper
from gateway.graph.queries import answered


class PapersQueries(graphene.ObjectType):
    """Both sides see which papers there are; the secretariat reads them."""

    application_papers = answered(forms.ApplicationPapers, [ApplicationPaper])
