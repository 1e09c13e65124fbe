"""Uploads in the graph: a file that is announced, and where its pieces go."""

from __future__ import annotations

import graphene

from gateway.graph.relay import global_id
from gateway.graph.times import DateTime


class Upload(graphene.ObjectType):
    """An upload in progress: PUT each piece to `url`/<its number, from 1>, with its SHA-256 as `Content-Digest` (RFC 9530).

    Pieces may come in any order, and more than once; all but the last have `pieceSize` bytes.
    """

    id = global_id("Upload", "Its id, for the command that completes it.")
    piece_size = graphene.Int(required=True, description="How many bytes each piece has, but for the last.")
    pieces = graphene.Int(required=True, description="How many pieces the file has.")
    url = graphene.String(
        required=True,
        description="Where to send the pieces, relative to the root of this gateway. Keep it secret: it holds a ticket.",
    )
    expires_at = DateTime(required=True, description="When the upload expires.")
