"""The forms of alliances: what it takes to enter, to change and to find them."""

from __future__ import annotations

from contracts.alliances.registry.alliances import AllianceKind, AllianceLevel, AllianceStage
from contracts.alliances.registry.fields import web_address
from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import (
    MOST_ASKED,
    Input,
    choice,
    day,
    identifier,
    listing,
    nested,
    person,
    region,
    searched,
    text,
)


class FoundAlliance(Input):
    """Register an alliance. For the hub office and the office of the province that leads it."""

    kind = choice(AllianceKind, says="What the alliance is for.")
    regions = listing(region(), max=40, required=False, says="The regions that it reaches over. GB/T 2260 codes.")
    region = region(required=False, says="The province that leads it, if one does.")
    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    industry = text(max=100, required=False, says="The industry it works for, in the organisers' words.")
    founded_on = day(required=False, says="The day on which it was founded.")
    level = choice(AllianceLevel, required=False, says="How far it reaches.")
    secretariat = person(required=False, says="The first person of its secretariat.")


class _Alliance(Input):
    alliance_id = identifier("Alliance", says="The alliance.")


class _Reasoned(_Alliance):
    reason = text(lines=True, max=500, says="Why; those concerned read it.")


class ChangeAlliance(_Alliance):
    """Put right what is entered of an alliance; what is left out stays, an empty value goes.

    For its secretariat, the office of the province that leads it, and the hub office; its region is moved by the offices of
    both provinces. A name that was right until some day is left by `renameAlliance` instead.
    """

    kind = choice(AllianceKind, required=False, says="What it is really for.")
    regions = listing(region(), max=40, required=False, says="All regions that it reaches over. GB/T 2260 codes.")
    region = region(required=False, says="The province that leads it, if one does.")
    name_zh = text(max=100, required=False, says="Its name in Chinese, as it should have been entered.")
    name_en = text(max=200, required=False, says="Its name in English, as it should have been entered.")
    industry = text(max=100, required=False, says="The industry it works for, in the organisers' words.")
    founded_on = day(required=False, says="The day on which it was founded.")
    level = choice(AllianceLevel, required=False, says="How far it reaches.")
    website = web_address(required=False, says="The address of its website.")
    text_zh = text(lines=True, max=2000, required=False, says="Its introduction in Chinese.")
    text_en = text(lines=True, max=4000, required=False, says="Its introduction in English.")
    reason = text(lines=True, max=500, required=False, says="Why; needed for all but website and introduction.")


class RenameAlliance(_Reasoned):
    """Enter that an alliance has other names from a day on, past or to come; former names are kept.

    Given again for the same day it corrects the names of that day. For its secretariat and the offices.
    """

    name_zh = text(max=100, says="Its name in Chinese from that day on.")
    name_en = text(max=200, says="Its name in English from that day on.")
    since = day(says="The first day of these names, in China.")


class WithdrawAllianceName(_Reasoned):
    """Strike out names that an alliance never had, or will not have. For its secretariat and the offices."""

    since = day(says="The first day of the names.")


class MoveAllianceStage(_Reasoned):
    """Enter that an alliance has come to another stage, onward or back; its members are told.

    One that is dissolved takes no new members, and its name is free again. For its secretariat and the offices.
    """

    stage = choice(AllianceStage, says="The stage to which it has come.")
    on = day(says="Since which day, today or earlier, in China.")


class LinkAlliance(_Reasoned):
    """Enter that an alliance belongs to another, or to none any more. For whoever acts for both, and the offices."""

    parent_id = identifier("Alliance", required=False, says="The alliance that it belongs to; none, if left out.")


class ActionsOnAlliances(Input):
    """What the viewer can do about several alliances."""

    alliance_ids = listing(identifier(), min=1, max=100)


class HistoryOfAlliances(Browsed):
    """What was done to several alliances, step by step. For their secretariats and province offices."""

    alliance_ids = listing(identifier(), min=1, max=100)


class AllianceHistory(Browsed):
    """Every change of the entry of an alliance, the oldest first. For its secretariat and the offices."""

    alliance_id = identifier("Alliance", says="The alliance.")


class NamesOfAlliances(Input):
    """The official names of several alliances, the oldest first."""

    alliance_ids = listing(identifier(), min=1, max=100)


class AllianceNameOn(_Alliance):
    """What an alliance was called on a day."""

    day = day(says="The day in China, past or to come.")


class AllianceNamesOn(Input):
    """What several alliances were called, each on a day."""

    asked = listing(nested(AllianceNameOn), min=1, max=MOST_ASKED)


class Alliances(Browsed):
    """Every alliance, in the order of registration. Public."""

    kind = choice(AllianceKind, required=False, says="Only alliances of this kind.")
    region = region(required=False, says="Only those led from this region.")
    stage = choice(AllianceStage, required=False, says="Only alliances at this stage.")
    parent_id = identifier("Alliance", required=False, says="Only those that belong to this alliance.")
    search = searched()
    order_by = ordered(ByAge, named=True)
