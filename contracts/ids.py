"""Ids: the form in which every id of the hub is written (UUID, RFC 9562)."""

import re
import unicodedata

RESERVED = "system:"
"""How the subjects begin under which the hub itself acts: nobody's token may name one, and no role is given to one."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_id(text: object) -> bool:
    """Whether this is an id in the form in which we write them."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def is_reserved(subject: str) -> bool:
    """Whether a subject is kept for the hub itself, in whatever letters it is written."""
    return unicodedata.normalize("NFKC", subject).casefold().startswith(RESERVED)
