"""Importing: an office enters the organisations of a sheet, and an alliance its members, told first what is wrong."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from kit.clock import CHINA
from tests.alliances.cast import OFFICE
from tests.alliances.members import members_of
from tests.handbook.stage import Play

SECRETARY = "press-secretary"

HEAD = "序号,单位名称（必填）,英文名称,单位类别,行政区划代码,统一社会信用代码,其他名称\n"
BUREAUS = [f"浙江第{number}教育局,Bureau {number},教育局,浙江省杭州市,," for number in range(1, 17)]
COLLEGES = [
    f"长三角第{number}大学(本部),University {number},高等学校,310115,,第{number}大学" for number in range(1, 95)
]
NEW = [f"新成员{number}学院,New College {number},高等职业学校,江苏省苏州市,," for number in range(1, 7)]
CALLED = [
    *(each.split(",")[0] + ",,,,," for each in BUREAUS),
    *(f"长三角第{number}大学（本部）,,,,," for number in range(1, 50)),
    *(f"第{number}大学,,,,," for number in range(50, 95)),
]


def enter(play: Play) -> None:
    """110 organisations are registered; 118 rows with 2 faults become 116 members, and the same file once more changes none."""
    registered = carried_out(play, "Organizations", OFFICE, csv=sheet([*BUREAUS, *COLLEGES]))
    assert registered == {"registered": 110}
    names = {"nameZh": "长三角新闻传播联盟", "nameEn": "YRD Press Alliance", "secretariat": f"persona:{SECRETARY}"}
    alliance = play.do("FoundAlliance", OFFICE, kind="UNIVERSITY_ALLIANCE", **names)["alliance"]["id"]
    into = {"allianceId": alliance, "enterAs": "ADMITTED"}
    faulty = sheet([*CALLED, *NEW, CALLED[0], "某某大学,,,,91330000000000000X,"])
    told = play.do("PreviewMembers", OFFICE, csv=faulty, **into)["preview"]
    assert [(fault["row"], fault["heading"], fault["code"]) for fault in told["faults"]] == [
        (119, "单位名称（必填）", "SAME_AS_ROW"),
        (120, "统一社会信用代码", "CREDIT_CODE_INVALID"),
    ]
    whole = sheet([*CALLED, *NEW])
    assert carried_out(play, "Members", OFFICE, csv=whole, **into) == {"admitted": 116, "registered": 6}
    assert carried_out(play, "Members", SECRETARY, csv=whole, **into) == {"unchanged": 116}
    _come_back(play, alliance)
    _speak_for_one(play)
    _lose_one(play, alliance)


def _speak_for_one(play: Play) -> None:
    """The sheet names who votes; that nobody of the name works there is told before."""
    names = {"nameZh": "长三角出版联盟", "nameEn": "YRD Publishing Alliance"}
    other = play.do("FoundAlliance", OFFICE, kind="MECHANISM", **names)["alliance"]["id"]
    file = {"csv": "单位名称,代表人,代表职务\n第1大学,周编审,出版社社长\n", "allianceId": other, "enterAs": "ADMITTED"}
    told = play.do("PreviewMembers", OFFICE, **file)["preview"]
    assert [(fault["row"], fault["heading"], fault["code"]) for fault in told["faults"]] == [
        (2, "代表人", "DELEGATE_NOT_AFFILIATED")
    ]
    [row] = told["rows"]
    play.do("RegisterPerson", OFFICE, organizationId=row["organization"]["id"], nameZh="周编审", main=True)
    [row] = play.do("PreviewMembers", OFFICE, **file)["preview"]["rows"]
    assert (row["delegate"], row["position"]) == ("周编审", "出版社社长")
    assert carried_out(play, "Members", OFFICE, **file) == {"admitted": 1}


def _lose_one(play: Play, alliance: str) -> None:
    """One leaves on 15 June, and so there are 115 on the 30th."""
    kinds = [len(play.pages("MembersOn", "", alliance=alliance, kind=kind)) for kind in ("EDUCATION_BUREAU", None)]
    assert kinds == [16, 116]
    today = play.today
    year = today.year + (today >= date(today.year, 6, 14))
    leaves, end = date(year, 6, 15), date(year, 6, 30)
    [first, *_] = play.pages("Members", "", alliance=alliance, status="MEMBER")
    play.wait_for(datetime.combine(leaves, time(9), CHINA))
    play.do("WithdrawMember", OFFICE, membershipId=first["id"], reason="机构撤并")
    play.wait_for(datetime.combine(end, time(9), CHINA))
    for day, number in ((date(year, 6, 14), 116), (leaves, 115), (end, 115)):
        assert len(play.pages("MembersOn", "", alliance=alliance, day=day.isoformat())) == number
        assert play.ask("Statistics", "", alliance=alliance, day=day.isoformat())["members"] == number
    file = play.http("GET", SECRETARY, f"/exports/members/{alliance}.csv?on={end}").text
    assert f",{first['organization']['name']}," not in file
    on = play.ask("StatusOn", SECRETARY, membership=first["id"], day=end.isoformat())["statusOn"]
    assert (on["status"], on["since"][:10]) == ("WITHDRAWN", leaves.isoformat())


def sheet(rows: list[str]) -> str:
    return "长三角新媒体教育联盟成员名单\n" + HEAD + "".join(f"{number},{row}\n" for number, row in enumerate(rows, 1))


def carried_out(play: Play, what: str, person: str, **file: Any) -> dict[str, int]:
    """What an import has counted that carried out its own preview."""
    preview = play.do(f"Preview{what}", person, **file)["preview"]
    assert preview["faults"] == [], preview["faults"][:3]
    job_id = play.do(f"Import{what}", person, **file, digest=preview["digest"])["job"]["id"]

    def ended() -> Any:
        job = play.ask("ImportJob", person, id=job_id)
        return job if job["status"] not in {"QUEUED", "RUNNING"} else None

    job = play.until(ended, "the import ends")
    assert (job["status"], job["problems"]) == ("DONE", [])
    return {each["name"]: each["count"] for each in job["counts"]}


def _come_back(play: Play, alliance: str) -> None:
    """The members that are exported are the members that are imported."""
    file = play.http("GET", SECRETARY, f"/exports/members/{alliance}.csv").text
    told = play.do("PreviewMembers", SECRETARY, csv=file, allianceId=alliance, enterAs="ADMITTED")["preview"]
    assert (told["faults"], told["unchanged"], len(members_of(play, alliance))) == ([], 116, 116)
    workbook = play.http("GET", "", "/exports/organizations.xlsx?region=320000")
    assert workbook.content.startswith(b"PK")
