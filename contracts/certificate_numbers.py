"""Certificate numbers: readable, with a check character, and so that nobody can guess one: 2026-YRD-7K3M-9QX2-H4TC.

The year, the letters that the rules give, then eleven random characters (55 bits) and the check character over all that
stands before it (ISO 7064, Mod 37,36). The random part has none of I, L, O and U, which people confuse (Crockford's base 32).
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST = 60  # characters that anybody could mean as a number, with all their spaces and dashes
STATUS_LIST_LENGTH = 131_072
"""Bits of a status list: the least that W3C Bitstring Status List allows, so that one of many is meant; one list an edition."""
OF_MEMBERSHIP = "MEM"
"""The letters of certificates of membership; those of awards are their rules' to choose."""
_RANDOM = 11
_NUMBER = re.compile(r"([0-9]{4})([A-Z]{2,6})([0-9A-Z]{12})", re.ASCII)
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_number(year: int, letters: str) -> str:
    """A fresh number; `letters` are two to six capital letters."""
    while True:
        body = f"{year:04}{letters}{''.join(secrets.choice(ALPHABET) for _ in range(_RANDOM))}"
        check = mod_37_36.calc_check_digit(body)
        if check in ALPHABET:
            return _written(body + check)


def read_number(text: str) -> str | None:
    """The number that somebody means: in any case, spacing or width of letters; None where it can be none."""
    if len(text) > LONGEST:
        return None
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text).upper())
    parts = _NUMBER.fullmatch(plain)
    if parts is None:
        return None
    meant = parts[1] + parts[2] + parts[3].translate(_MEANT)
    return _written(meant) if mod_37_36.is_valid(meant) else None


def letters_of(number: str) -> str:
    """The letters of a number that was read."""
    return number.split("-")[1]


def _written(plain: str) -> str:
    year, letters, random = plain[:4], plain[4:-12], plain[-12:]
    return "-".join((year, letters, random[:4], random[4:8], random[8:]))
