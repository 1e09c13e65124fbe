"""Person numbers: how an identity number is compared, and whether it can be one."""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import ric

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
