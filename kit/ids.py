"""Ids: global, opaque, and in the order of their making (UUID version 7, RFC 9562)."""

import re
from datetime import datetime

import uuid_utils

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id() -> str:
    """A fresh id as 36 characters."""
    return str(uuid_utils.uuid7())


def first_id(moment: datetime) -> str:
    """An id below every one that is made from this moment on: where to begin reading what was made since."""
    milliseconds = f"{int(moment.timestamp() * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}-0000-0000-000000000000"


def is_id(text: object) -> bool:
    """Whether this is an id in the form in which we write them."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None
