"""Linked: an alliance as data that search engines and other hubs read (JSON-LD, schema.org Organization)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from markupsafe import Markup

from contracts.alliances.registry.alliances import AllianceStage
from contracts.regions import region
from gateway.directory.asked import alliance_path

MEDIA_TYPE = "application/ld+json"
_AS_TEXT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}

Said = dict[str, Any]


def linked(
    alliance: Said, members: Iterable[Said], *, parent: Said | None, parts: Iterable[Said], address: str
) -> Said:
    """The alliance with the members that the page shows, each with its class and since when; what is unknown is left out."""
    dissolved = alliance["stage_since"] if alliance["stage"] == AllianceStage.DISSOLVED else None
    said = {
        "@context": "https://schema.org",
        "@type": "Organization",
        **_brief(alliance, address),
        "sameAs": alliance["website"],
        "description": _texts(alliance["text_zh"], alliance["text_en"]),
        "foundingDate": alliance["founded_on"],
        "dissolutionDate": dissolved,
        "areaServed": [_place(code) for code in alliance["regions"]],
        "parentOrganization": parent and {"@type": "Organization", **_brief(parent, address)},
        "subOrganization": [{"@type": "Organization", **_brief(part, address)} for part in parts],
        "member": [_member(member) for member in members],
    }
    return {name: value for name, value in said.items() if value}


def written(said: Said) -> bytes:
    return orjson.dumps(said)


def embedded(said: Said) -> Markup:
    """As it may stand in a page: no text in it can end the element that it stands in."""
    text = written(said).decode()
    return Markup("".join(_AS_TEXT.get(letter, letter) for letter in text))


def _brief(alliance: Said, address: str) -> Said:
    page = f"{address}{alliance_path(alliance['id'])}"
    return {"@id": page, "url": page, "name": _texts(alliance["name_zh"], alliance["name_en"])}


def _member(member: Said) -> Said:
    organization, of_class = member["organization"], member["member_class"]
    role = {
        "@type": "OrganizationRole",
        "roleName": of_class and _texts(of_class["name_zh"], of_class["name_en"]),
        "startDate": member["joined_on"],
        "member": {"@type": "Organization", "name": _texts(organization["name_zh"], organization["name_en"])},
    }
    return {name: value for name, value in role.items() if value}


def _place(code: str) -> Said:
    found = region(code)
    return {"@type": "AdministrativeArea", "name": _texts(found.name_zh, found.name_en) if found else code}


def _texts(zh: str | None, en: str | None) -> list[Said]:
    return [{"@value": text, "@language": language} for text, language in ((zh, "zh-CN"), (en, "en")) if text]
