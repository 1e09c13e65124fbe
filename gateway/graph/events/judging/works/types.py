"""Works in the graph: works with their versions, and what judges see of them."""

from __future__ import annotations

import graphene

from gateway.graph.relations import related
from gateway.graph.relay import global_id
from gateway.graph.times import DateTime


class WorkVersion(graphene.ObjectType):
    """One complete file of a work."""

    number = graphene.Int(required=True, description="Which version of the work it is, from 1.")
    name = graphene.String(required=True, description="What its sender called it; judges do not see it.")
    media_type = graphene.String(required=True, description="Its media type, such as application/pdf.")
    size = graphene.Int(required=True, description="How many bytes it has.")
    sha256 = graphene.String(required=True, description="Its SHA-256, 64 hexadecimal digits.")
    completed_at = DateTime(required=True, description="When it was complete.")
    counts = graphene.Boolean(required=True, description="Whether it is the one that is judged.")
    url = graphene.String(
        required=True,
        description="Where to fetch the file, relative to the root of this gateway. Keep it secret: it holds a ticket.",
    )


class Work(graphene.ObjectType):
    """A work (作品) of an entry; seen by the people of the entry and the organisers."""

    id = global_id("Work", "Its id, for `beginUpload` of a new version.")
    stage = related("Stage", "The stage that it was submitted for.")
    place = graphene.Int(required=True, description="Which of the entry's works in this stage, from 1.")
    counts = graphene.Int(description="The number of the version that is judged, once no more versions are accepted.")
    versions = graphene.List(
        graphene.NonNull(WorkVersion),
        required=True,
        description="The versions that are kept, newest first; at most 20.",
    )


class BlindWork(graphene.ObjectType):
    """A work as judges see it: with the blind code of its entry, and nothing else that could tell whose it is."""

    place = graphene.Int(required=True, description="Which of the works behind the code it is, from 1.")
    media_type = graphene.String(required=True, description="Its media type, such as application/pdf.")
    size_at_most = graphene.Int(required=True, description="A coarse upper bound of its size, in bytes.")
    url = graphene.String(
        required=True,
        description="Where to fetch the file, relative to the root of this gateway. Keep it secret: it holds a ticket.",
    )
