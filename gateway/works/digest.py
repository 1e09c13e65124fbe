"""Digest: the SHA-256 that a sender says a body has (RFC 9530), in fields with the syntax of RFC 8941 dictionaries."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from contracts.uploads import DigestRequired

FIELDS = ("content-digest", "repr-digest")
LONGEST = 1_000  # characters; a digest of every registered algorithm takes fewer
_SHA_256 = re.compile(r"[ \t]*sha-256=:([A-Za-z0-9+/]{43}=):[ \t]*")


def digests_of(headers: Mapping[str, str]) -> set[bytes]:
    """What SHA-256 the body is said to have, by one field or both; refuses with DigestRequired where none says it.

    Other algorithms are passed over. A body that is not compressed has the same digest as content and as representation.
    """
    found = {digest for field in FIELDS for digest in _sha_256_in(headers.get(field, ""))}
    if not found:
        raise DigestRequired
    return found


def _sha_256_in(field: str) -> list[bytes]:
    members = field.split(",") if len(field) <= LONGEST else []
    return [base64.b64decode(found[1]) for member in members if (found := _SHA_256.fullmatch(member))]
