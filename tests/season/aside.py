"""Asides: files to take away, calendars, a ball game in a competition of its own, next year's edition, and the inboxes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import timedelta
from typing import Any

import openpyxl
import vobject

from tests.handbook.stage import Play
from tests.season.cast import ARBITRATORS, OFFICE, ORGANIZER, SUPERVISOR, Cast, appoint
from tests.season.edition import Edition, quotas

TEAMS = (("310000", 0), ("310000", 1), ("320000", 0), ("320000", 1), ("330000", 0), ("340000", 0))


def take_files(play: Play, edition: Edition) -> None:
    """Entries, scores and results as CSV and XLSX, with as many rows as there are."""
    text = play.http("GET", ORGANIZER, f"/exports/entries/{edition.id}.csv").content.decode("utf-8-sig")
    entries = list(csv.DictReader(io.StringIO(text)))
    assert len(entries) > 240
    for kind, person in (("scores", ORGANIZER), ("results", "")):
        book = openpyxl.load_workbook(
            io.BytesIO(play.http("GET", person, f"/exports/{kind}/{edition.id}.xlsx").content)
        )
        assert book.active is not None and book.active.max_row > 240


def subscribe(play: Play, edition: Edition) -> None:
    """The edition's calendar for everybody, and one's own under a secret address."""
    feed = play.http("GET", "", f"/calendar/competitions/{edition.id}.ics").text
    calendar = vobject.readOne(feed)
    assert calendar.validate()
    assert len({event.uid.value for event in calendar.vevent_list}) == len(calendar.vevent_list) >= 6
    play.do("RenewMyCalendar", ORGANIZER)
    mine = play.ask("MyCalendar", ORGANIZER)
    assert vobject.readOne(play.http("GET", "", "/" + mine["url"].split("/", 3)[3]).text).validate()


def play_ball(play: Play, cast: Cast) -> None:
    """Six teams in two groups, then a knock-out; the winner leads the final order."""
    drafted = play.do(
        "DraftCompetition",
        OFFICE,
        series={"nameZh": "长三角校园足球邀请赛", "nameEn": "YRD Campus Football Cup"},
        number=1,
        hostRegion="310000",
        opensAt=(play.now - timedelta(hours=1)).isoformat(),
        closesAt=(play.now + timedelta(days=10)).isoformat(),
        tracks=[{"nameZh": "男子组", "nameEn": "Men", "kind": "TEAM", "quotas": [], "unlimited": True}],
        rules={"fixtures": {"group_size": 3, "advance": 2}, "entries": {"members_required": "never"}},
    )["competition"]
    appoint(play, cast, drafted["series"]["id"])
    play.do("PublishCompetition", ORGANIZER, competitionId=drafted["id"])
    track, (stage,) = drafted["tracks"][0]["id"], [each["id"] for each in drafted["rounds"][0]["stages"]]
    for province, place in TEAMS:
        own = cast.entering[province][place].id
        team = {"trackId": track, "organizationId": own, "contestant": f"足球队{province[:2]}{place}"}
        play.do("SubmitEntry", f"college-{province}-{place}", **team)
    play.wait_for(play.now + timedelta(days=10))
    play.until(lambda: play.ask("Stage", "", id=stage)["status"] == "RUNNING", "the cup did not begin")
    _draw_up(play, stage)
    _play_all(play, stage)


def _draw_up(play: Play, stage: str) -> None:
    drawn = play.do("FormGroups", ORGANIZER, stageId=stage, seed="彩票号码 20270101")["fixtureList"]
    assert [len(group["contestants"]) for group in drawn["groups"]] == [3, 3]
    play.do("DrawUpFixtures", ORGANIZER, stageId=stage)
    begins = (play.now + timedelta(days=1)).replace(hour=1, minute=0, second=0, microsecond=0)
    slots = [
        {"startsAt": (begins + timedelta(days=day, hours=2 * slot)).isoformat(), "minutes": 60}
        for day in range(5)
        for slot in range(4)
    ]
    venues = [{"nameZh": f"{n}号球场", "nameEn": f"Pitch {n}"} for n in (1, 2)]
    play.do("ScheduleFixtures", ORGANIZER, stageId=stage, venues=venues, slots=slots)
    first = _fixtures(play, stage)[0]
    earlier = (begins - timedelta(hours=2)).isoformat()
    play.do("MoveFixture", ORGANIZER, fixtureId=first["id"], startsAt=earlier, reason="场地积水")


def _play_all(play: Play, stage: str) -> None:
    """The home side wins 2:1, the first game after a correction; what follows from the groups is filled in by itself."""
    play.wait_for(play.now + timedelta(days=7))
    played: set[str] = set()
    while ready := [
        each for each in _fixtures(play, stage) if each["home"] and each["away"] and each["id"] not in played
    ]:
        for fixture in ready:
            play.do("RecordFixtureScore", ORGANIZER, fixtureId=fixture["id"], home=1 if not played else 2, away=1)
            if not played:
                correction = {"home": 2, "away": 1, "reason": "记录有误"}
                play.do("CorrectFixtureScore", ORGANIZER, fixtureId=fixture["id"], **correction)
            played.add(fixture["id"])
    assert len(played) == 3 + 3 + 2 + 1 + 1
    table = play.ask("Standings", "", stage=stage, group="A")
    assert [row["place"] for row in table] == [1, 2, 3]


def _fixtures(play: Play, stage: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = play.ask("Fixtures", "", stage=stage)["nodes"]
    return nodes


def open_next_year(play: Play, edition: Edition) -> None:
    """One command, and next year's edition is a draft; once it is published, its places are shared."""
    opens = play.now + timedelta(days=200)
    draft = play.do("OpenNextEdition", ORGANIZER, competitionId=edition.id, opensAt=opens.isoformat())["competition"]
    assert (draft["number"], draft["status"], len(draft["tracks"])) == (4, "DRAFT", 3)
    play.do("PublishCompetition", ORGANIZER, competitionId=draft["id"])
    _share_by_last_year(play, next(track["id"] for track in draft["tracks"] if track["code"] == "A"))


