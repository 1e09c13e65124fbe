"""Bearer: the token in an Authorization header, read strictly (RFC 6750 section 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

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


def bearer_in(payload: Mapping[str, Any]) -> str | None:
    """The token in the payload of a connection_init, {"Authorization": "Bearer …"}; raises InvalidToken as `bearer` does.

    A page that has nobody signed in may send null.
    """
    given = [value for name, value in payload.items() if name.lower() == "authorization" and value is not None]
    if not all(isinstance(value, str) for value in given):
        raise InvalidToken("malformed")
    return bearer(",".join(given)) if given else None
