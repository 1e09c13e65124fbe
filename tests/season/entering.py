"""Entering: batches, a delegation's file, a waiting list that moves, members who change, and works that are handed in."""

from __future__ import annotations

import base64
from typing import Any

from tests.handbook.files import PDF, sent
from tests.handbook.stage import Play
from tests.season.cast import ORGANIZER, PROVINCES, Cast
from tests.season.edition import Edition, check_books

BY_FILE = ("330000", "B")
"""What the leader of Zhejiang enters by a CSV file; everything else comes in batches of an institution."""


def enter_all(play: Play, cast: Cast, edition: Edition) -> None:
    """Fill the three tracks: 20 entries a province and track, but for one place that Anhui still waits for."""
    for province in PROVINCES:
        for code in edition.tracks:
            if (province, code) != BY_FILE:
                _enter_batches(play, cast, edition, province, code)
    _enter_by_file(play, cast, edition)


def _enter_batches(play: Play, cast: Cast, edition: Edition, province: str, code: str) -> None:
    for place, number in enumerate(_shares(province, code)):
        institution = cast.entering[province][place]
        entries = [_entry(edition, province, code, institution.id, f"{place}{n:02}") for n in range(number)]
        made = play.do("SubmitEntries", f"college-{province}-{place}", entries=entries)["entries"]
        assert {entry["status"] for entry in made} == {"ENTERED"}


def _shares(province: str, code: str) -> tuple[int, int, int]:
    """How many entries each of the three institutions has."""
    return (7, 6, 6) if (province, code) == ("340000", "A") else (7, 7, 6)


def _entry(edition: Edition, province: str, code: str, organization: str, number: str) -> dict[str, Any]:
    name = f"选手{province[:2]}{code}{number}"
    roles = [("CONTESTANT", f"{name}甲"), ("CONTESTANT", f"{name}乙"), ("ADVISER", f"{name}导师")]
    members = [{"role": role, "name": each} for role, each in roles] if code == "C" else []
    return {"trackId": edition.tracks[code], "organizationId": organization, "contestant": name, "members": members}


def _enter_by_file(play: Play, cast: Cast, edition: Edition) -> None:
    """A file with a fault is refused whole, row by row; mended it is entered whole."""
    province, code = BY_FILE
    rows = [
        f"{code},college-{province}-{place}大学,选手33{code}{place}{n:02}"
        for place, number in enumerate((7, 7, 6))
        for n in range(number)
    ]
    faulty = "\n".join(["赛道,单位,参赛者", *rows, f"{code},不存在的大学,无名"])
    mended = "\n".join(["赛道,单位,参赛者", *rows])
    leader = cast.leaders[province]

    preview = play.do("PreviewEntries", leader, competitionId=edition.id, csv=faulty)["preview"]
    assert [(fault["row"], fault["column"]) for fault in preview["faults"]] == [(22, "organization")]
    file = base64.b64encode(mended.encode("gb18030")).decode()
    made = play.do("ImportEntries", leader, competitionId=edition.id, file=file)["entries"]
    assert len(made) == 20


def let_some_wait(play: Play, cast: Cast, edition: Edition) -> list[str]:
    """Three of Anhui's wait for a place of track A; the ids of their entries."""
    own, person = cast.entering["340000"][1].id, "college-340000-1"
    _suppose(play, person)
    one = _entry(edition, "340000", "A", own, "900")
    assert play.refused("SubmitEntry", person, **one) == ["QUOTA_EXHAUSTED"]
    waiting = [
        play.do("SubmitEntry", person, **_entry(edition, "340000", "A", own, f"90{n}"), waitIfFull=True)["entry"]
        for n in range(3)
    ]
    assert [entry["status"] for entry in waiting] == ["WAITING"] * 3
    place = play.ask("Entry", person, id=waiting[2]["id"])["waiting"]
    assert (place["position"], place["ahead"]) == (3, 2)
    return [str(entry["id"]) for entry in waiting]


def _suppose(play: Play, person: str) -> None:
    """What each policy would do with two places where a group of three came first."""
    line = [{"province": "310000", "entries": 3, "together": True}, {"province": "340000", "entries": 2}]
    found = play.ask("SimulateWaiting", person, free=2, line=line)
    offered = {each["policy"]: [outcome["offered"] for outcome in each["outcomes"]] for each in found}
    assert (offered["STRICT"], offered["WHOLE_GROUPS"]) == ([2, 0], [0, 2])


