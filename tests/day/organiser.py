"""Organiser: drafts and publishes a competition, speaks with those who enter, and changes its course."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.day.stage import Day, Task
from tests.day.world import COLLEGE, ORGANIZER, SUPERVISOR, World
from tests.handbook.files import PDF, sent
from tests.season import judging

CARD = """query($id: ID!) {
  competition(id: $id) {
    nameZh nameEn closesAt
    presentation { introductionZh contact { officeZh } venue { nameZh } }
    tracks { code nameZh entryFields { key labelZh required sensitive } quotas { province { code } places } }
    phases { kind opensAt closesAt }
    attachments { nameZh file { name sha256 } }
    ruleSets { document }
  }
}"""
"""What an entrant sees of a competition; until it is published its organisers alone."""
TRACKS = """query($id: ID!) {
  competition(id: $id) {
    tracks { code nameZh nameEn quotas { province { code } places } }
  }
}"""
STATUS = "query($id: ID!) { competition(id: $id) { status closesAt cancelReason phases { opensAt closesAt } } }"
SIZE = {"key": "size", "kind": "CHOICE", "labelZh": "服装尺码", "labelEn": "Size of the shirt", "choices": ["M", "L"]}
QUESTION = "query($id: ID!) { node(id: $id) { ... on Question { status answer } } }"


def draft(day: Day, world: World) -> None:
    opens, closes = day.now - timedelta(hours=1), day.now + timedelta(days=20)
    drafted = day.do(
        "DraftCompetition",
        ORGANIZER,
        seriesId=world.series,
        number=4,
        nameZh="第四届班主任基本功大塞",
        nameEn="Fourth Contest",
        hostRegion="330000",
        opensAt=opens.isoformat(),
        closesAt=closes.isoformat(),
        tracks=[_track("A", "小学组", 1, entryFields=[{**SIZE, "required": True}]), _track("B", "中学组", 10)],
        phases=[
            {
                "round": 1,
                "kind": "WORKS",
                "opensAt": (closes + timedelta(days=1)).isoformat(),
                "closesAt": (closes + timedelta(days=9)).isoformat(),
            }
        ],
        rules={"waiting": {"policy": "best_fit"}},
    )["competition"]
    world.made["edition"] = drafted["id"]

    assert day.look(CARD, ORGANIZER, id=drafted["id"])["nameZh"] == "第四届班主任基本功大塞"
    assert day.look(CARD, "", id=drafted["id"]) is None


def _track(code: str, name: str, places: int, **more: Any) -> dict[str, Any]:
    quotas = [{"province": "330000", "places": places}]
    return {"code": code, "nameZh": name, "nameEn": f"Track {code}", "quotas": quotas, **more}


def correct_the_name(day: Day, world: World) -> None:
    before = _card(day, world)
    day.do("ChangeDraft", ORGANIZER, competitionId=world.made["edition"], nameZh="第四届班主任基本功大赛")

    assert _card(day, world) == {**before, "nameZh": "第四届班主任基本功大赛"}


def change_one_track(day: Day, world: World) -> None:
    """Tracks are one list: names and places of the other are read and sent back, and what else it has stays."""
    before = _card(day, world)
    tracks = [_as_given(each) for each in day.ask(TRACKS, ORGANIZER, id=world.made["edition"])["tracks"]]
    tracks[1]["nameZh"] = "初中组"
    day.do("ChangeDraft", ORGANIZER, competitionId=world.made["edition"], tracks=tracks)

    first, second = before["tracks"]
    assert _card(day, world) == {**before, "tracks": [first, {**second, "nameZh": "初中组"}]}


def _as_given(track: dict[str, Any]) -> dict[str, Any]:
    quotas = [{"province": each["province"]["code"], "places": each["places"]} for each in track["quotas"]]
    return {**track, "quotas": quotas}


def say_what_it_is(day: Day, world: World) -> None:
    contact = {"officeZh": "大赛组委会办公室", "officeEn": "Office of the contest", "telephone": "0571-87063000"}
    said = {"introductionZh": "展示班主任基本功。", "introductionEn": "Class teachers show their skills."}
    day.do("PresentCompetition", ORGANIZER, competitionId=world.made["edition"], **said, contact=contact)

    assert _card(day, world)["presentation"]["introductionZh"] == said["introductionZh"]


def attach_a_file(day: Day, world: World) -> None:
    names = {"nameZh": "竞赛通知", "nameEn": "Call for entries", "name": "竞赛通知.pdf"}
    upload = sent(day, "BeginAttachment", ORGANIZER, PDF, competitionId=world.made["edition"], **names)
    day.do("CompleteAttachment", ORGANIZER, uploadId=upload)

    [attached] = _card(day, world)["attachments"]
    assert (attached["nameZh"], attached["file"]["name"]) == ("竞赛通知", "竞赛通知.pdf")


def preview(day: Day, world: World) -> None:
    """What it lacks is told as well; a visitor is shown nothing, and after the publication the same."""
    seen = day.ask("Preview", ORGANIZER, id=world.made["edition"])

    assert [each["key"] for each in seen["tracks"][0]["entryFields"]] == ["size"]
    assert not any(each["blocks"] for each in seen["shortcomings"])
    world.made["preview"] = _card(day, world)
    assert day.look(CARD, "", id=world.made["edition"]) is None


def publish(day: Day, world: World) -> None:
    """Everybody sees what was previewed, and has the file."""
    day.do("PublishCompetition", ORGANIZER, competitionId=world.made["edition"])

    assert day.look(CARD, "", id=world.made["edition"]) == world.made["preview"]
    [attached] = day.ask("Attachments", "", id=world.made["edition"])["attachments"]
    assert day.http("GET", "", attached["file"]["url"]).content == PDF


def move_the_deadline(day: Day, world: World) -> None:
    closes = (day.now + timedelta(days=20, hours=12)).replace(microsecond=0)
    moved = {"closesAt": closes.isoformat(), "reason": "应多地要求延长报名"}
    day.do("MoveEntryWindow", ORGANIZER, competitionId=world.made["edition"], **moved)

    assert _moments(day.look(STATUS, "", id=world.made["edition"]))[0] == closes


def count_by_province(day: Day, world: World) -> None:
    which = {"competition": world.made["edition"], "by": "PROVINCE"}
    [zhejiang] = day.ask("EntryCounts", ORGANIZER, **which)

    assert zhejiang["region"]["code"] == "330000"
    entries = day.look("Entries", ORGANIZER, competition=world.made["edition"])["nodes"]
    statuses = sorted(each["status"] for each in entries)
    assert (statuses, zhejiang["entered"], zhejiang["waiting"]) == (["ENTERED", "WAITING"], 1, 1)


def answer_a_question(day: Day, world: World) -> None:
    asked = {"organizationId": world.organizations[COLLEGE], "text": "可以提前一天到吗？"}
    with day.beside():
        day.do("AskQuestion", COLLEGE, competitionId=world.made["edition"], **asked)
    [waiting] = day.ask("OpenQuestions", ORGANIZER)["nodes"]
    day.do("AnswerQuestion", ORGANIZER, questionId=waiting["id"], text="可以，宿舍提前一天开放。")

    assert day.look(QUESTION, COLLEGE, id=waiting["id"]) == {"status": "ANSWERED", "answer": "可以，宿舍提前一天开放。"}


def announce(day: Day, world: World) -> None:
    """To who has not handed in a work in the contest that is being judged."""
    said = {"to": "NO_WORK", "titleZh": "请提交作品", "textZh": "请尽快联系组委会。"}
    written = day.do("DraftAnnouncement", ORGANIZER, competitionId=world.judged, **said)["announcement"]["id"]
    reach = day.ask("AnnouncementReach", ORGANIZER, announcement=written)
    assert [each["name"] for each in reach["organizations"]] == ["Quzhou College of Technology"]
    day.do("SendAnnouncement", ORGANIZER, announcementId=written)

    day.until(
        lambda: "ANNOUNCEMENT_TOLD" in {each["rule"] for each in day.look("Notices", COLLEGE)["nodes"]},
        "who has not handed in was not told",
    )


def replace_a_judge(day: Day, world: World) -> None:
    """The organiser moves it, the supervisor signs, and the next in the drawn order takes the seat."""
    before = _panel(day, world)
    judging.replace_one(day, world.stage)

    after = _panel(day, world)
    [motion] = day.look("Motions", SUPERVISOR, competition=world.judged)["nodes"]
    assert (len(before & after), len(after), motion["status"]) == (2, 3, "CARRIED")


def _panel(day: Day, world: World) -> set[str]:
    with day.beside():
        return set(judging.accepted(day, world.stage))


def postpone(day: Day, world: World) -> None:
    before = day.look(STATUS, "", id=world.made["edition"])
    postponed = {"competitionId": world.made["edition"], "days": 7, "reason": "场地维修"}
    day.do("PostponeCompetition", ORGANIZER, **postponed)

    after = day.look(STATUS, "", id=world.made["edition"])
    assert [later - earlier for earlier, later in zip(_moments(before), _moments(after), strict=True)] == [
        timedelta(days=7)
    ] * 3


def _moments(found: dict[str, Any]) -> list[datetime]:
    """When entries close, and when the first phase opens and closes."""
    [phase] = found["phases"]
    return [datetime.fromisoformat(each) for each in (found["closesAt"], phase["opensAt"], phase["closesAt"])]


def cancel(day: Day, world: World) -> None:
    day.do("CancelCompetition", ORGANIZER, competitionId=world.made["edition"], reason="台风来袭，赛场关闭")

    seen = day.look(STATUS, "", id=world.made["edition"])
    assert (seen["status"], seen["cancelReason"]) == ("CANCELLED", "台风来袭，赛场关闭")
    entries = day.look("Entries", ORGANIZER, competition=world.made["edition"])["nodes"]
    assert {each["status"] for each in entries} == {"CANCELLED"}


def _card(day: Day, world: World) -> dict[str, Any]:
    return dict(day.look(CARD, ORGANIZER, id=world.made["edition"]))


def _task(title: str, section: str, done: Any) -> Task:
    return Task("organiser", title, section, done)


MORNING = (
    _task("draft a competition", "season.md#2-the-edition", draft),
    _task("correct its name", "season.md#2-the-edition", correct_the_name),
    _task("change one track only", "season.md#2-the-edition", change_one_track),
    _task("say what it is, where and whom to ask", "season.md#2-the-edition", say_what_it_is),
    _task("attach a file to it", "season.md#2-the-edition", attach_a_file),
    _task("preview it as entrants will see it", "season.md#2-the-edition", preview),
    _task("publish it with text and attachment", "season.md#2-the-edition", publish),
)
AFTERNOON = (
    _task("move the deadline", "season.md#2-the-edition", move_the_deadline),
    _task("count entries by province", "season.md#4-entries", count_by_province),
    _task("answer a question", "season.md#12-speaking-with-those-who-take-part", answer_a_question),
    _task("announce to who has not handed in", "season.md#12-speaking-with-those-who-take-part", announce),
    _task("replace a judge, which takes two", "season.md#5-judges", replace_a_judge),
    _task("postpone", "season.md#2-the-edition", postpone),
    _task("cancel", "season.md#2-the-edition", cancel),
)
