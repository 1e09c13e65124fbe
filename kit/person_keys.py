"""Person: an identity number becomes a key that tells people apart and cannot be turned back; the number is not kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable
from functools import partial

from stdnum.cn import ric

from kit.own_secret import own_secret
from kit.settings import Settings

FILE_NAME = "person-secret"
KeyOf = Callable[[str], str]
"""What makes the key of an identity number."""
_ANY = re.compile(r"[0-9A-Z]{5,30}")
_RESIDENT = re.compile(r"\d{17}[\dX]")


def person_number(given: str) -> str:
    """The number as it is compared: capitals and digits only, whatever width, spaces, dashes or brackets it was given in."""
    return re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", given)).upper()


def is_person_number(given: str) -> bool:
    """Whether it can be one: a resident identity number (GB 11643) with its check digit, or that of another document."""
    number = person_number(given)
    if _RESIDENT.fullmatch(number):
        return bool(ric.calc_check_digit(number) == number[-1])
    return _ANY.fullmatch(number) is not None and any(sign.isdigit() for sign in number)


def person_key(secret: bytes, number: str) -> str:
    """The key of a number: HMAC-SHA256 under the hub's secret, in hexadecimal digits.

    Numbers are few enough to be tried out one by one, so a key protects only as long as the secret does.
    """
    return hmac.new(secret, person_number(number).encode(), hashlib.sha256).hexdigest()


def keys_of(settings: Settings) -> KeyOf:
    """The hub's own keys: under HUB_PERSON_SECRET, or a secret in a file of its home, made at first use."""
    secret = settings.person_secret or own_secret(settings.home, FILE_NAME)
    return partial(person_key, secret.encode())
