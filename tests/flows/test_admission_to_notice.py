"""An institution joins, a competition is published, and those concerned are told once; the same on both ways to run."""

from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until

SUBSCRIPTION = "subscription { noticeReceived { rule title } }"
INBOX = "{ notices(first: 20) { unreadCount nodes { id rule title readAt } } }"


def unread(client: Client) -> int:
    return int(client.ask(INBOX)["notices"]["unreadCount"])


def rules(client: Client) -> list[str]:
    """What somebody is told of, but for their own roles."""
    told = [notice["rule"] for notice in client.ask(INBOX)["notices"]["nodes"]]
    return sorted(rule for rule in told if rule != "ROLE_GRANTED")


def test_admission_reaches_the_representative_by_subscription_inbox_and_one_mail(hub: RunningHub) -> None:
    alliance = season.found(hub, "国际商务职业教育集团", "secretariat")
    college = season.register(hub, "huangshan")
    with college.representative.subscription(SUBSCRIPTION) as events:
        season.admit(hub, alliance, college, "secretariat")

        seen = next(events)["noticeReceived"]

    assert seen["rule"] == "MEMBER_ADMITTED"
    assert "国际商务职业教育集团" in seen["title"]
    mails = wait_until(lambda: hub.mail.mails_to("huangshan@example.org"), 60, "no mail came")
    assert len(mails) == 1
    assert rules(college.representative) == ["MEMBER_ADMITTED"]
    assert rules(Client(hub, "secretariat")) == ["MEMBERSHIP_APPLIED_FOR"]


def test_a_read_notice_is_no_longer_counted(hub: RunningHub) -> None:
    alliance = season.found(hub, "软件职业教育集团", "software-secretariat")
    college = season.register(hub, "hefei")
    season.admit(hub, alliance, college, "software-secretariat")
    wait_until(lambda: unread(college.representative) == 1, 60, "not told of their membership")
    notice = college.representative.ask(INBOX)["notices"]["nodes"][0]

    college.representative.do("markNoticeRead", "notice { readAt }", noticeId=notice["id"])

    assert unread(college.representative) == 0


def test_publishing_a_competition_tells_every_member_of_its_alliance_once(hub: RunningHub) -> None:
    names = ("suzhou", "quzhou", "luan")
    alliance = season.found(hub, "智能制造职业教育集团", "smart-secretariat")
    members = [season.register(hub, name) for name in names]
    outsider = season.register(hub, "outsider")
    for member in members:
        season.admit(hub, alliance, member, "smart-secretariat")
    competition = season.draft(hub, alliance=alliance)

    season.office(hub).do("publishCompetition", "competition { status }", competitionId=competition["id"])

    for name, member in zip(names, members, strict=True):
        wait_until(lambda member=member: "COMPETITION_PUBLISHED" in rules(member.representative), 60, "nobody told")
        wait_until(lambda name=name: len(hub.mail.mails_to(f"{name}@example.org")) == 2, 60, "no mail came")
        assert rules(member.representative) == ["COMPETITION_PUBLISHED", "MEMBER_ADMITTED"]
    assert rules(outsider.representative) == []


def test_entries_close_on_time(hub: RunningHub) -> None:
    competition = season.draft(hub)
    season.office(hub).do("publishCompetition", "competition { status }", competitionId=competition["id"])
    status = "query($id: ID!) { competition(id: $id) { status } }"
    visitor = Client(hub)
    assert visitor.ask(status, id=competition["id"])["competition"]["status"] == "PUBLISHED"

    hub.move_clock(31 * 86400)

    wait_until(
        lambda: visitor.ask(status, id=competition["id"])["competition"]["status"] == "CLOSED", 60, "it did not close"
    )
