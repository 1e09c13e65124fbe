"""The forms of organisations: what it takes to enter, to change and to find them."""

from __future__ import annotations

from contracts.alliances.registry.fields import country, school_code, web_address
from contracts.alliances.registry.organizations import OrganizationKind
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


class RegisterOrganization(Input):
    """Register an organisation. For the hub office and the office of its province."""

    kind = choice(OrganizationKind, says="What the organisation is.")
    either = (("region", "country"),)
    region = region(required=False, says="Where it has its seat; given, unless it is overseas.")
    country = country(required=False, says="The country or territory of a body overseas, in place of the region.")
    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")
    credit_code = text(
        max=30, required=False, says="Its unified social credit code (GB 32100-2015); the check digit is checked."
    )
    aliases = listing(
        text(max=100), max=20, required=False, says="Other names that documents use for it, such as short forms."
    )
    school_code = school_code(required=False, says="Its school code (学校标识码).")
    website = web_address(required=False, says="The address of its website.")
    representative = person(required=False, says="The person who will represent it.")


class _Organization(Input):
    organization_id = identifier("Organization", says="The organisation.")


class _Reasoned(_Organization):
    reason = text(lines=True, max=500, says="Why; those concerned read it.")


class ChangeOrganization(_Organization):
    """Put right what is entered of an organisation; what is left out stays, an empty value goes.

    For the hub office and the office of its province; website and introduction also for its representatives. A name that
    was right until some day is left by `renameOrganization` instead.
    """

    kind = choice(OrganizationKind, required=False, says="What it really is.")
    name_zh = text(max=100, required=False, says="Its name in Chinese, as it should have been entered.")
    name_en = text(max=200, required=False, says="Its name in English, as it should have been entered.")
    credit_code = text(max=30, required=False, says="Its unified social credit code (GB 32100-2015).")
    school_code = school_code(required=False, says="Its school code (学校标识码).")
    aliases = listing(
        text(max=100), max=20, required=False, says="All of its other names; former names stay by themselves."
    )
    website = web_address(required=False, says="The address of its website.")
    text_zh = text(lines=True, max=2000, required=False, says="Its introduction in Chinese.")
    text_en = text(lines=True, max=4000, required=False, says="Its introduction in English.")
    reason = text(lines=True, max=500, required=False, says="Why; needed for all but website and introduction.")


class RenameOrganization(_Reasoned):
    """Enter that an organisation has other names from a day on, past or to come; former names are kept and found.

    Given again for the same day it corrects the names of that day. For the hub office and the office of its province.
    """

    name_zh = text(max=100, says="Its name in Chinese from that day on.")
    name_en = text(max=200, says="Its name in English from that day on.")
    since = day(says="The first day of these names, in China.")


class WithdrawOrganizationName(_Reasoned):
    """Strike out names that an organisation never had, or will not have. For the hub office and the office of its province."""

    since = day(says="The first day of the names.")


class MoveOrganization(_Reasoned):
    """Enter that an organisation has its seat elsewhere, or will from a day to come on.

    For the offices of both provinces, and the hub office.
    """

    either = (("region", "country"),)
    region = region(required=False, says="Where it has its seat now; given, unless it is overseas.")
    country = country(required=False, says="The country or territory of a body overseas, in place of the region.")
    since = day(required=False, says="Since when, if that is known; on a day to come it moves by itself.")


class WithdrawOrganizationMove(_Reasoned):
    """Enter that an organisation which was to move stays where it is. For the hub office and the office of its province."""


class PlannedMovesOfOrganizations(Input):
    """Where several organisations will have their seat, of those that will move."""

    organization_ids = listing(identifier(), min=1, max=100)


class RetireOrganization(_Reasoned):
    """Enter that an organisation is closed, today, earlier or on a day to come; its record stays, its name is free again.

    For the hub office and the office of its province.
    """

    on = day(says="Its last day, in China.")


class ReopenOrganization(_Reasoned):
    """Enter that an organisation goes on after all. For the hub office and the office of its province."""


class OrganizationHistory(Browsed):
    """Every change of the entry of an organisation, the oldest first. For its representatives and the offices."""

    organization_id = identifier("Organization", says="The organisation.")


class NamesOfOrganizations(Input):
    """The official names of several organisations, the oldest first."""

    organization_ids = listing(identifier(), min=1, max=100)


class OrganizationNameOn(_Organization):
    """What an organisation was called on a day."""

    day = day(says="The day in China, past or to come.")


class OrganizationNamesOn(Input):
    """What several organisations were called, each on a day."""

    asked = listing(nested(OrganizationNameOn), min=1, max=MOST_ASKED)


class HistoryOfOrganizations(Browsed):
    """What was done to several organisations, step by step. For those who speak for them."""

    organization_ids = listing(identifier(), min=1, max=100)


class ActionsOnOrganizations(Input):
    """What the viewer can do about several organisations."""

    organization_ids = listing(identifier(), min=1, max=100)


class Organizations(Browsed):
    """Every organisation, by when it was registered. Public."""

    kind = choice(OrganizationKind, required=False, says="Only organisations of this kind.")
    region = region(required=False, says="Only those in this region or inside it.")
    name = text(
        max=100,
        required=False,
        says="Only those with a name or alias that begins exactly like this; `search` finds more.",
    )
    search = searched()
    superior_id = identifier("Organization", required=False, says="Only those that stand directly below this one.")
    order_by = ordered(ByAge, named=True)
