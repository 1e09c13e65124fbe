"""Judging: a panel drawn by commit and reveal, seats taken or declined, works assigned, sheets written by blind code."""

from __future__ import annotations

import hashlib
import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.handbook.stage import Play
from tests.season.cast import CANDIDATES_EACH, ORGANIZER, SUPERVISOR, Cast
from tests.season.edition import Edition

SECRETS = {ORGANIZER: ("梅花三弄", "a1" * 32), SUPERVISOR: ("监督员的秘密", "b2" * 32)}
CRITERIA = {"idea": 30, "content": 40, "presentation": 30}


def nominate(play: Play, cast: Cast, edition: Edition) -> None:
    """Candidates for each track, a few of them from institutions that enter themselves; one declares a conflict."""
    for code, track in edition.tracks.items():
        for n in range(CANDIDATES_EACH):
            home = cast.judging[n % len(cast.judging)] if n else cast.entering["310000"][0]
            candidate = play.do(
                "NominateJudge",
                ORGANIZER,
                competitionId=edition.id,
                person=f"persona:judge-{code}-{n}",
                name=f"评委{code}{n}",
                organizationId=home.id,
                trackIds=[track],
            )["candidate"]
        declared = {"candidateId": candidate["id"], "organizationId": cast.entering["320000"][1].id}
        play.do("DeclareConflict", f"judge-{code}-{CANDIDATES_EACH - 1}", **declared, reason="曾任该校兼职教师")


def without_ties(panel: list[str]) -> str:
    """One of a panel who neither comes from an institution that enters nor has declared a conflict, as `nominate` has it."""
    tied = {"0", str(CANDIDATES_EACH - 1)}
    return next(person for person in panel if person.rpartition("-")[2] not in tied)


def draw_panel(play: Play, edition: Edition, stage: str, folder: Path) -> list[str]:
    """Commit, reveal, and repeat the draw offline; the people who take their seats."""
    document = play.ask("Draw", "", id=draw(play, stage, wrongly=True))["document"]
    page = folder / f"draw-{hashlib.sha256(stage.encode()).hexdigest()[:8]}.json"
    page.write_text(json.dumps(document, ensure_ascii=False))
    play.hub.command("draw", "verify", str(page))
    panel = _take_seats(play, stage)
    judges = play.pages("Team", SUPERVISOR, competition=edition.id, role="JUDGE")
    assert set(panel) <= {str(judge["person"]).removeprefix("persona:") for judge in judges}
    return panel


def draw(play: Play, stage: str, *, wrongly: bool = False) -> str:
    """Commit and reveal, at first with another secret than was committed if it is to go wrongly; the draw's id."""
    for person, (secret, nonce) in SECRETS.items():
        commitment = hashlib.sha256((secret + nonce).encode()).hexdigest()
        drawn = play.do("CommitDraw", person, stageId=stage, commitment=commitment)["draw"]
    if wrongly:
        assert play.refused("RevealDraw", ORGANIZER, drawId=drawn["id"], secret="another", nonce="a1" * 32)
    for person, (secret, nonce) in SECRETS.items():
        play.do("RevealDraw", person, drawId=drawn["id"], secret=secret, nonce=nonce)
    return str(drawn["id"])


def _take_seats(play: Play, stage: str) -> list[str]:
    """Everybody accepts but one, in whose place the next in the order sits."""
    declining = _drawn(play, stage)[-1]
    play.do("DeclineSeat", _persona(declining), seatId=declining["id"], reason="出差")
    accept_all(play, stage)
    return accepted(play, stage)


def accept_all(play: Play, stage: str) -> None:
    """Everybody who is drawn accepts."""
    for seat in _drawn(play, stage):
        play.do("AcceptSeat", _persona(seat), seatId=seat["id"])


def _drawn(play: Play, stage: str) -> list[dict[str, Any]]:
    return [seat for seat in play.ask("Panel", ORGANIZER, stage=stage)["nodes"] if seat["status"] == "DRAWN"]


def _persona(seat: dict[str, Any]) -> str:
    return str(seat["candidate"]["person"]).removeprefix("persona:")


def assign(play: Play, stage: str, *, all_compete: bool) -> dict[str, Any]:
    """Give every work its judges; the report. Whose entries go on is chance, and with them whether anybody is in conflict."""
    conflicts = play.ask("Conflicts", ORGANIZER, stage=stage)["nodes"]
    assert any(each["conflicts"] for each in conflicts) or not all_compete
    report = play.do("AssignJudges", ORGANIZER, stageId=stage)["report"]
    assert report["most"] - report["least"] <= 2, report
    return dict(report)


