"""The forms of alliances: what it takes to enter and to find them."""

from __future__ import annotations

from contracts.alliances.registry.alliances import AllianceKind
from contracts.forms import Input, Page, choice, day, person, region, searched, text


class FoundAlliance(Input):
    """Register an alliance. For the hub office and the office of the province that leads it."""

    kind = choice(AllianceKind, says="What the alliance is for.")
    region = region(required=False, says="The province that leads it, if one does.")
    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    industry = text(max=100, required=False, says="The industry it works for, in the organisers' words.")
    founded_on = day(required=False, says="The day on which it was founded.")
    secretariat = person(required=False, says="The first person of its secretariat.")


class Alliances(Page):
    """Every alliance, in the order of registration. Public."""

    kind = choice(AllianceKind, required=False, says="Only alliances of this kind.")
    region = region(required=False, says="Only those led from this region.")
    search = searched()
