"""Papers in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.bilingual import BilingualName
from gateway.graph.relay import global_id
from gateway.graph.times import DateTime


class ApplicationPaper(graphene.ObjectType):
    """A paper (申请材料) that an organisation has added to its application."""

    id = global_id("ApplicationPaper", "Its id, for `removeApplicationPaper`.")
    kind = graphene.String(description="Which of the charter's papers it is, by its code; null for a further one.")
    kind_name = graphene.Field(BilingualName, description="What the charter calls it.")
    name = graphene.String(required=True, description="What its sender called the file.")
    media_type = graphene.String(required=True, description="Its media type, such as application/pdf.")
    size = graphene.Int(required=True, description="How many bytes it has.")
    sha256 = graphene.String(required=True, description="Its SHA-256, 64 hexadecimal digits.")
    completed_at = DateTime(required=True, description="When it was complete.")
    url = graphene.String(
        description="Where the secretariat fetches the file, relative to the root of this gateway; null for everybody else. "
        "Keep it secret: it holds a ticket."
    )