def move_the_waiting_list(play: Play, cast: Cast, edition: Edition, waiting: list[str]) -> None:
    """The unused place of Zhejiang goes to the first; a withdrawal to the second, who declines, and so to the third."""
    person = "college-340000-1"
    play.wait_for(edition.phases[1, "RETURN"][2])
    play.until(lambda: _status(play, person, waiting[0]) == "OFFERED", "the returned place was not offered")
    play.do("AcceptOffer", person, entryId=waiting[0])
    first = play.ask("Entries", person, competition=edition.id, track=edition.tracks["A"])["nodes"][0]
    play.do("WithdrawEntry", person, entryId=first["id"])
    assert _status(play, person, waiting[1]) == "OFFERED"
    play.do("DeclineOffer", person, entryId=waiting[1])
    play.do("AcceptOffer", person, entryId=waiting[2])
    decisions = play.ask("WaitingDecisions", person, entry=waiting[2])["nodes"]
    assert decisions[-1]["offered"] and decisions[-1]["policy"] == "STRICT"
    check_books(play, edition.tracks["A"])


def _status(play: Play, person: str, entry: str) -> str:
    return str(play.ask("Entry", person, id=entry)["status"])


def change_a_team(play: Play, edition: Edition) -> None:
    """A member falls ill; what is held about an entry can be had by those concerned."""
    person = "college-320000-0"
    team = play.ask("Entries", person, competition=edition.id, track=edition.tracks["C"])["nodes"][0]
    counts = play.ask("EntryCounts", ORGANIZER, competition=edition.id, by="PROVINCE")
    assert {each["region"]["code"] for each in counts} == {"310000", "320000", "330000", "340000"}
    sized = {"entryId": team["id"], "answers": [{"key": "size", "value": "M"}]}
    answers = play.do("CorrectEntryForm", person, **sized)["entry"]["answers"]
    assert answers == [{"key": "size", "value": "M", "sensitive": False}]
    ill = next(member for member in team["members"] if member["role"] == "CONTESTANT")
    play.do("SubstituteMember", person, entryId=team["id"], memberId=ill["id"], name="替补队员")
    data = play.ask("EntryData", person, entry=team["id"])
    assert "替补队员" in [member["name"] for member in data["members"]]
    assert play.ask("EntryData", ORGANIZER, entry=team["id"])["members"]
    assert "ENTRY_DATA" in [each["what"] for each in play.pages("EntrySightings", person, entry=team["id"])]
    play.do("EraseMember", person, entryId=team["id"], memberId=team["members"][-1]["id"])


def close(play: Play, edition: Edition) -> None:
    """Entries close, and the first stages begin."""
    play.wait_for(edition.closes_at)
    stage = edition.stages[1, "A"]
    play.until(lambda: play.ask("Stage", "", id=stage)["status"] == "RUNNING", "the first stage did not begin")


def hand_in_works(play: Play, edition: Edition) -> None:
    """Some entries of track A hand in a file in pieces, one of them a second version."""
    play.wait_for(edition.phases[1, "WORKS"][1])
    person = "college-310000-0"
    entries = play.ask("Entries", person, competition=edition.id, track=edition.tracks["A"])["nodes"][:3]
    first = [_hand_in(play, person, entry["id"], PDF + entry["id"].encode()) for entry in entries]
    again = _hand_in(play, person, entries[0]["id"], PDF, workId=first[0]["id"])
    assert [version["number"] for version in again["versions"]] == [2, 1]
    works = play.ask("Works", person, entry=entries[0]["id"])
    assert play.http("GET", person, works[0]["versions"][0]["url"]).content == PDF
    play.wait_for(edition.phases[1, "WORKS"][2])
    play.figures.update(files=len(first) + 1)


def _hand_in(play: Play, person: str, entry: str, content: bytes, **more: Any) -> dict[str, Any]:
    upload = sent(play, "BeginUpload", person, content, entryId=entry, name="作品.pdf", **more)
    work: dict[str, Any] = play.do("CompleteUpload", person, uploadId=upload)["work"]
    return work
