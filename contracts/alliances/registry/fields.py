"""Fields of the registry: codes and addresses that only organisations and alliances have."""

from __future__ import annotations

from marshmallow import fields

from contracts.forms import verbatim


def country(*, says: str = "", required: bool = True) -> fields.String:
    """The code of a country or territory (ISO 3166-1)."""
    return verbatim(says=f"{says} ISO 3166-1 code, two letters.", pattern=r"[A-Z]{2}\Z", required=required)


def school_code(*, says: str = "", required: bool = True) -> fields.String:
    """The code of a school or university (学校标识码)."""
    return verbatim(says=f"{says} Ten digits.", pattern=r"[0-9]{10}\Z", required=required)


def web_address(*, says: str = "", required: bool = True) -> fields.String:
    """The address of a page that anybody can open."""
    return verbatim(says=f"{says} It begins with https:// or http://.", pattern=r"https?://[!-~]+\Z", required=required)
