"""Ids: the form in which every id of the hub is written (UUID, RFC 9562)."""

import re

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_id(text: object) -> bool:
    """Whether this is an id in the form in which we write them."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None
