"""The forms of the registry: what it takes to enter and to find organisations and alliances."""

from __future__ import annotations

from contracts.alliances.registry import AllianceKind, OrganizationKind
from contracts.forms import Input, Page, choice, day, listing, person, region, text


class RegisterOrganization(Input):
    """Register an organisation. For the hub office and the office of its province."""

    kind = choice(OrganizationKind, says="What the organisation is.")
    region = region(says="Where it has its seat.")
    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    credit_code = text(
        max=30, required=False, says="Its unified social credit code (GB 32100-2015); the check digit is checked."
    )
    aliases = listing(
        text(max=100), max=20, required=False, says="Other names that documents use for it, such as short forms."
    )
    representative = person(required=False, says="The person who will represent it.")


class FoundAlliance(Input):
    """Register an alliance. For the hub office and the office of the province that leads it."""

    kind = choice(AllianceKind, says="What the alliance is for.")
    region = region(required=False, says="The province that leads it, if one does.")
    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    industry = text(max=100, required=False, says="The industry it works for, in the organisers' words.")
    founded_on = day(required=False, says="The day on which it was founded.")
    secretariat = person(required=False, says="The first person of its secretariat.")


class Organizations(Page):
    """Every organisation, in the order of registration. Public."""

    kind = choice(OrganizationKind, required=False, says="Only organisations of this kind.")
    region = region(required=False, says="Only those in this region or inside it.")
    name = text(max=100, required=False, says="Only those with a name or alias that begins like this.")


class Alliances(Page):
    """Every alliance, in the order of registration. Public."""

    kind = choice(AllianceKind, required=False, says="Only alliances of this kind.")
    region = region(required=False, says="Only those led from this region.")
