"""Exports of a person: who may have one, that the person is told of it, and that it is theirs alone and goes in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from procedures.person_exports import sources
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub, representative
from tests.services.service_hub import eventually

ANN, NAME = "ann", "欧阳修远"


def registered(hub: AlliancesHub) -> tuple[str, dict[str, Any]]:
    school = hub.organization()
    person = hub.ask("register_person", organization_id=school["id"], name_zh=NAME, account=ANN)
    return person["id"], school


def part(hub: AlliancesHub, export: dict[str, Any], viewer: str) -> dict[str, Any] | None:
    found = hub.ask("person_parts", viewer, person_export_ids=[export["id"]])
    return found[0] if found else None


def finished(hub: AlliancesHub, export: dict[str, Any], viewer: str) -> dict[str, Any]:
    eventually(lambda: (part(hub, export, viewer) or {}).get("finished_at"), 60)
    found = part(hub, export, viewer)
    assert found is not None
    return found


def rows(hub: AlliancesHub, export: dict[str, Any], viewer: str) -> dict[str, list[dict[str, Any]]]:
    """What was gathered, by source."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number in range(1, finished(hub, export, viewer)["pieces"] + 1):
        piece = hub.ask("person_piece", viewer, person_export_id=export["id"], number=number)
        found.setdefault(piece["source"], []).extend(piece["rows"])
    return found


@pytest.mark.parametrize("a_step", [1, 3, 2000])
def test_a_person_has_all_that_is_held_of_them_and_nobody_elses(
    alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch, a_step: int
) -> None:
    monkeypatch.setattr(sources, "AT_A_TIME", a_step)
    person, school = registered(alliances)
    double = alliances.ask("register_person", organization_id=school["id"], name_zh="双", account="ann-2", main=False)
    alliances.ask("merge_persons", person_id=person, duplicate_id=double["id"])
    alliances.ask("register_person", organization_id=school["id"], name_zh="他人", account="bob", main=False)
    alliances.ask("update_me", "ann-2", name_zh=NAME, name_en="Ouyang")

    export = alliances.ask("ask_person_export", "ann-2", person_id=person)

    found = rows(alliances, export, "ann-2")
    assert {row["id"]: row["name_zh"] for row in found["records"]} == {person: NAME, double["id"]: "双"}
    assert [row["organization_id"] for row in found["affiliations"]] == [school["id"]] * 2
    assert {row["actor"] for row in found["history"]} == {"ann-2"} and "sightings" not in found
    assert "他人" not in repr(found) and "bob" not in repr(found)
    assert alliances.ask("person_exports", "ann-2")["nodes"] == [export]


def test_an_export_goes_with_the_person_whose_records_were_joined_since(alliances: AlliancesHub) -> None:
    person, school = registered(alliances)
    double = alliances.ask("register_person", organization_id=school["id"], name_zh="双", account="ann-2", main=False)
    export = alliances.ask("ask_person_export", "ann-2", person_id=double["id"])
    finished(alliances, export, "ann-2")
    alliances.ask("merge_persons", person_id=person, duplicate_id=double["id"])

    alliances.ask("erase_person", ANN, person_id=person)

    eventually(lambda: part(alliances, export, "ann-2") is None, 60)


def test_whoever_else_asks_says_why_and_the_person_is_told(alliances: AlliancesHub) -> None:
    person, school = registered(alliances)
    for viewer, code in {
        representative(school): "NOT_ALLOWED",
        SOMEBODY: "NOT_ALLOWED",
        VISITOR: "SIGN_IN_REQUIRED",
    }.items():
        with alliances.refuses(code):
            alliances.ask("ask_person_export", viewer, person_id=person, purpose="想看")
    with alliances.refuses("PURPOSE_REQUIRED", "purpose"):
        alliances.ask("ask_person_export", person_id=person)

    export = alliances.ask("ask_person_export", person_id=person, purpose="复核投诉")

    [seen] = alliances.ask("my_sightings", ANN)["nodes"]
    assert (seen["seen_by"], seen["what"], seen["purpose"]) == (OFFICE, "export", "复核投诉")
    assert [body["account"] for type_, body in alliances.said() if type_ == "alliances.person_seen"] == [ANN]
    assert alliances.ask("my_sightings", OFFICE)["nodes"] == []
    finished(alliances, export, OFFICE)
    for viewer in (ANN, SOMEBODY, VISITOR):
        assert alliances.ask("person_exports_by_id", viewer, ids=[export["id"]]) == []
        assert part(alliances, export, viewer) is None
        with alliances.refuses("NOT_FOUND", "personExportId"):
            alliances.ask("person_piece", viewer, person_export_id=export["id"], number=1)


def test_what_was_gathered_goes_in_time_and_with_the_person(alliances: AlliancesHub) -> None:
    person, _ = registered(alliances)
    other, _ = registered_as_bob(alliances)
    first = alliances.ask("ask_person_export", ANN, person_id=person)
    second = alliances.ask("ask_person_export", "bob", person_id=other)
    finished(alliances, first, ANN), finished(alliances, second, "bob")

    alliances.ask("erase_person", ANN, person_id=person)

    eventually(lambda: NAME not in repr(alliances.contents()), 60)
    assert part(alliances, first, ANN) is None and part(alliances, second, "bob") is not None
    alliances.clock.advance(timedelta(days=7))
    alliances.ring()
    assert part(alliances, second, "bob") is None and not alliances.contents()["person_pieces"]


def registered_as_bob(hub: AlliancesHub) -> tuple[str, dict[str, Any]]:
    school = hub.organization()
    person = hub.ask("register_person", organization_id=school["id"], name_zh="鲍勃", account="bob")
    return person["id"], school


def test_so_many_are_asked_for_in_a_day(alliances: AlliancesHub) -> None:
    person, _ = registered(alliances)
    asked = [alliances.ask("ask_person_export", ANN, person_id=person) for _ in range(10)]
    finished(alliances, asked[-1], ANN)
    eventually(lambda: all((part(alliances, each, ANN) or {}).get("finished_at") for each in asked), 60)

    with alliances.refuses("TOO_MANY_PERSON_EXPORTS", "personId", most=10):
        alliances.ask("ask_person_export", ANN, person_id=person)
    alliances.clock.advance(timedelta(days=1))
    assert alliances.ask("ask_person_export", ANN, person_id=person)["id"]
