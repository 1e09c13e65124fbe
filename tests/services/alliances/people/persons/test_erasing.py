"""Erasing: a record goes at once where nobody needs the name, else on its day; nothing but ids is left. And what is exported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub, representative

NAME = "欧阳修远"
KEPT = timedelta(days=1095)


def registered(hub: AlliancesHub, school: dict[str, Any], account: str = "ann") -> str:
    said = {"organization_id": school["id"], "name_zh": NAME, "name_en": "Ouyang Xiuyuan"}
    return str(hub.ask("register_person", **said, account=account)["id"])


def held_and_lost(hub: AlliancesHub, school: dict[str, Any], person: str = "ann") -> None:
    scope = {"role": Role.REPRESENTATIVE, "scope_type": "organization", "scope_id": school["id"]}
    hub.ask("grant_role", person=person, **scope)
    hub.ask("revoke_role", person=person, **scope)


def is_held(hub: AlliancesHub) -> bool:
    """Whether the name stands in any table, message or journal."""
    return NAME in repr(hub.contents()) or NAME in repr(hub.said())


def test_who_never_held_a_role_is_erased_at_once_and_leaves_no_name(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = registered(alliances, school)
    double = alliances.ask("register_person", organization_id=school["id"], name_zh=NAME, account="ann-2", main=False)
    alliances.ask("merge_persons", person_id=person, duplicate_id=double["id"])
    assert is_held(alliances)

    alliances.ask("erase_person", "ann-2", person_id=person)

    assert not is_held(alliances)
    assert alliances.ask("person_names", SOMEBODY, accounts=["ann", "ann-2"]) == []
    assert alliances.ask("people", organization_id=school["id"])["nodes"] == []
    with alliances.refuses("NOT_FOUND", "personId"):
        alliances.ask("correct_person", person_id=person, name_zh=NAME)
    assert alliances.ask("update_me", "ann", name_zh="新")["id"] != person


def test_who_held_a_role_is_known_for_a_while_and_erased_then(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = registered(alliances, school)
    held_and_lost(alliances, school)

    asked = alliances.ask("erase_person", "ann", person_id=person)
    alliances.clock.advance(KEPT - timedelta(seconds=1))
    alliances.ring()
    before = is_held(alliances)
    alliances.clock.advance(timedelta(seconds=1))
    alliances.ring()

    assert asked["erase_at"] == (NOW + KEPT).isoformat()
    assert (before, is_held(alliances)) == (True, False)


@pytest.mark.parametrize("holds_again", [True, False])
def test_who_has_had_a_role_since_stays(alliances: AlliancesHub, holds_again: bool) -> None:
    school = alliances.organization()
    person = registered(alliances, school)
    held_and_lost(alliances, school)
    alliances.ask("erase_person", "ann", person_id=person)
    alliances.clock.advance(timedelta(days=100))
    if holds_again:
        alliances.appoint("ann", Role.REPRESENTATIVE, Scope.organization(school["id"]))
    else:
        held_and_lost(alliances, school)

    alliances.clock.advance(KEPT - timedelta(days=100))
    alliances.ring()

    [seen] = alliances.ask("persons_by_id", ids=[person])
    later = (NOW + KEPT + timedelta(days=100)).isoformat()
    assert (seen["name_zh"], seen["erase_at"]) == (NAME, None if holds_again else later)


def test_an_erasure_is_undone_before_its_day(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = registered(alliances, school)
    held_and_lost(alliances, school)
    alliances.ask("erase_person", person_id=person)
    with alliances.refuses("NOTHING_CHANGED", "personId"):
        alliances.ask("erase_person", person_id=person)

    alliances.ask("keep_person", "ann", person_id=person)
    alliances.clock.advance(2 * KEPT)
    alliances.ring()

    assert is_held(alliances)
    with alliances.refuses("NOTHING_CHANGED", "personId"):
        alliances.ask("keep_person", person_id=person)


def test_who_holds_a_role_is_not_erased(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = registered(alliances, school)
    alliances.appoint("ann", Role.REPRESENTATIVE, Scope.organization(school["id"]))

    with alliances.refuses("PERSON_HOLDS_ROLES", "personId"):
        alliances.ask("erase_person", "ann", person_id=person)


def test_a_person_has_all_that_is_on_record_of_them_and_nobody_elses(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = registered(alliances, school)
    held_and_lost(alliances, school)
    alliances.ask("end_sessions", person="ann")

    document = alliances.ask("export_person", "ann", person_id=person)

    [seen] = alliances.ask("persons_by_id", "ann", ids=[person])
    assert document["records"] == [seen]
    assert document["affiliations"] == alliances.ask("affiliations_of_persons", "ann", person_ids=[person])
    [role] = document["roles"]
    assert (role["role"], role["scope_id"], len(role["grounds"])) == ("representative", school["id"], 1)
    assert [each["account"] for each in document["sessions_ended"]] == ["ann"]
    assert [each["type"] for each in document["history"]] == [
        "alliances.person_registered",
        "alliances.person_called",
        "alliances.person_affiliated",
    ]
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("export_person", OFFICE, person_id=person)
    for viewer, code in {
        representative(school): "NOT_ALLOWED",
        SOMEBODY: "NOT_ALLOWED",
        VISITOR: "SIGN_IN_REQUIRED",
    }.items():
        for method in ("export_person", "erase_person", "keep_person"):
            with alliances.refuses(code):
                alliances.ask(method, viewer, person_id=person)