def judge(play: Play, stage: str, panel: list[str], *, bias: dict[str, int]) -> None:
    """Every judge fills in every sheet."""
    written = 0
    rubric = play.ask("Rubric", "", stage=stage)
    assert {criterion["key"]: int(criterion["most"]) for criterion in rubric["criteria"]} == CRITERIA
    for person in panel:
        for sheet in play.pages("MySheets", person, stage=stage):
            scores = _scores(sheet["code"], person, bias.get(person, 0))
            play.do("SaveSheet", person, sheetId=sheet["id"], scores=scores, remark="")
            play.do("SubmitSheet", person, sheetId=sheet["id"])
            written += 1
    progress = play.ask("JudgingProgress", ORGANIZER, stage=stage)
    assert sum(seat["submitted"] for seat in progress["seats"]) == written
    play.figures.update(judges=len(panel), sheets=written)


def look_at_works(play: Play, stage: str, panel: list[str]) -> None:
    """A judge finds the files that were handed in by their codes, under names that say nothing else."""
    found = 0
    for person in panel:
        for sheet in play.pages("MySheets", person, stage=stage):
            for work in play.ask("BlindWorks", person, stage=stage, code=sheet["code"]):
                answer = play.http("GET", person, work["url"])
                assert f"{sheet['code']}.pdf" in answer.headers["content-disposition"]
                found += 1
        if found:
            return
    raise AssertionError("nobody was to judge any of the works")


def replace_one(play: Play, stage: str) -> None:
    """In an emergency the next in the order takes a seat over."""
    seats = play.ask("Panel", ORGANIZER, stage=stage)["nodes"]
    leaving = next(seat for seat in seats if seat["status"] == "ACCEPTED")
    moved = play.do("ReplaceJudge", ORGANIZER, seatId=leaving["id"], reason="突发疾病")
    assert moved["seat"]["status"] == "ACCEPTED"
    sign(play, moved["motion"])
    accept_all(play, stage)


def sign(play: Play, motion: dict[str, Any]) -> None:
    """A supervisor signs what an organiser has moved."""
    carried = play.do("CountersignMotion", SUPERVISOR, motionId=motion["id"], digest=motion["digest"])
    assert carried["motion"]["status"] == "CARRIED"


def accepted(play: Play, stage: str) -> list[str]:
    """Who sits on the panel."""
    seats = play.ask("Panel", ORGANIZER, stage=stage)["nodes"]
    return [_persona(seat) for seat in seats if seat["status"] == "ACCEPTED"]


def give_one_back(play: Play, stage: str) -> None:
    """A sheet is returned without being seen, and submitted again."""
    sheet = play.ask("Sheets", ORGANIZER, stage=stage)["nodes"][0]
    assert sheet["code"] is None
    play.do("ReturnSheet", ORGANIZER, sheetId=sheet["id"], reason="请核对分数")
    seats = play.ask("Panel", ORGANIZER, stage=stage)["nodes"]
    owner = next(_persona(seat) for seat in seats if seat["id"] == sheet["seat"]["id"])
    play.do("SubmitSheet", owner, sheetId=sheet["id"])


def look_at_the_ranking(play: Play, stage: str) -> list[dict[str, Any]]:
    """By code, raw and adjusted; asked again it is the same; and what the prizes hang on."""
    play.until(lambda: play.ask("JudgingProgress", ORGANIZER, stage=stage)["lockedAt"], "the sheets were not locked")
    ranking = play.pages("Ranking", ORGANIZER, stage=stage)
    assert ranking == play.pages("Ranking", SUPERVISOR, stage=stage)
    assert [row["place"] for row in ranking] == sorted(row["place"] for row in ranking)
    effects = play.ask("Calibration", ORGANIZER, stage=stage)["judges"]
    assert max(Decimal(effect["shift"]) for effect in effects) > 3
    firm = play.ask("Sensitivity", ORGANIZER, stage=stage, prizes=[3, 6, 9])["nodes"]
    assert [row["code"] for row in firm][:5] == [row["code"] for row in ranking][:5]
    return ranking


def merit(code: str) -> int:
    """How good the work behind a code is in truth, 40 to 95 in a hundred: known to the test alone."""
    return 40 + int(hashlib.sha256(code.encode()).hexdigest(), 16) % 56


def _scores(code: str, person: str, bias: int) -> list[dict[str, str]]:
    chance = random.Random(f"{code} {person}")
    quality = min(100, max(5, merit(code) + bias + chance.randint(-3, 3)))
    halves = {key: Decimal(int(most * quality / 100 * 2)) / 2 for key, most in CRITERIA.items()}
    return [{"criterion": key, "points": str(points)} for key, points in halves.items()]


def open_codes(play: Play, stage: str) -> None:
    """Nobody alone; an organiser and a supervisor together."""
    sealed = play.client(ORGANIZER).answer(play.carried.document("OpenedCodes"), stage=stage)
    assert sealed["errors"][0]["extensions"]["code"] == "CODES_SEALED"
    play.do("OpenCodes", ORGANIZER, stageId=stage)
    play.do("TakeBackOpening", ORGANIZER, stageId=stage)
    play.do("OpenCodes", ORGANIZER, stageId=stage)
    assert play.refused("OpenCodes", ORGANIZER, stageId=stage)
    play.do("OpenCodes", SUPERVISOR, stageId=stage)
    assert play.ask("OpenedCodes", ORGANIZER, stage=stage)["nodes"]