def _share_by_last_year(play: Play, track: str) -> None:
    """Anhui gives ten of next year's places to its institutions, by what each of them has entered."""
    anhui = quotas(play, track, quotas(play, track, person=ORGANIZER)[""]["id"], person=ORGANIZER)["340000"]
    wanted = {"places": 10}
    shown = play.ask("DerivedPlaces", "office-340000", quota=anhui["id"], **wanted)
    assert sum(share["places"] for share in shown["shares"]) == shown["places"] == 10
    given = {"quotaId": anhui["id"], "digest": shown["digest"], "reason": "按上届报名数分配", **wanted}
    assert play.do("DerivePlaces", "office-340000", **given)["quota"]["allocated"] == 10


def read_notices(play: Play) -> None:
    """Everybody was told what they waited for, and nothing twice."""
    expected = {
        "college-340000-1": {
            "ENTRY_WAITING",
            "OFFER_MADE",
            "RULES_AMENDED",
            "COMPETITION_CANCELLED",
            "CERTIFICATES_READY",
        },
        "judge-A-1": {"JUDGE_NOMINATED"},
        ORGANIZER: {"ENTRIES_CLOSED", "OBJECTION_FILED"},
    }
    for person, rules in expected.items():
        play.until(lambda person=person, rules=rules: rules <= _told(play, person).keys(), f"{person} lacks {rules}")
    assert _told(play, "college-340000-1")["RULES_AMENDED"] == 1
    for person in (*expected, "judge-B-1", "leader-340000", "office-340000", SUPERVISOR, *ARBITRATORS):
        _all_show_what_they_are_about(play, person)


def _all_show_what_they_are_about(play: Play, person: str) -> None:
    """Whoever is told of a thing may see it, where it is a page of the graph; supervisors do not read objections."""
    without = {"CERTIFICATES_READY", "FIXTURES_SCHEDULED", "REJUDGING_OPENED", "ROLE_GRANTED", "WORK_SUBMITTED"}
    sealed = {"OBJECTION_DECIDED", "OBJECTION_LATE"} if person == SUPERVISOR else set()
    blind = {notice["rule"] for notice in play.pages("Notices", person) if notice["about"] is None}
    assert blind <= without | sealed, (person, blind)


def _told(play: Play, person: str) -> Counter[str]:
    return Counter(notice["rule"] for notice in play.pages("Notices", person))
