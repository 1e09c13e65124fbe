"""Files: what a handbook says of an upload, done: the file is announced and its pieces are sent to the gateway."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from tests.handbook.stage import Play

PDF = (
    b"%PDF-1.7\n% the work of a delegation, long enough for several pieces\n"
    + b"0123456789abcdef" * 4096
    + b"\n%%EOF\n"
)


def sent(play: Play, query: str, person: str, content: bytes, **more: Any) -> str:
    """The id of the upload, announced by this query, with all of its pieces."""
    facts = {"mediaType": "application/pdf", "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    upload = play.do(query, person, **facts, **more)["upload"]
    for number in range(upload["pieces"]):
        piece = content[number * upload["pieceSize"] : (number + 1) * upload["pieceSize"]]
        digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        header = {"Content-Digest": f"sha-256=:{digest}:"}
        play.http("PUT", person, f"{upload['url']}/{number + 1}", content=piece, headers=header)
    return str(upload["id"])
