"""Storable: whether a text from outside can be kept; PostgreSQL holds neither NUL nor half of a surrogate pair."""

from __future__ import annotations

import re

_STORABLE = re.compile(r"[^\x00\ud800-\udfff]*")


def storable(text: str) -> bool:
    return bool(_STORABLE.fullmatch(text))
