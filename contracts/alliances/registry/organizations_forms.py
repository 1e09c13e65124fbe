"""The forms of organisations: what it takes to enter and to find them."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationKind
from contracts.forms import Input, Page, choice, listing, person, region, searched, text


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


class Organizations(Page):
    """Every organisation, in the order of registration. Public."""

    kind = choice(OrganizationKind, required=False, says="Only organisations of this kind.")
    region = region(required=False, says="Only those in this region or inside it.")
    name = text(
        max=100,
        required=False,
        says="Only those with a name or alias that begins exactly like this; `search` finds more.",
    )
    search = searched()
