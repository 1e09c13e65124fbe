"""Media: the media type and the language that a request likes best, remembered by header (RFC 9110, section 12.5)."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from gateway.locale import Locale, negotiate
from gateway.remembered import Remembered

MOST_WISHES = 32  # browsers send fewer than ten
REMEMBERED = {"entries": 512, "longest": 200, "total": 65_536}  # browsers send some 80 characters, few kinds of them


def _best_offer(accept: str, offers: tuple[str, ...]) -> str | None:
    """The offer of the highest quality, of equals the one named first; `*/*` is the first offer. None: nothing fits."""
    for wish in _wishes(accept):
        for offer in offers:
            if wish in (offer, "*/*", offer.partition("/")[0] + "/*"):
                return offer
    return None


def locale_of(connection: HTTPConnection) -> Locale:
    """The language of whoever has said no more than an Accept-Language header."""
    return _negotiated(connection.headers.get("accept-language"))


def _negotiate(accept_language: str | None) -> Locale:
    return negotiate(accept_language, None)


def _wishes(accept: str) -> list[str]:
    """The media ranges of an Accept header, best first, without those of quality zero."""
    weighed = [_weighed(entry) for entry in accept.split(",")[:MOST_WISHES]]
    return [wish for wish, quality in sorted(weighed, key=lambda pair: -pair[1]) if wish and quality > 0]


def _weighed(entry: str) -> tuple[str, float]:
    wish, *parameters = (part.strip().lower() for part in entry.split(";"))
    return wish, next((_quality(each[2:]) for each in parameters if each.startswith("q=")), 1.0)


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


best_offer = Remembered(_best_offer, **REMEMBERED)
_negotiated = Remembered(_negotiate, **REMEMBERED)
