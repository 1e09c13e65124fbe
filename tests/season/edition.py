"""Edition: drafted with three tracks, two rounds and their phases; published, amended, and its places given on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.handbook.files import PDF, sent
from tests.handbook.stage import Play
from tests.season.cast import OFFICE, ORGANIZER, PROVINCES, Cast, appoint

DAY = timedelta(days=1)
PLACES = {"310000": 20, "320000": 20, "330000": 21, "340000": 19}
"""Of track A; one of Zhejiang's is not used and goes to Anhui on the return date."""
CONTACT = {"officeZh": "大赛组委会办公室", "officeEn": "Office of the contest", "telephone": "0551-62831814"}
RULES: dict[str, Any] = {
    "judging": {"seats": 8, "most_per_province": 2, "judges_per_entry": 3, "max_load": 60},
    "scoring": {"drop": {"highest": 0, "lowest": 0, "at_least_sheets": 3}},
    "results": {"objections": {"seats": 3}},
    "tracks": {"C": {"entries": {"team_least": 2, "team_most": 3}}},
}
SIZE = {"key": "size", "labelZh": "服装尺码", "labelEn": "Size", "kind": "CHOICE", "choices": ["S", "M", "L"]}
AMENDED = {
    **RULES,
    "scoring": {**RULES["scoring"], "calibration": {"method": "centred", "least_sample": 5, "shrink": True}},
}


@dataclass
class Edition:
    """What the steps of the season need of the edition; ids as the graph gives them."""

    id: str
    series: str
    tracks: dict[str, str]
    stages: dict[tuple[int, str], str]
    phases: dict[tuple[int, str], tuple[str, datetime, datetime]]
    closes_at: datetime


def announce(play: Play, cast: Cast) -> Edition:
    """Draft and publish; the organisers are named in between."""
    opens, phases = play.now - timedelta(hours=1), _phases(play.now)
    drafted = play.do(
        "DraftCompetition",
        OFFICE,
        series={"nameZh": "长三角师范生教学基本功大赛", "nameEn": "YRD Student-Teachers' Basic-Skills Contest"},
        number=3,
        hostRegion="340100",
        opensAt=opens.isoformat(),
        closesAt=(play.now + 30 * DAY).isoformat(),
        tracks=_tracks(),
        rounds=[
            {"nameZh": "省级复赛", "nameEn": "Provincial round", "level": "PROVINCE"},
            {"nameZh": "长三角总决赛", "nameEn": "Final of the region", "level": "REGION"},
        ],
        phases=phases,
        rules=RULES,
    )["competition"]
    appoint(play, cast, drafted["series"]["id"])
    changed = play.do("ChangeDraft", ORGANIZER, competitionId=drafted["id"], nameZh="第三届")["competition"]
    assert changed == {
        "id": drafted["id"],
        "nameZh": "第三届",
        "closesAt": changed["closesAt"],
        "phases": changed["phases"],
    }
    assert {each["id"] for each in changed["phases"]} == {each["id"] for each in drafted["phases"]}
    presented = play.do("PresentCompetition", ORGANIZER, competitionId=drafted["id"], contact=CONTACT)["competition"]
    assert presented["presentation"]["contact"] == {**CONTACT, "email": None}
    attach(play, drafted["id"])
    lacks = play.ask("Preview", ORGANIZER, id=drafted["id"])["shortcomings"]
    assert [(each["blocks"], each["problem"]["code"]) for each in lacks] == [
        (False, "INTRODUCTION_LACKING"),
        (False, "VENUE_LACKING"),
    ]
    assert play.ask("Preview", "", id=drafted["id"]) is None
    play.do("PublishCompetition", ORGANIZER, competitionId=drafted["id"])
    return _edition(drafted, phases, play.now + 30 * DAY)


def attach(play: Play, competition: str) -> None:
    """The call goes with the draft, and everybody has it once that is public; one that was sent by mistake goes again."""
    one = {"competitionId": competition}
    call, mistake = (_attached(play, **one, nameZh=zh, nameEn=zh, name=f"{zh}.pdf") for zh in ("通知", "误传"))
    play.do("RemoveAttachment", ORGANIZER, attachmentId=mistake)
    play.do("RestoreAttachment", ORGANIZER, attachmentId=mistake)
    play.do("OrderAttachments", ORGANIZER, **one, attachmentIds=[mistake, call])
    play.do("RemoveAttachment", ORGANIZER, attachmentId=mistake)
    play.do("RenameAttachment", ORGANIZER, attachmentId=call, nameZh="竞赛通知", nameEn="Call for entries")
    assert play.ask("Attachments", "", id=competition) is None


