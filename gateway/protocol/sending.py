"""Sending: how an answer goes out: who may keep it and for how long, and shortened where its reader knows gzip."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gateway.protocol.media import best_offer
from gateway.protocol.tags import has_it, tag_of

SHORT = 1_024
"""Bytes: what is no longer travels in one packet either way."""
MOST_PADDING = 100
"""Bytes of random length in each shortened answer, as Django adds (Heal the BREACH, https://ieeexplore.ieee.org/document/9754554)."""
LEVEL = 4
"""Of gzip: a list of a thousand rows comes to a tenth of its length; level 9 takes three times as long for a twentieth less."""
VARY = "Authorization, Accept, Accept-Language, Accept-Encoding, Origin"


def sent(body: Mapping[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that nobody keeps."""
    return Response(orjson.dumps(body), status, {**_always(media), "cache-control": "no-store", **(headers or {})})


def sent_to_all(request: Request, body: Mapping[str, Any], media: str, seconds: int) -> Response:
    """An answer that everybody would get and anybody may keep for so many seconds; 304 where the asker has it already."""
    content = orjson.dumps(body)
    tag = tag_of(content)
    weak = f"W/{tag}"  # the same answer may come shortened
    headers = {"cache-control": f"public, max-age={seconds}", "etag": weak, "vary": VARY}
    if has_it(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, {**_always(media), **headers})


def shortened(request: Request, response: Response) -> Response:
    """The same response, by gzip where that helps; of a random length more, which hides that of any secret in it.

    Nobody else's page can have an answer computed for a viewer: browsers send no token on their own, and the pages for whoever
    has a cookie go out whole. A page that asks again and again beside what strangers have written would still tell by
    lengths what it shows.
    """
    content = bytes(response.body)
    if len(content) < SHORT or best_offer(request.headers.get("accept-encoding", ""), ("gzip",)) is None:
        return response
    response.body = zipped(content)
    response.headers["content-length"] = str(len(response.body))
    response.headers["content-encoding"] = "gzip"
    response.headers["vary"] = response.headers.get("vary", "Accept-Encoding")
    return response


def zipped(content: bytes) -> bytes:
    """By gzip, with a file name of random length in its header, which every reader passes over."""
    packed = BytesIO()
    name = "a" * secrets.randbelow(MOST_PADDING + 1)
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def _always(media: str) -> dict[str, str]:
    return {"content-type": f"{media}; charset=utf-8", "x-content-type-options": "nosniff"}
