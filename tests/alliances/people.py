"""People: registered, named, affiliated, merged and parted."""

from __future__ import annotations

from typing import Any

from tests.alliances.cast import OFFICE, SECRETARY, Cast, representative
from tests.handbook.stage import Play

TEACHER = "quzhou-teacher"
THERE = "quzhou"


def register(play: Play, cast: Cast) -> None:
    """The secretary gives their name; a teacher is registered, corrects the name, moves on, and turns out to be there twice."""
    play.do("UpdateMe", SECRETARY, nameZh="王秘书", nameEn="Wang")
    teacher = registered(play, cast, THERE, nameZh="李劳师", account=f"persona:{TEACHER}", position="教师")
    play.do("CorrectPerson", representative(THERE), personId=teacher["id"], nameZh="李老师")
    assert play.ask("Me", TEACHER)["name"] == "李老师"
    place = {
        "affiliationId": teacher["affiliations"][0]["id"],
        "since": "2020-09-01",
        "until": "2026-01-31",
        "main": True,
    }
    play.do("CorrectAffiliation", representative(THERE), **place)
    there = {
        "personId": teacher["id"],
        "organizationId": cast.organizations["wuxi"],
        "since": "2026-02-01",
        "main": True,
    }
    play.do("AffiliatePerson", representative("wuxi"), **there)
    assert teacher["id"] in [each["id"] for each in people(play, cast, "wuxi", search="laoshi")]
    merge(play, cast, teacher)
    erase(play, teacher["id"])


def merge(play: Play, cast: Cast, teacher: dict[str, Any]) -> None:
    again = registered(play, cast, "wuxi", nameZh="李老师", main=False)
    pair = {"personId": teacher["id"], "duplicateId": again["id"]}
    assert len(play.do("MergePersons", OFFICE, **pair)["person"]["affiliations"]) == 3
    parted = play.do("UnmergePersons", OFFICE, duplicateId=again["id"])["duplicate"]
    assert len(parted["affiliations"]) == 1


def export(play: Play, teacher: str) -> None:
    """The hub office says why it asks, and the teacher sees it; what they ask for themselves comes from all services."""
    assert play.refused("AskPersonExport", OFFICE, personId=teacher) == ["PURPOSE_REQUIRED"]
    play.do("AskPersonExport", OFFICE, personId=teacher, purpose="复核投诉")
    assert [each["purpose"] for each in play.pages("MySightings", TEACHER)] == ["复核投诉"]
    asked = play.do("AskPersonExport", TEACHER, personId=teacher)["personExport"]
    play.until(lambda: finished(play) == {"alliances", "events", "notify", "projects"}, "not all parts were gathered")
    file = play.http("GET", TEACHER, asked["address"][asked["address"].index("/exports/") :]).json()
    rows = {service: {row["source"] for row in file[service]["rows"]} for service in ("alliances", "notify")}
    assert {"records", "affiliations", "sightings"} <= rows["alliances"]
    assert {"names", "notices"} <= rows["notify"]


def finished(play: Play) -> set[str]:
    [export] = play.pages("PersonExports", TEACHER)
    return {part["service"] for part in export["parts"] or [] if part["finishedAt"]}


def erase(play: Play, teacher: str) -> None:
    """The teacher never held a role, so that nobody needs the name; the representative did, and is not erased at once."""
    export(play, teacher)
    held = play.ask("ExportPerson", TEACHER, person=teacher)
    assert (held["records"][0]["name_zh"], len(held["affiliations"])) == ("李老师", 2)
    assert play.do("ErasePerson", TEACHER, personId=teacher)["person"]["name"] == ""
    assert play.ask("Me", TEACHER) is None
    secretary = play.ask("Me", SECRETARY)["id"]
    assert play.refused("ErasePerson", SECRETARY, personId=secretary) == ["PERSON_HOLDS_ROLES"]
    assert play.refused("KeepPerson", SECRETARY, personId=secretary) == ["NOTHING_CHANGED"]


def registered(play: Play, cast: Cast, name: str, **said: Any) -> Any:
    return play.do("RegisterPerson", representative(name), organizationId=cast.organizations[name], **said)["person"]


def people(play: Play, cast: Cast, name: str, **which: Any) -> list[Any]:
    return play.pages("People", representative(name), organization=cast.organizations[name], **which)
