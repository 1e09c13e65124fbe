"""Person: an identity number becomes a key that tells people apart and cannot be turned back; the number is not kept."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import partial

from contracts.person_numbers import person_number
from kit.own_secret import own_secret
from kit.settings import Settings

FILE_NAME = "person-secret"
KeyOf = Callable[[str], str]
"""What makes the key of an identity number."""


def person_key(secret: bytes, number: str) -> str:
    """The key of a number: HMAC-SHA256 under the hub's secret, in hexadecimal digits.

    Numbers are few enough to be tried out one by one, so a key protects only as long as the secret does.
    """
    return hmac.new(secret, person_number(number).encode(), hashlib.sha256).hexdigest()


def keys_of(settings: Settings) -> KeyOf:
    """The hub's own keys: under HUB_PERSON_SECRET, or a secret in a file of its home, made at first use."""
    secret = settings.person_secret or own_secret(settings.home, FILE_NAME)
    return partial(person_key, secret.encode())