def replace_the_call(play: Play, edition: Edition) -> None:
    """Everybody reads the new version and knows of the first; only organisers see what was removed."""
    [first] = play.ask("Attachments", "", id=edition.id)["attachments"]
    assert play.refused("RemoveAttachment", ORGANIZER, attachmentId=first["id"]) == ["REQUIRED"]
    which = {"competitionId": edition.id, "attachmentId": first["id"]}
    _attached(play, **which, name="竞赛通知（二）.pdf", reason="更正报到时间")
    seen, own = (play.ask("Attachments", person, id=edition.id) for person in ("", ORGANIZER))
    [now] = seen["attachments"]
    assert (now["file"]["version"], now["file"]["reason"]) == (2, "更正报到时间")
    assert [(each["version"], each["url"]) for each in now["earlier"]] == [(1, None)]
    assert (seen["removedAttachments"], [each["name"] for each in own["removedAttachments"]]) == ([], ["误传"])
    answer = play.http("GET", "", now["file"]["url"])
    assert (answer.content, answer.headers["x-content-type-options"]) == (PDF, "nosniff")
    assert answer.headers["content-disposition"].startswith("attachment;")
    play.until(
        lambda: "ATTACHMENT_REPLACED" in {each["rule"] for each in play.pages("Notices", "college-340000-0")},
        "who has entered was not told of the new call",
    )


def _attached(play: Play, **said: Any) -> str:
    upload = sent(play, "BeginAttachment", ORGANIZER, PDF, **said)
    return str(play.do("CompleteAttachment", ORGANIZER, uploadId=upload)["attachment"]["id"])


def amend(play: Play, edition: Edition) -> None:
    """Judges are to be calibrated, and the second judging begins a day later."""
    refused = play.refused(
        "AmendRules", ORGANIZER, competitionId=edition.id, rules={"scoring": {"drop": 7}}, reason="?"
    )
    amended = play.do("AmendRules", ORGANIZER, competitionId=edition.id, rules=AMENDED, reason="统一评分尺度")[
        "ruleSet"
    ]
    assert (refused, amended["version"]) == (["INVALID"], 2)
    versions = play.ask("Rules", "", id=edition.id)["ruleSets"]
    assert [version["reason"] for version in versions] == ["", "统一评分尺度"]
    phase, opens, closes = edition.phases[2, "JUDGING"]
    moved = {"opensAt": (opens + DAY).isoformat(), "closesAt": (closes + DAY).isoformat()}
    play.do("MovePhase", ORGANIZER, phaseId=phase, **moved, reason="场地调整")
    edition.phases[2, "JUDGING"] = (phase, opens + DAY, closes + DAY)


def correct(play: Play, edition: Edition) -> None:
    """A name is put right, the entry window moves and moves back, and at last everything is a day later."""
    named = {"nameZh": "第3届", "nameEn": "Edition 3", "reason": "更正"}
    play.do("RenameCompetition", ORGANIZER, competitionId=edition.id, **named)
    for closes in (edition.closes_at + 3 * DAY, edition.closes_at):
        moved = {"closesAt": closes.isoformat(), "reason": "假期调整"}
        play.do("MoveEntryWindow", ORGANIZER, competitionId=edition.id, **moved)
    refused = play.refused("PostponeCompetition", ORGANIZER, competitionId=edition.id, days=0, reason="?")
    later = play.do("PostponeCompetition", ORGANIZER, competitionId=edition.id, days=1, reason="场地调整")[
        "competition"
    ]
    told = {each["id"]: (moment(each["opensAt"]), moment(each["closesAt"])) for each in later["phases"]}
    assert (refused, moment(later["closesAt"])) == (["OUT_OF_RANGE"], edition.closes_at + DAY)
    assert {id_: closes for id_, (_, closes) in told.items()} == {
        id_: closes + DAY for id_, _, closes in edition.phases.values()
    }
    edition.closes_at += DAY
    edition.phases = {key: (id_, *told[id_]) for key, (id_, _, _) in edition.phases.items()}


