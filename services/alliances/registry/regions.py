"""Regions: where organisations and alliances are, by GB/T 2260, or by ISO 3166-1 outside China."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression

from contracts.countries import country
from contracts.refusals import UnknownCountry, UnknownRegion
from contracts.regions import code_prefix, province_of, region
from kit.rights.right import beginning, province_code


def check_region(code: str) -> str:
    """The code itself if GB/T 2260 has it; raises UnknownRegion."""
    if region(code) is None:
        raise UnknownRegion("region", region=code)
    return code


def check_country(code: str) -> str:
    """The code itself if ISO 3166-1 has it and it is not in China; raises UnknownCountry."""
    if country(code) is None:
        raise UnknownCountry("country", country=code)
    return code


def lies_in(column: SQLColumnExpression[Any], code: str) -> ColumnElement[bool]:
    """That a region is the one of this code or lies in it: by one value, behind which an index has the rows by id."""
    if code == province_of(code):
        return province_code(column) == code
    prefix = code_prefix(code)
    return column == code if prefix == code else beginning(column, 4) == prefix
