"""What can be done about works through the graph."""

from __future__ import annotations

import graphene

from contracts.events.judging import works_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.works.types import Work
from gateway.graph.uploads import Upload


class WorkMutations(graphene.ObjectType):
    """A file is announced, sent in pieces to the address of its upload, and put together."""

    begin_upload = command(forms.BeginUpload, gives=Upload)
    complete_upload = command(forms.CompleteUpload, gives=Work, long=True)
