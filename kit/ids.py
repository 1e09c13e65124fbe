"""Ids: made here, global, opaque, and in the order of their making (UUID version 7, RFC 9562)."""

from datetime import datetime

import uuid_utils


def new_id() -> str:
    """A fresh id as 36 characters."""
    return str(uuid_utils.uuid7())


def first_id(moment: datetime) -> str:
    """An id below every one that is made from this moment on: where to begin reading what was made since."""
    milliseconds = f"{int(moment.timestamp() * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}-0000-0000-000000000000"
