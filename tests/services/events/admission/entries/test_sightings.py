"""Sightings of entries: whoever reads the people of entries is seen by them, and a list is one reading."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from tests.services.events.admission.entering.entering import TEACHER
from tests.services.events.admission.entries.test_personal_data import entered
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub
from tests.services.events.exports.exporting import the_competition
from tests.services.events.exports.test_export_rows import table, with_members
from tests.services.events.fixtures.contesting import a_stage

PERSON = "xiaoming"


def sightings(events: EventsHub, entry_id: str, viewer: str = PERSON) -> list[tuple[str, str]]:
    seen = events.ask("entry_sightings", viewer, entry_id=entry_id)["nodes"]
    return [(each["seen_by"], each["what"]) for each in seen]


def several(events: EventsHub) -> list[str]:
    """The ids of four entries, of Shanghai and Anhui in turn, with their people."""
    a_stage(events, teams=4)
    with_members(events)
    nodes = events.ask("entries", ORGANIZER, competition_id=the_competition(events))["nodes"]
    return [each["id"] for each in nodes]


def test_a_contestant_sees_who_has_read_their_data_and_not_themselves_or_who_entered_them(events: EventsHub) -> None:
    entry_id, _ = entered(events)

    for viewer in (TEACHER, PERSON, ORGANIZER, ORGANIZER):
        events.ask("entry_data", viewer, entry_id=entry_id)
    events.ask("members", "hub-office", entry_ids=[entry_id])

    assert sightings(events, entry_id) == [("hub-office", "entry_people"), (ORGANIZER, "entry_data")]
    assert sightings(events, entry_id, TEACHER) == sightings(events, entry_id)


def test_a_list_is_one_reading_of_a_competition_that_all_in_it_see(events: EventsHub) -> None:
    ids = several(events)

    events.ask("members", ORGANIZER, entry_ids=ids[:2])
    events.ask("members", ORGANIZER, entry_ids=ids[2:])

    for number, entry_id in enumerate(ids):
        assert sightings(events, entry_id, f"teacher-{number}") == [(ORGANIZER, "entry_people")]


def test_an_office_that_sees_one_province_is_seen_by_its_entries_alone(events: EventsHub) -> None:
    ids = several(events)
    events.grant("office@anhui", Role.PROVINCE_OFFICE, Scope.province(ANHUI))

    assert events.ask("members", "office@anhui", entry_ids=ids)

    provinces = {each["id"]: each["province"] for each in events.ask("entries_by_id", ids=ids)}
    for number, entry_id in enumerate(ids):
        seen = sightings(events, entry_id, f"teacher-{number}")
        assert seen == ([("office@anhui", "entry_people")] if provinces[entry_id] == ANHUI else [])
    assert {*provinces.values()} > {SHANGHAI, ANHUI}


@pytest.mark.parametrize(("viewer", "seen"), [(ORGANIZER, 1), ("teacher-0", 0), ("supervisor", 0)])
def test_a_table_with_names_is_a_reading_and_one_without_is_none(events: EventsHub, viewer: str, seen: int) -> None:
    ids, competition_id = several(events), the_competition(events)
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant("supervisor", Role.SUPERVISOR, Scope.event(series_id))

    for _ in range(2):
        table(events, "entries", competition_id, viewer)

    assert sightings(events, ids[0], "teacher-0") == [(viewer, "entry_tables")] * seen


@pytest.mark.parametrize(
    ("viewer", "code"), [("", "SIGN_IN_REQUIRED"), ("nobody", "NOT_ALLOWED"), ("judge", "NOT_ALLOWED")]
)
def test_only_those_concerned_see_them(events: EventsHub, viewer: str, code: str) -> None:
    entry_id, _ = entered(events)

    with events.refuses(code):
        sightings(events, entry_id, viewer)


def test_nothing_that_is_written_names_whom_it_was_about(events: EventsHub) -> None:
    entry_id, _ = entered(events)
    events.ask("entry_data", ORGANIZER, entry_id=entry_id)

    kept: Any = events.ask("entry_sightings", PERSON, entry_id=entry_id)

    assert "王小明" not in repr(kept)
