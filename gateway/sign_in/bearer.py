"""Bearer: the token in an Authorization header, read strictly (RFC 6750 section 2.1)."""

from __future__ import annotations

import re

from gateway.viewer import InvalidToken

_CREDENTIALS = re.compile(r"bearer +([A-Za-z0-9\-._~+/]+=*)", re.IGNORECASE)


def bearer(authorization_header: str | None) -> str | None:
    """The token; None when the header is absent, which alone makes a caller anonymous.

    Raises InvalidToken for anything else (another scheme, no token, two tokens): whoever shows credentials is not
    answered as if they had shown none.
    """
    if authorization_header is None:
        return None
    found = _CREDENTIALS.fullmatch(authorization_header)
    if found is None:
        raise InvalidToken("malformed")
    return found[1]
