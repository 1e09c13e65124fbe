"""The forms of how an edition presents itself."""

from __future__ import annotations

from contracts.forms import Input, identifier, listing, nested, region, text, verbatim

LONGEST_INTRODUCTION = 20_000


class NewContact(Input):
    """The office that answers questions; private numbers and addresses have no place here."""

    office_zh = text(max=100, says="What the office is called in Chinese.")
    office_en = text(max=200, says="What it is called in English.")
    telephone = verbatim(
        required=False, max=40, pattern=r"[0-9+() /-]{5,40}\Z", says="Its telephone, with the area code."
    )
    email = verbatim(
        required=False, max=254, pattern=r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+\Z", says="Its address for e-mail."
    )


class NewVenue(Input):
    """Where it is held."""

    name_zh = text(max=100, says="What the place is called in Chinese.")
    name_en = text(max=200, says="What it is called in English.")
    address = text(max=300, says="Its address.")
    region = region(says="Where it lies.")


class PresentCompetition(Input):
    """Say how a competition presents itself: what is given replaces what it had, what is left out stays.

    A published one wants a reason. Who has entered, delegations and judges are told if its venue moves. For its organisers.
    """

    competition_id = identifier("Competition", says="The competition.")
    introduction_zh = text(lines=True, max=LONGEST_INTRODUCTION, required=False, says="Its introduction in Chinese.")
    introduction_en = text(lines=True, max=LONGEST_INTRODUCTION, required=False, says="Its introduction in English.")
    contact = nested(NewContact, required=False, says="The office that answers questions.")
    venue = nested(NewVenue, required=False, says="Where it is held.")
    reason = text(
        lines=True, max=500, required=False, says="Why, in words for those who are told; for a published one."
    )


class Presentations(Input):
    """How several competitions present themselves."""

    competition_ids = listing(identifier(), min=1, max=100)
