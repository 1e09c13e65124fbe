"""Guarding: what a page may load, which pages may send its forms, and where it may lead on to."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",  # with no-referrer, browsers would name no origin with our own forms
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
    "vary": "Cookie, Accept-Language",
}
LONGEST_PATH = 2_000


def is_our_form(request: Request, origin: str) -> bool:
    """Whether a page of ours sent this: browsers name the origin with every form. `origin` is that of the published address.

    Whoever comes under another name that leads here (a number, say) is at home under that one.
    """
    named = request.headers.get("origin")
    scheme = urlsplit(origin).scheme
    if named is not None:
        return named in (origin, f"{scheme}://{request.headers.get('host', '')}")
    return request.headers.get("sec-fetch-site") == "same-origin"


def local(address: str, otherwise: str = "/") -> str:
    """The address if it is a path of our own, which no browser takes for another host; else `otherwise`."""
    plain = all("!" <= letter <= "~" and letter != "\\" for letter in address)
    ours = address.startswith("/") and not address.startswith("//")
    return address if plain and ours and len(address) <= LONGEST_PATH else otherwise
