"""Attachments in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.region import name_field
from gateway.graph.relay import global_id
from gateway.graph.times import DateTime


class AttachmentFile(graphene.ObjectType):
    """A version of an attachment: one file."""

    version = graphene.Int(required=True, description="The number of the version, from 1.")
    name = graphene.String(required=True, description="What the file is called.")
    media_type = graphene.String(required=True, description="Its media type, such as application/pdf.")
    size = graphene.Int(required=True, description="How many bytes it has.")
    sha256 = graphene.String(required=True, description="Its SHA-256, 64 hexadecimal digits.")
    completed_at = DateTime(required=True, description="Since when it is attached.")
    reason = graphene.String(required=True, description="Why it was attached; empty for what a draft had.")
    url = graphene.String(
        description="Where to fetch the file, relative to the root of this gateway; the link holds for an hour or more. Null "
        "once it is deleted, and to all but the organisers once it is replaced or removed."
    )


class Attachment(graphene.ObjectType):
    """A file that the organisers have added to a competition (附件), such as its call or a form."""

    id = global_id("Attachment", "Its id, for the commands that change it.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    file = graphene.Field(AttachmentFile, required=True, description="The file that is in force.")
    earlier = graphene.List(
        graphene.NonNull(AttachmentFile),
        required=True,
        description="The files that it replaced, the newest first; at most 19.",
    )
    removed_at = DateTime(description="When it was removed; null where it stands.")
