"""How persons and affiliations look from outside, to those who may know of them."""

from __future__ import annotations

from typing import Any

from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.people.persons.queries import OfPerson


def person_view(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name_zh": person.name_zh,
        "name_en": person.name_en,
        "account": person.account,
        "named_by_themselves": person.named_at is not None,
        "merged_into_id": person.merged_into,
        "created_at": person.created_at,
        "erase_at": person.erase_at,
    }


def affiliation_view(affiliation: Affiliation, person_id: str) -> dict[str, Any]:
    """`person_id` is that of the record that stays."""
    return {
        "id": affiliation.id,
        "person_id": person_id,
        "organization_id": affiliation.organization_id,
        "position": affiliation.position,
        "department": affiliation.department,
        "since": affiliation.since,
        "until": affiliation.until,
        "main": affiliation.main,
    }


def of_person_view(found: OfPerson) -> dict[str, Any]:
    return affiliation_view(*found)
