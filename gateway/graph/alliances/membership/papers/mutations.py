"""What can be done about papers through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import papers_forms as forms
from gateway.graph.alliances.membership.papers.types import ApplicationPaper
from gateway.graph.commands import command
from gateway.graph.uploads import Upload


class PapersMutations(graphene.ObjectType):
    """A paper is announced, sent in pieces to the address of its upload, and put together."""

    begin_application_paper = command(forms.BeginApplicationPaper, gives=Upload)
    complete_application_paper = command(forms.CompleteApplicationPaper, gives=ApplicationPaper, long=True)
    remove_application_paper = command(forms.RemoveApplicationPaper, gives={"papers": [ApplicationPaper]})
