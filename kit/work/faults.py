"""Faults: why a try failed, in a few words that name nobody: the kind of fault, never what it says in its own words."""

from __future__ import annotations

import re

OTHER = "other"
_OURS = re.compile(r"[A-Za-z0-9_.,; '-]{1,100}\Z")


def fault_of(error: str | None) -> str:
    """What stands in an error before its colon: the class of an exception, a mail server's code, or words of the hub's own.

    What an exception says behind it may hold an address or a name, and is for the log and for the machine alone.
    """
    kind = (error or "").partition(":")[0]
    return kind if _OURS.match(kind) else OTHER
