"""The forms of persons: registering them, correcting what is said of them, and their affiliations."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, Nothing, day, flag, identifier, listing, person, searched, text


class _Name(Input):
    name_zh = text(max=100, says="Their name as they write it; for most in Chinese.")
    name_en = text(max=100, required=False, says="Their name in Latin letters.")


class _Position(Input):
    position = text(max=100, required=False, says="What they are there, as 校长 or Dean.")
    department = text(max=100, required=False, says="The department that they work in.")


class RegisterPerson(_Name, _Position):
    """Keep a record of a person who works for an organisation. For its representatives,
    the office of its province, and secretariats.
    """

    organization_id = identifier("Organization", says="The organisation that they work for.")
    account = person(required=False, says="Their account, if they have one.")
    since = day(required=False, says="Since when they work there; today where it is left out.")
    main = flag(required=False, says="Whether this is their main affiliation; it is where this is left out.")


class CorrectPerson(_Name):
    """Correct the name of a person, or add their account. For the person, and those who act for an organisation of theirs."""

    person_id = identifier("Person", says="The person.")
    account = person(required=False, says="Their account, where none is on record yet.")


class UpdateMe(_Name):
    """Say or correct one's own name; others see it where they see one's account."""


class AffiliatePerson(_Position):
    """Say that a person works for an organisation. For its representatives and the office of its province."""

    person_id = identifier("Person", says="The person.")
    organization_id = identifier("Organization", says="The organisation.")
    since = day(says="The first day.")
    until = day(required=False, says="The last day, if it is known.")
    main = flag(
        required=False, says="Whether it is their main affiliation on these days; it is not where this is left out."
    )


class CorrectAffiliation(_Position):
    """Correct an affiliation, or end it; what is left out is empty. For those who act for the organisation."""

    affiliation_id = identifier("Affiliation", says="The affiliation.")
    since = day(says="The first day.")
    until = day(required=False, says="The last day, if it is known.")
    main = flag(
        required=False, says="Whether it is their main affiliation on these days; it is not where this is left out."
    )


class MergePersons(Input):
    """Say that two records are of one person; what is shown of the duplicate is the other's from now on. For the hub office."""

    person_id = identifier("Person", says="The record that stays.")
    duplicate_id = identifier("Person", says="The record that is the same person.")


class UnmergePersons(Input):
    """Say that a record that was merged is of another person after all. For the hub office."""

    duplicate_id = identifier("Person", says="The record that was merged into another.")


class _OnePerson(Input):
    person_id = identifier("Person", says="The person.")


class ErasePerson(_OnePerson):
    """Erase what is on record of a person, at once or when it is no longer needed. For the person and the hub office."""


class KeepPerson(_OnePerson):
    """Let a record that is to be erased stay after all. For the person and the hub office."""


class ExportPerson(_OnePerson):
    """What is on record of oneself here: names, affiliations, roles, sessions; `askPersonExport` gives all that the hub holds."""


class People(Browsed):
    """Who works for an organisation today. For those who act for it."""

    organization_id = identifier("Organization", says="The organisation.")
    search = searched()
    order_by = ordered(ByAge)


class Me(Nothing):
    """The record that the hub keeps of the viewer; null where there is none."""


class PersonNames(Input):
    """The names of those persons whose accounts these are, for who is signed in and has seen the accounts."""

    accounts = listing(person(), min=1, max=100)


class AffiliationsOfPersons(Input):
    """The affiliations of several persons."""

    person_ids = listing(identifier(), min=1, max=100)
