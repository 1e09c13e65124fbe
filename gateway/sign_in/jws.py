"""JWS: the rules that every token has to satisfy, whoever signed it (RFC 7519, RFC 8725)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from contracts.ids import is_reserved
from gateway.viewer import Identity, InvalidToken, Reason

LONGEST_TOKEN = 8_192  # characters; a token of an institution's own issuer has about 1,000
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
LEEWAY = timedelta(seconds=30)
LONGEST_AGE = timedelta(hours=12)  # where no setting says otherwise
# signatures only: under a MAC (HS*) the public key would be the secret
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
REQUIRED_CLAIMS = ("iss", "aud", "exp", "iat", "sub")

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})  # not logout+jwt, dpop+jwt: those are no credentials
_NEVER_IN_HEADER = frozenset({"jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"})
_REASONS: Mapping[type[jwt.PyJWTError], Reason] = {
    jwt.InvalidSignatureError: "signature",
    jwt.InvalidAlgorithmError: "algorithm",
    jwt.InvalidKeyError: "key",
    jwt.InvalidIssuerError: "issuer",
    jwt.InvalidAudienceError: "audience",
    jwt.DecodeError: "malformed",
}


def key_id(token: str) -> str | None:
    """The `kid` in the token's header, None where it has none; raises InvalidToken for a form or header not taken."""
    if len(token) > LONGEST_TOKEN or not _COMPACT.fullmatch(token):
        raise InvalidToken("malformed")
    header = _header(token)
    if header.get("alg") not in ALGORITHMS:
        raise InvalidToken("algorithm")
    if _NEVER_IN_HEADER & header.keys() or str(header.get("typ", "jwt")).lower() not in _TYPES:
        raise InvalidToken("header")
    return header.get("kid")


def identity(
    token: str, key: jwt.PyJWK, *, issuer: str, audience: str, now: datetime, longest: timedelta = LONGEST_AGE
) -> Identity:
    """Whom the token stands for, once signature and claims hold; raises InvalidToken. `longest` is how long one may live.

    Algorithm and key come from `key`, never from the token. Times are compared here, since they come from our clock.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            issuer=issuer,
            audience=audience,
            options={
                "require": list(REQUIRED_CLAIMS),
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "enforce_minimum_key_length": True,
            },
        )
    except jwt.PyJWTError as error:
        raise InvalidToken(_REASONS.get(type(error), "claims")) from None
    issued, expires = _in_its_time(claims, now, longest)
    return Identity(
        id=_subject(claims),
        name=_text(claims, "name"),
        email=None if claims.get("email_verified") is False else _text(claims, "email"),
        locale=_text(claims, "locale"),
        expires_at=expires,
        issued_at=issued,
        client=_text(claims, "client_id") or _text(claims, "azp"),  # RFC 9068; OpenID Connect Core 1.0
    )


def _header(token: str) -> dict[str, Any]:
    header, _, _ = token.partition(".")
    try:
        # empty payload and signature, so that a long token costs no more than its header before its key is known
        return jwt.get_unverified_header(f"{header}..")
    except jwt.PyJWTError:
        raise InvalidToken("malformed") from None


def _in_its_time(claims: Mapping[str, Any], now: datetime, longest: timedelta) -> tuple[datetime, datetime]:
    """From when until when it lives."""
    issued, expires = _moment(claims["iat"]), _moment(claims["exp"])
    if issued >= expires:
        raise InvalidToken("claims")
    if max(issued, _moment(claims.get("nbf", 0))) > now + LEEWAY:
        raise InvalidToken("not_yet")
    if expires <= now - LEEWAY:
        raise InvalidToken("expired")
    if expires - issued > longest or now - issued > longest + LEEWAY:
        raise InvalidToken("too_old")
    return issued, expires


def _moment(seconds: object) -> datetime:
    if type(seconds) not in (int, float):  # bool is an int, and "1" is no number
        raise InvalidToken("claims")
    try:
        return datetime.fromtimestamp(seconds, UTC)  # type: ignore[arg-type]
    except (ValueError, OverflowError, OSError):
        raise InvalidToken("claims") from None


def _subject(claims: Mapping[str, Any]) -> str:
    subject = _text(claims, "sub")
    if subject is None or len(subject) > LONGEST_SUBJECT or is_reserved(subject):
        raise InvalidToken("claims")
    return subject


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and value.strip() and value.isprintable() else None
