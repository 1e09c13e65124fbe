"""Personal data: seen by those who need it, told in full to whom it concerns, and erased where no result needs it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.events.judging.results import ResultStatus, VersionStatus
from kit.ids import new_id
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Stage
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from tests.services.events.admission.entering.entering import (
    LI,
    TEACHER,
    WANG,
    adviser,
    contestant,
    counts,
    kept_entry,
    members,
    team,
    team_track,
)
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub


def entered(events: EventsHub) -> tuple[str, list[str]]:
    """The id of an entry with two contestants and an adviser, and those of its members."""
    track_id, organization_id = team_track(events), events.organization(representative=TEACHER)
    people = contestant("王小明", WANG, person="xiaoming"), contestant("赵小红", LI), adviser("李老师")
    entry = events.ask("submit_entry", TEACHER, **team(track_id, organization_id, *people))
    return entry["id"], [each.id for each in members(events, entry["id"])]


def in_a_result(events: EventsHub, entry_id: str, status: VersionStatus) -> None:
    """Let a version of a result in this status have a row of the entry."""
    with events.runtime.database.transaction() as session:
        entry = session.get_one(Entry, entry_id)
        stage = session.scalars(select(Stage).where(Stage.track_id == entry.track_id)).one()
        signed = status in {VersionStatus.ANNOUNCED, VersionStatus.SUPERSEDED}
        version = ResultVersion(
            id=new_id(),
            number=1,
            status=status,
            digest="",
            rules_version=1,
            proposed_by="one",
            proposed_at=session.now,
            signed_by="other" if signed else None,
            document="",
            whole_document="",
        )
        row = dict.fromkeys(("tie", "remark", "organization_zh", "organization_en", "province", "contestant"), "")
        row |= {"organization_id": entry.organization_id, "contestant_shown": "", "shown": True}
        version.rows = [ResultRow(position=1, entry_id=entry_id, **row)]
        result = Result(
            id=new_id(),
            created_at=session.now,
            version=1,
            edition_id=entry.edition_id,
            stage_id=stage.id,
            status=ResultStatus.ANNOUNCED,
            open_objections=0,
        )
        result.versions = [version]
        session.add(result)


def test_members_are_seen_by_those_who_enter_and_by_the_organizers_only(events: EventsHub) -> None:
    entry_id, ids = entered(events)
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant("office@shanghai", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series_id, SHANGHAI))
    events.grant("office@anhui", Role.PROVINCE_OFFICE, Scope.province(ANHUI))
    events.grant("supervisor", Role.SUPERVISOR, Scope.event(series_id))
    events.organization(representative="another", zh="华东师范大学")

    for viewer in (TEACHER, "office@shanghai", "leader", ORGANIZER, "hub-office"):
        assert [each["id"] for each in events.ask("members", viewer, entry_ids=[entry_id])] == ids
    for viewer in ("", "nobody", "office@anhui", "another", "supervisor", "judge"):
        assert events.ask("members", viewer, entry_ids=[entry_id]) == []


def test_a_member_is_shown_without_key(events: EventsHub) -> None:
    entry_id, [first, *_] = entered(events)

    shown = events.ask("members", TEACHER, entry_ids=[entry_id])[0]

    assert shown == {
        "id": first,
        "entry_id": entry_id,
        "role": "contestant",
        "name": "王小明",
        "organization_id": kept_entry(events, entry_id).organization_id,
        "person": "xiaoming",
        "identified": True,
        "erased_at": None,
    }


def test_entry_data_is_all_that_is_held_and_no_key(events: EventsHub) -> None:
    entry_id, _ = entered(events)
    key = members(events, entry_id)[0].person_key

    for viewer, seen in ((TEACHER, 3), (ORGANIZER, 3), ("xiaoming", 1)):
        data = events.ask("entry_data", viewer, entry_id=entry_id)

        assert [each["name"] for each in data["members"]] == ["王小明", "赵小红", "李老师"][:seen]
        assert data["entry"]["contestant"] == "第一队"
        assert [each["type"] for each in data["history"]] == ["events.entry_submitted"]
        assert str(key) not in json.dumps(data)
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("entry_data", "", entry_id=entry_id)
    with events.refuses("NOT_ALLOWED"):
        events.ask("entry_data", "nobody", entry_id=entry_id)


@pytest.mark.parametrize("viewer", [TEACHER, ORGANIZER])
def test_erase_member_blanks_what_was_held_and_keeps_the_others(events: EventsHub, viewer: str) -> None:
    entry_id, [first, second, _] = entered(events)

    events.ask("erase_member", viewer, entry_id=entry_id, member_id=first)

    [erased, other, _] = members(events, entry_id)
    assert (erased.name, erased.person, erased.person_key, erased.erased_at) == ("", None, None, events.clock.now())
    assert (other.id, other.name) == (second, "赵小红")
    assert counts(events) == [("contestant", 1)] * 3
    assert events.said()[-1][0] == "events.member_erased"
    with events.refuses("ALREADY_ERASED", "memberId"):
        events.ask("erase_member", viewer, entry_id=entry_id, member_id=first)


def test_erase_contestant_blanks_the_name_and_lets_others_be_called_so(events: EventsHub) -> None:
    entry_id, _ = entered(events)
    kept = kept_entry(events, entry_id)

    entry = events.ask("erase_contestant", TEACHER, entry_id=entry_id)

    assert (entry["contestant"], entry["erased_at"], entry["status"]) == ("", events.clock.now().isoformat(), "entered")
    for number in range(2):
        again = events.ask("submit_entry", TEACHER, **team(kept.track_id, kept.organization_id))
        events.ask("erase_contestant", TEACHER, entry_id=again["id"])
        assert number < 2
    with events.refuses("ALREADY_ERASED", "entryId"):
        events.ask("erase_contestant", TEACHER, entry_id=entry_id)


@pytest.mark.parametrize("status", [VersionStatus.PROPOSED, VersionStatus.ANNOUNCED, VersionStatus.SUPERSEDED])
def test_nothing_is_erased_that_a_result_needs(events: EventsHub, status: VersionStatus) -> None:
    entry_id, [first, *_] = entered(events)
    in_a_result(events, entry_id, status)

    with events.refuses("RESULT_NEEDS_IT", "entryId"):
        events.ask("erase_member", TEACHER, entry_id=entry_id, member_id=first)
    with events.refuses("RESULT_NEEDS_IT", "entryId"):
        events.ask("erase_contestant", TEACHER, entry_id=entry_id)


def test_what_was_erased_before_a_result_came_stays_erased(events: EventsHub) -> None:
    entry_id, [first, *_] = entered(events)
    events.ask("erase_member", TEACHER, entry_id=entry_id, member_id=first)
    events.ask("erase_contestant", TEACHER, entry_id=entry_id)
    in_a_result(events, entry_id, VersionStatus.ANNOUNCED)

    with events.refuses("ALREADY_ERASED", "memberId"):
        events.ask("erase_member", TEACHER, entry_id=entry_id, member_id=first)
    with events.refuses("ALREADY_ERASED", "entryId"):
        events.ask("erase_contestant", TEACHER, entry_id=entry_id)
    with events.refuses("MEMBER_UNKNOWN", "memberId"):
        events.ask("erase_member", TEACHER, entry_id=entry_id, member_id=new_id())


def test_a_result_that_was_taken_back_needs_nothing(events: EventsHub) -> None:
    entry_id, [first, *_] = entered(events)
    in_a_result(events, entry_id, VersionStatus.WITHDRAWN)

    events.ask("erase_member", TEACHER, entry_id=entry_id, member_id=first)

    assert members(events, entry_id)[0].name == ""


def test_erasing_is_for_those_who_enter_and_for_the_organizers(events: EventsHub) -> None:
    entry_id, [first, *_] = entered(events)

    for method, arguments in (("erase_member", {"member_id": first}), ("erase_contestant", {})):
        with events.refuses("SIGN_IN_REQUIRED"):
            events.ask(method, "", entry_id=entry_id, **arguments)
        for viewer in ("nobody", "xiaoming"):
            with events.refuses("NOT_ALLOWED"):
                events.ask(method, viewer, entry_id=entry_id, **arguments)
        with events.refuses("NOT_FOUND", "entryId"):
            events.ask(method, entry_id=new_id(), **arguments)


def test_the_history_of_an_entry_names_nobody(events: EventsHub) -> None:
    entry_id, [first, *_] = entered(events)
    events.ask("substitute_member", TEACHER, entry_id=entry_id, member_id=first, name="李雷")
    events.ask("erase_member", TEACHER, entry_id=entry_id, member_id=first)
    events.ask("withdraw_entry", TEACHER, entry_id=entry_id)

    history: list[Any] = events.ask("history", subject_type="entry", subject_id=entry_id)

    assert [(row["version"], row["type"], row["actor"]) for row in history] == [
        (1, "events.entry_submitted", TEACHER),
        (2, "events.member_substituted", TEACHER),
        (3, "events.member_erased", TEACHER),
        (4, "events.entry_withdrawn", TEACHER),
    ]
    assert not any(name in json.dumps(history, ensure_ascii=False) for name in ("王小明", "李雷", "第一队", WANG))
