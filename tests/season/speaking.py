"""Speaking: organisers announce, stop, send and correct; an institution asks, and what it was answered helps others."""

from __future__ import annotations

from datetime import timedelta

from tests.handbook.stage import Play
from tests.season.cast import ORGANIZER, Cast
from tests.season.edition import Edition

REPRESENTATIVE = "college-340000-0"


def announce(play: Play, edition: Edition) -> None:
    """Those of Anhui who have entered are told of something, and told again since it was wrong."""
    said = {"to": "ENTRANTS", "province": "340000", "titleZh": "报到须知", "textZh": "请于八点到西门报到。"}
    draft = play.do("DraftAnnouncement", ORGANIZER, competitionId=edition.id, **said)["announcement"]["id"]
    play.do("ChangeAnnouncement", ORGANIZER, announcementId=draft, public=True)
    reach = play.ask("AnnouncementReach", ORGANIZER, announcement=draft)
    assert (reach["total"], len(reach["organizations"])) == (3, 3)
    tomorrow = (play.now + timedelta(days=1)).isoformat()
    play.do("SendAnnouncement", ORGANIZER, announcementId=draft, goesAt=tomorrow)
    play.do("StopAnnouncement", ORGANIZER, announcementId=draft)
    _send(play, edition, draft)
    again = {"titleZh": "更正：报到时间", "textZh": "报到时间改为九点。"}
    right = play.do("CorrectAnnouncement", ORGANIZER, announcementId=draft, **again)["announcement"]
    assert right["corrects"]["id"] == draft
    _until_sent(play, edition, right["id"])
    public = play.ask("Announcements", "", competition=edition.id)["nodes"]
    assert [each["titleZh"] for each in public] == [again["titleZh"], said["titleZh"]]
    play.until(lambda: _told(play) == 2, "the representative was not told of both")


def _send(play: Play, edition: Edition, announcement: str) -> None:
    for _ in range(2):
        play.do("SendAnnouncement", ORGANIZER, announcementId=announcement)
    _until_sent(play, edition, announcement)


def _until_sent(play: Play, edition: Edition, announcement: str) -> None:
    def sent() -> bool:
        nodes = play.ask("Announcements", ORGANIZER, competition=edition.id)["nodes"]
        return any(each["id"] == announcement and each["status"] == "SENT" for each in nodes)

    play.until(sent, "the announcement was not said")


def _told(play: Play) -> int:
    return sum(notice["rule"] == "ANNOUNCEMENT_TOLD" for notice in play.pages("Notices", REPRESENTATIVE))


def answer(play: Play, cast: Cast, edition: Edition) -> None:
    """A question is answered, corrected, shown without who asked, hidden, closed and reopened."""
    asked = {"organizationId": cast.entering["340000"][0].id, "text": "师范学院的队伍可以提前一天到吗？"}
    question = play.do("AskQuestion", REPRESENTATIVE, competitionId=edition.id, **asked)["question"]["id"]
    assert [each["id"] for each in play.ask("OpenQuestions", ORGANIZER)["nodes"]] == [question]
    play.do("AnswerQuestion", ORGANIZER, questionId=question, text="可以，宿舍提前一天开放。")
    corrected = play.do("CorrectAnswer", ORGANIZER, questionId=question, text="可以，宿舍提前两天开放。")["question"]
    assert [each["number"] for each in corrected["answers"]] == [1, 2]
    play.do("ShowQuestion", ORGANIZER, questionId=question, wording="队伍可以提前一天到吗？")
    (public,) = play.ask("Questions", "", competition=edition.id, containing="提前")["nodes"]
    assert (public["text"], public["organization"]) == ("队伍可以提前一天到吗？", None)
    play.do("HideQuestion", ORGANIZER, questionId=question)
    assert play.ask("Questions", "", competition=edition.id)["nodes"] == []
    play.do("CloseQuestion", ORGANIZER, questionId=question, reason="已电话沟通")
    play.do("ReopenQuestion", REPRESENTATIVE, questionId=question, reason="行李可以寄存吗？")
