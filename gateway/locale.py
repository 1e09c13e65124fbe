"""Locale: the language in which a caller is answered, out of those that we have (RFC 9110 12.5.4, RFC 4647 lookup)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

Locale = Literal["zh-CN", "en"]

DEFAULT: Locale = "zh-CN"
LONGEST_HEADER = 1_000  # characters; browsers send fewer than 100
LONGEST_TAG = 35  # characters, RFC 5646 section 4.4.1

_OFFERED: Mapping[str, Locale] = {"zh-cn": "zh-CN", "zh": "zh-CN", "en": "en"}
_RANGE = re.compile(
    r"[ \t]*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?[ \t]*"
)


def negotiate(accept_language: str | None, preferred: str | None) -> Locale:
    """The person's own preference (a language tag) where we have it, else the best of the header, else zh-CN.

    Every kind of Chinese is answered in zh-CN and every kind of English in en. What is malformed in the header is
    passed over; a header of unreasonable length is passed over whole.
    """
    return _own(preferred or "") or _best(accept_language or "") or DEFAULT


def _own(preferred: str) -> Locale | None:
    if len(preferred) > LONGEST_TAG or preferred == "*":
        return None
    # some issuers write zh_CN (OpenID Connect Core 1.0, section 5.1)
    return _lookup(preferred.replace("_", "-").lower(), _OFFERED)


def _best(header: str) -> Locale | None:
    ranges = list(_ranges(header)) if len(header) <= LONGEST_HEADER else []
    refused = tuple(tag for tag, quality in ranges if quality == 0 and tag != "*")
    offered = {tag: locale for tag, locale in _OFFERED.items() if not _covered(tag, refused)}
    wanted = sorted((each for each in ranges if each[1] > 0), key=lambda each: -each[1])
    return next((found for tag, _ in wanted if (found := _lookup(tag, offered))), None)


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        if found := _RANGE.fullmatch(part):
            yield found[1].lower(), float(found[2] or 1)


def _covered(tag: str, ranges: tuple[str, ...]) -> bool:
    return any(tag == each or tag.startswith(f"{each}-") for each in ranges)


def _lookup(wanted: str, offered: Mapping[str, Locale]) -> Locale | None:
    """The offer for the tag or for the longest beginning of it; anything on offer for `*`."""
    if wanted == "*":
        return next(iter(offered.values()), None)
    while wanted and wanted not in offered:
        wanted = wanted.rpartition("-")[0]
    return offered.get(wanted)
