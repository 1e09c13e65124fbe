"""What can be done about works through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.works.types import Upload, Work
from gateway.graph.relay import Command, node_id


class BeginUpload(Command):
    """Announce a file. For the entry's members, its organisation's representative, its province and delegation."""

    class Meta:
        service = "events"
        result = "upload"

    class Input:
        entry_id = node_id("Entry", required=True)
        work_id = node_id("Work", description="The work of which it is a new version; else it is a further work.")
        name = graphene.String(required=True, description="What the file is called, without a path.")
        media_type = graphene.String(required=True, description="As application/pdf; which are taken, the rules say.")
        size = graphene.Int(required=True, description="Bytes.")
        sha256 = graphene.String(required=True, description="64 hexadecimal digits, in lower case.")

    upload = graphene.Field(Upload)


class CompleteUpload(Command):
    """Have the pieces put together and checked: a new version of the work. Asked again it gives the same answer."""

    class Meta:
        service = "events"
        long = True
        result = "work"

    class Input:
        upload_id = node_id("Upload", required=True)

    work = graphene.Field(Work)


class WorkMutations(graphene.ObjectType):
    begin_upload = BeginUpload.Field()
    complete_upload = CompleteUpload.Field()
