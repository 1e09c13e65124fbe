"""Answering: the entry form's own fields are declared with a track, answered with an entry, read by few, and erased in time."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from contracts.events.admission.fields import FieldKind
from services.events.admission.entries.fields import answer_faults
from tests.services.events.competitions.competing import (
    CLOSES,
    OPENS,
    ORGANIZER,
    a_track,
    an_edition,
    drafted,
    published,
)
from tests.services.events.events_hub import SHANGHAI, EventsHub, Refused, at_once, eventually

SIZE = {
    "key": "size",
    "label_zh": "服装尺码",
    "label_en": "Size",
    "kind": "choice",
    "choices": ["S", "M", "L"],
    "required": True,
}
DIET = {
    "key": "diet",
    "label_zh": "饮食禁忌",
    "label_en": "Diet",
    "kind": "text",
    "sensitive": True,
    "retention_days": 10,
    "longest": 20,
}
PHONE = {"key": "phone", "label_zh": "联系电话", "label_en": "Phone", "kind": "phone", "retention_days": 30}
AGE = {"key": "age", "label_zh": "教龄", "label_en": "Years", "kind": "number", "least": 0, "most": 50}
FIELDS = [SIZE, DIET, PHONE, AGE]
GOOD = {"size": "M", "diet": "花生过敏", "phone": "021-62232255", "age": "8.5"}


def asking(*fields: dict[str, Any], **track: Any) -> dict[str, Any]:
    return {"tracks": [{**a_track(p310000=9), "entry_fields": list(fields or FIELDS), **track}]}


def given_as(answers: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in answers.items()]


def entry_of(events: EventsHub, competition: dict[str, Any], answers: dict[str, str], **facts: Any) -> dict[str, Any]:
    own = {"organization_id": facts.pop("organization_id", None) or events.organization(representative="rep")}
    track = competition["tracks"][0]["id"]
    return {"track_id": track, **own, "contestant": "第一队", "answers": given_as(answers), **facts}


def read(events: EventsHub, entry: dict[str, Any], viewer: str) -> dict[str, str]:
    return {each["key"]: each["value"] for each in events.ask("answers", viewer, entry_ids=[entry["id"]])}


def test_a_track_says_what_its_entry_form_asks(events: EventsHub) -> None:
    draft = drafted(events, **asking())

    assert draft["tracks"][0]["entry_fields"] == FIELDS
    opens = (CLOSES + timedelta(days=300)).isoformat()
    events.ask("publish_competition", ORGANIZER, competition_id=draft["id"])
    following = events.ask("open_next_edition", ORGANIZER, competition_id=draft["id"], opens_at=opens)
    assert following["tracks"][0]["entry_fields"] == FIELDS
    with events.refuses("NOT_A_DRAFT", "competitionId"):
        events.ask("change_draft", ORGANIZER, competition_id=draft["id"], **asking(SIZE))


@pytest.mark.parametrize(
    ("fields", "code", "where"),
    [
        ([{**SIZE, "choices": ["S"]}], "REQUIRED", "entryFields.0.choices"),
        ([{**DIET, "retention_days": None}], "REQUIRED", "entryFields.0.retentionDays"),
        ([{**SIZE, "key": "Größe"}], "INVALID", "entryFields.0.key"),
    ],
)
def test_a_field_that_is_none_is_refused(events: EventsHub, fields: list[Any], code: str, where: str) -> None:
    with events.refuses(code, f"tracks.0.{where}"):
        events.ask("draft_competition", **an_edition(**asking(*fields)))


def test_a_key_and_a_head_stand_once(events: EventsHub) -> None:
    with events.refuses("GIVEN_TWICE", "tracks.0.entryFields", value="size"):
        events.ask("draft_competition", **an_edition(**asking(SIZE, SIZE)))


def test_answers_are_kept_and_each_fault_names_its_field(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    own = events.organization(representative="rep")
    wrong = {"diet": "x" * 21, "phone": "call me", "age": "51", "hobby": "围棋"}
    told = [
        ("TOO_LONG", "answers.diet"),
        ("INVALID", "answers.phone"),
        ("OUT_OF_RANGE", "answers.age"),
        ("FIELD_UNKNOWN_HERE", "answers.hobby"),
        ("REQUIRED", "answers.size"),
    ]
    for method, prefix in (("submit_entry", ""), ("submit_entries", "entries.0.")):
        entry = entry_of(events, competition, wrong, organization_id=own)
        facts = {"entries": [entry]} if prefix else entry
        with pytest.raises(Refused) as refused:
            events.ask(method, "rep", **facts)
        found = [(problem["code"], problem["field"]) for problem in refused.value.problems]
        assert found == [(code, f"{prefix}{field}") for code, field in told]

    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD, organization_id=own))

    assert read(events, entry, "rep") == read(events, entry, ORGANIZER) == GOOD
    assert not any(value in str(data) for _, data in events.said() for value in GOOD.values() if len(value) > 2)


def test_what_is_sensitive_is_for_those_who_need_it(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD))
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(competition["series"]["id"], SHANGHAI))

    open_to_more = {key: value for key, value in GOOD.items() if key != "diet"}
    assert read(events, entry, "office") == read(events, entry, "leader") == open_to_more
    assert read(events, entry, "somebody") == {}


def test_members_read_what_their_entry_answers(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    member = {"role": "contestant", "name": "王老师", "person": "wang"}
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD, members=[member]))

    held = events.ask("entry_data", "wang", entry_id=entry["id"])["answers"]

    assert read(events, entry, "wang") == {each["key"]: each["value"] for each in held} == GOOD


def test_answers_are_corrected_while_entries_are_taken(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD))
    after = {"size": "L", "phone": "021-62232256"}

    events.ask("correct_entry_form", "rep", entry_id=entry["id"], answers=given_as(after))

    assert read(events, entry, "rep") == after
    with events.refuses("REQUIRED", "answers.size"):
        events.ask("correct_entry_form", "rep", entry_id=entry["id"], answers=[])
    with events.refuses("NOT_ALLOWED"):
        events.ask("correct_entry_form", "somebody", entry_id=entry["id"], answers=given_as(after))
    events.clock.move_to(CLOSES)
    eventually(lambda: events.ask("competitions_by_id", ids=[competition["id"]])[0]["status"] == "closed")
    events.settle()
    with events.refuses("ENTRIES_NOT_OPEN"):
        events.ask("correct_entry_form", "rep", entry_id=entry["id"], answers=given_as(GOOD))


def test_two_correct_entry_form_at_once(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD))
    sizes = [
        partial(events.ask, "correct_entry_form", "rep", entry_id=entry["id"], answers=given_as({**GOOD, "size": size}))
        for size in "SL"
    ]

    outcomes = at_once(*sizes, *sizes)

    assert not any(isinstance(each, Refused) for each in outcomes)
    assert read(events, entry, "rep") in [{**GOOD, "size": size} for size in "SL"]


def test_who_may_not_read_an_answer_leaves_it_as_it_is(events: EventsHub) -> None:
    competition = published(events, **asking(SIZE, {**DIET, "required": True}))
    events.clock.move_to(OPENS)
    good = {"size": "M", "diet": "花生过敏"}
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, good))
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))

    events.ask("correct_entry_form", "office", entry_id=entry["id"], answers=given_as({"size": "L"}))
    with events.refuses("NOT_ALLOWED", "answers.diet"):
        events.ask("correct_entry_form", "office", entry_id=entry["id"], answers=given_as({**good, "diet": "无"}))

    assert read(events, entry, "rep") == {**good, "size": "L"}


def test_a_roster_answers_under_labels_and_keys(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    events.organization(representative="rep", zh="上海师范大学")
    rows = [
        "赛道,报名单位,参赛者,服装尺码,Diet,age",
        "A,上海师范大学,第一队,XXL,,3",
        "A,上海师范大学,第二队,M,=cmd(),3",
    ]
    roster = {"competition_id": competition["id"], "csv": "\n".join(rows)}

    faults = events.ask("preview_entries", "rep", **roster)["faults"]
    told = [(fault["row"], fault["column"], fault["code"]) for fault in faults]
    assert told == [(2, "answer.size", "NOT_ONE_OF"), (3, "answer.diet", "CELL_IS_FORMULA")]
    roster["csv"] = roster["csv"].replace("XXL", "S").replace("=cmd()", "素食")
    first, second = events.ask("import_entries", "rep", **roster)

    assert read(events, first, "rep") == {"size": "S", "age": "3"}
    assert read(events, second, "rep") == {"size": "M", "age": "3", "diet": "素食"}


def test_exports_have_a_column_for_each_field_as_far_as_it_may_be_read(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    events.ask("submit_entry", "rep", **entry_of(events, competition, {**GOOD, "diet": "=1+1"}))
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))

    for viewer, diet in ((ORGANIZER, "=1+1"), ("rep", "=1+1"), ("office", None)):
        table = events.ask("export_rows", viewer, kind="entries", competition_id=competition["id"])
        assert [column["en"] for column in table["columns"]][-4:] == ["Size", "Diet", "Phone", "Years"]
        assert table["rows"][0][-4:] == ["M", diet, GOOD["phone"], GOOD["age"]]


def test_a_head_means_one_field_in_all_of_an_edition(events: EventsHub) -> None:
    tracks = [
        {**a_track("甲"), "entry_fields": [PHONE]},
        {**a_track("乙"), "entry_fields": [{**PHONE, "key": "tel"}]},
    ]
    with events.refuses("GIVEN_TWICE", "tracks", value="联系电话"):
        events.ask("draft_competition", **an_edition(tracks=tracks))


def test_answers_go_when_their_time_is_over_also_where_the_window_moves(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD))
    later = CLOSES + timedelta(days=5)
    moved = {"closes_at": later.isoformat(), "reason": "延期"}
    events.ask("move_entry_window", ORGANIZER, competition_id=competition["id"], **moved)

    events.clock.move_to(later + timedelta(days=9))
    assert read(events, entry, "rep") == GOOD
    events.clock.move_to(later + timedelta(days=10))
    eventually(lambda: "diet" not in read(events, entry, "rep"))
    assert read(events, entry, "rep").keys() == {"size", "phone", "age"}
    events.clock.move_to(later + timedelta(days=30))
    eventually(lambda: read(events, entry, "rep").keys() == {"size", "age"})


def test_answers_go_earlier_where_the_window_ends_earlier(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD))
    earlier = CLOSES - timedelta(days=3)
    moved = {"closes_at": earlier.isoformat(), "reason": "提前"}
    events.ask("move_entry_window", ORGANIZER, competition_id=competition["id"], **moved)

    events.clock.move_to(earlier + timedelta(days=10))

    eventually(lambda: "diet" not in read(events, entry, "rep"))


def test_answers_go_with_the_contestant_who_is_erased(events: EventsHub) -> None:
    competition = published(events, **asking())
    events.clock.move_to(OPENS)
    entry = events.ask("submit_entry", "rep", **entry_of(events, competition, GOOD))

    events.ask("erase_contestant", "rep", entry_id=entry["id"])

    with events.refuses("ALREADY_ERASED", "entryId"):
        events.ask("correct_entry_form", "rep", entry_id=entry["id"], answers=given_as(GOOD))
    assert read(events, entry, ORGANIZER) == {}


@given(st.sampled_from(list(FieldKind)), st.text(max_size=30))
def test_whatever_is_answered_fits_or_is_refused_by_its_key(kind: FieldKind, value: str) -> None:
    field = {"key": "it", "kind": kind, "choices": ["a", "b"], "least": 0, "most": 9, "longest": 10}

    found = list(answer_faults([field], [("it", value)]))

    assert {fault.field for fault in found} <= {"answers.it"}
    assert len(found) <= 1