def cancel_by_mistake(play: Play, edition: Edition) -> None:
    """It is cancelled, and held after all: the season goes on with every entry that it had."""
    root = quotas(play, edition.tracks["A"])[""]["id"]
    before = quotas(play, edition.tracks["A"], root)
    one = {"competitionId": edition.id}
    cancelled = play.do("CancelCompetition", ORGANIZER, **one, reason="误操作")["competition"]
    assert (cancelled["status"], {each["state"] for each in cancelled["phases"]}) == ("CANCELLED", {"CANCELLED"})
    refused = play.refused("MoveEntryWindow", ORGANIZER, **one, closesAt=edition.closes_at.isoformat(), reason="?")
    held = play.do("ReinstateCompetition", ORGANIZER, **one, reason="更正误操作")["competition"]
    assert (refused, held["status"]) == (["COMPETITION_CANCELLED"], "PUBLISHED")
    assert quotas(play, edition.tracks["A"], root) == before


def share_places(play: Play, cast: Cast, edition: Edition) -> None:
    """Anhui gives places of track A to one of its institutions, which gives one back; the region reallocates."""
    track = edition.tracks["A"]
    root = quotas(play, track)[""]
    anhui = quotas(play, track, root["id"])["340000"]
    own = cast.entering["340000"][0].id
    play.do(
        "AllocatePlaces", cast.leaders["340000"], quotaId=anhui["id"], shares=[{"organizationId": own, "places": 8}]
    )
    institution = quotas(play, track, anhui["id"])[own]
    play.do("ReturnPlaces", _representative(cast, "340000", 0), quotaId=institution["id"], places=1)
    play.do("ReallocatePlaces", ORGANIZER, quotaId=root["id"])
    check_books(play, track)


def check_books(play: Play, track: str) -> None:
    """At every quota allocated + returned + held = issued, and the whole tree holds what was issued at its root."""
    (root,) = quotas(play, track).values()
    held, below = 0, [root]
    while below:
        quota = below.pop()
        assert quota["allocated"] + quota["returned"] + quota["held"] == quota["issued"], quota
        assert quota["taken"] + quota["offered"] <= quota["held"], quota
        held += quota["held"]
        below += quotas(play, track, quota["id"]).values()
    assert held == root["issued"] == sum(PLACES.values())


def quotas(play: Play, track: str, parent: str | None = None, person: str = "") -> dict[str, dict[str, Any]]:
    """One level of the tree by holder: the code of a region (empty for the whole), or the id of an institution."""
    nodes = play.ask("Quotas", person, track=track, parent=parent)["nodes"]
    return {(node["organization"] or {}).get("id") or (node["region"] or {}).get("code", ""): node for node in nodes}


def _representative(cast: Cast, province: str, place: int) -> str:
    return f"college-{province}-{place}"


def _tracks() -> list[dict[str, Any]]:
    names = {"A": ("小学组", "Primary"), "B": ("中学组", "Secondary"), "C": ("团队组", "Teams")}
    places = {"A": PLACES, "B": dict.fromkeys(PROVINCES, 20), "C": dict.fromkeys(PROVINCES, 20)}
    return [
        {
            "code": code,
            "kind": "TEAM" if code == "C" else "INDIVIDUAL",
            "nameZh": zh,
            "nameEn": en,
            "quotas": [{"province": province, "places": number} for province, number in places[code].items()],
            "entryFields": [SIZE] if code == "C" else [],
        }
        for code, (zh, en) in names.items()
    ]


def _phases(now: datetime) -> list[dict[str, Any]]:
    """So many days from now on: of which round, what, from and to."""
    planned = [
        (1, "RETURN", 0, 10),
        (1, "SUBSTITUTION", 0, 35),
        (1, "WORKS", 31, 38),
        (1, "JUDGING", 40, 50),
        (2, "JUDGING", 70, 80),
    ]
    return [
        {
            "round": number,
            "kind": kind,
            "opensAt": (now + opens * DAY).isoformat(),
            "closesAt": (now + closes * DAY).isoformat(),
        }
        for number, kind, opens, closes in planned
    ]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _edition(drafted: dict[str, Any], phases: list[dict[str, Any]], closes_at: datetime) -> Edition:
    ids = {(phase["kind"], phase["opensAt"][:19]): phase["id"] for phase in drafted["phases"]}
    stages = {
        (each["number"], stage["track"]["code"]): stage["id"] for each in drafted["rounds"] for stage in each["stages"]
    }
    return Edition(
        id=drafted["id"],
        series=drafted["series"]["id"],
        tracks={track["code"]: track["id"] for track in drafted["tracks"]},
        stages=stages,
        phases={
            (phase["round"], phase["kind"]): (
                ids[phase["kind"], phase["opensAt"][:19]],
                moment(phase["opensAt"]),
                moment(phase["closesAt"]),
            )
            for phase in phases
        },
        closes_at=closes_at,
    )
