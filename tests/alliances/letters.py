"""Letters: a college that nobody represents yet is invited by e-mail, first to a wrong address, and says yes by the code."""

from __future__ import annotations

from tests.alliances.cast import OFFICE, SECRETARY, Cast, representative
from tests.handbook.stage import Play

READER = "lishui-office"


def write(play: Play, cast: Cast) -> None:
    """The code of the first letter is worth nothing once there is a second; who has a representative gets none."""
    names = {"nameZh": "丽水职业技术学院", "nameEn": "Lishui Vocational College", "region": "331102"}
    college = play.do("RegisterOrganization", OFFICE, kind="VOCATIONAL_COLLEGE", **names)["organization"]["id"]
    pair = {"allianceId": cast.alliance, "organizationId": college}
    invited = play.do("InviteMember", SECRETARY, **pair, address="wrong@example.org")["membership"]["id"]
    wrong = _code(play, "wrong@example.org")
    play.do("PostInvitation", SECRETARY, membershipId=invited, address="office@lishui.example.org")
    right = _code(play, "office@lishui.example.org")
    [waits] = play.pages("InvitationLetters", SECRETARY, alliance=cast.alliance, answerable=True)
    assert (waits["membership"]["id"], waits["times"], waits["status"]) == (invited, 2, "OPEN")

    assert play.refused("AnswerInvitation", READER, code=wrong, accepts=True) == ["INVITATION_CODE_VOID"]
    answered = play.do("AnswerInvitation", READER, code=right, accepts=True)["membership"]
    assert (answered["id"], answered["status"]) == (invited, "IN_REVIEW")
    [step, *_] = play.pages("Steps", SECRETARY, membership=invited)
    assert step["takenBy"] == f"persona:{READER}"
    [read] = play.pages("InvitationLetters", SECRETARY, alliance=cast.alliance)
    assert (read["address"], read["status"], read["settledAt"] is None) == ("", "ACCEPTED", False)
    play.do("DeclineMembership", SECRETARY, membershipId=invited, reason="名额已满")
    jinshan = {"allianceId": cast.alliance, "organizationId": cast.organizations["jinshan"]}
    known = play.do("InviteMember", SECRETARY, **jinshan)["membership"]["id"]
    told = {"membershipId": known, "address": "office@jinshan.example.org"}
    assert play.refused("PostInvitation", SECRETARY, **told) == ["REPRESENTATIVE_KNOWN"]
    play.do("DeclineMembership", representative("jinshan"), membershipId=known, reason="暂不参加")


def _code(play: Play, address: str) -> str:
    """What stands in the letter."""
    [mail] = play.until(lambda: play.hub.mail.mails_to(address), "no letter came")
    text = mail.message.get_body(("plain",)).get_content()
    [code] = [line for line in text.splitlines() if line.startswith("ey")]
    return str(code)
