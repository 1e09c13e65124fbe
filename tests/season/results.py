"""Results: signed by two, contested in the open, judged again where an objection is upheld, and final in the end."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.handbook.stage import Play
from tests.season.cast import ARBITRATORS, ORGANIZER, SUPERVISOR, Cast
from tests.season.edition import Edition
from tests.season.judging import CRITERIA


def register_arbitrators(play: Play, cast: Cast, edition: Edition) -> None:
    for n, person in enumerate(ARBITRATORS):
        home = cast.judging[n % len(cast.judging)].id
        play.do(
            "RegisterArbitrator", ORGANIZER, seriesId=edition.series, person=f"persona:{person}", organizationId=home
        )


def announce(play: Play, stage: str) -> dict[str, Any]:
    """Proposed by an organiser, signed by a supervisor who names the digest that he saw."""
    play.do("ProposeResult", ORGANIZER, stageId=stage)
    proposed = play.ask("Result", ORGANIZER, stage=stage)
    play.do("WithdrawProposal", ORGANIZER, resultId=proposed["id"])
    play.do("ProposeResult", ORGANIZER, stageId=stage)
    assert play.ask("Result", "", stage=stage) is None
    announced = sign(play, stage)
    play.figures.update(results=1, placed=len(rows(play, announced["id"])))
    return announced


def sign(play: Play, stage: str) -> dict[str, Any]:
    """A supervisor signs what is proposed; the result as the public sees it then."""
    waiting = play.ask("Result", SUPERVISOR, stage=stage)
    digest = next(each["digest"] for each in waiting["versions"] if each["status"] == "PROPOSED")
    assert play.refused("CountersignResult", SUPERVISOR, resultId=waiting["id"], digest="0" * 64) == ["DIGEST_DIFFERS"]
    assert play.refused("CountersignResult", ORGANIZER, resultId=waiting["id"], digest=digest)
    play.do("CountersignResult", SUPERVISOR, resultId=waiting["id"], digest=digest)
    announced: dict[str, Any] = play.ask("Result", "", stage=stage)
    assert (announced["status"], announced["digest"]) == ("ANNOUNCED", digest)
    return announced


def rows(play: Play, result: str, person: str = "") -> list[Any]:
    return play.pages("ResultRows", person, result=result)


def verify(play: Play, result: str, folder: Path, *, whole: bool) -> None:
    """Anybody works a published result out anew, offline; an insider from the sheets on."""
    document = play.ask("ResultDocument", ORGANIZER if whole else "", result=result, whole=whole)
    page = folder / f"result-{whole}-{document['digest'][:8]}.json"
    page.write_text(json.dumps(document, ensure_ascii=False))
    play.hub.command("result", "verify", str(page))


def contest(play: Play, result: dict[str, Any]) -> tuple[str, str]:
    """Two institutions object, one to the last place and one to the second last; the public sees no row any more."""
    last, second_last = rows(play, result["id"])[-1], rows(play, result["id"])[-2]
    objections = [
        play.do(
            "FileObjection",
            _leader(row),
            resultId=result["id"],
            entryId=row["entryId"],
            ground="SCORING_ERROR",
            statement="分数合计有误，请复核。",
        )["objection"]
        for row in (last, second_last)
    ]
    frozen = play.ask("Result", "", stage=result["stage"]["id"])
    assert (frozen["status"], frozen["digest"], rows(play, result["id"])) == ("FROZEN", None, [])
    play.figures.update(objections=len(objections))
    return str(objections[0]["id"]), str(objections[1]["id"])


def _leader(row: dict[str, Any]) -> str:
    return f"leader-{row['province']['code']}"


def decide(play: Play, objection: str, *, uphold: bool) -> None:
    """A panel without a conflict votes; nobody sees how another one voted before all is decided."""
    seated = play.do("SeatArbitrators", ORGANIZER, objectionId=objection)["objection"]
    sitting = [seat["person"].removeprefix("persona:") for seat in seated["seats"] if seat["leftAt"] is None]
    for person in sitting[:2]:
        play.do("VoteOnObjection", person, objectionId=objection, uphold=uphold, reason="复核记录后作出决定")
    decided = play.ask("Objection", ORGANIZER, id=objection)
    assert decided["status"] == ("UPHELD" if uphold else "DISMISSED")


def judge_again(play: Play, cast: Cast, result: dict[str, Any], objection: str, judge: str) -> list[dict[str, Any]]:
    """The panel has one entry judged again; what was previewed is what is applied. Returns the difference."""
    panel = _panel(play, objection)
    entry = play.ask("Objection", ORGANIZER, id=objection)["entryId"]
    opened = play.do("OpenRejudging", panel, objectionId=objection, entryIds=[entry], people=[f"persona:{judge}"])[
        "rejudging"
    ]
    play.ask("BlindWorks", judge, stage=result["stage"]["id"], code=opened["tasks"][0]["code"])
    for task in opened["tasks"]:
        scores = [{"criterion": key, "points": str(most)} for key, most in CRITERIA.items()]
        given = {"rejudgingId": opened["id"], "sheetId": task["sheetId"], "scores": scores, "remark": "复评"}
        play.do("RejudgeSheet", judge, **given)
    previewed = play.ask("Rejudging", panel, id=opened["id"])
    stale = {"rejudgingId": opened["id"], "differenceDigest": hashlib.sha256(b"another").hexdigest()}
    assert play.refused("ApplyRejudging", panel, **stale) == ["DIFFERENCE_CHANGED"]
    before = {row["entryId"]: row["place"] for row in rows(play, result["id"], ORGANIZER)}
    play.do("ApplyRejudging", panel, rejudgingId=opened["id"], differenceDigest=previewed["differenceDigest"])
    sign(play, result["stage"]["id"])
    after = {row["entryId"]: row["place"] for row in rows(play, result["id"])}
    changed = {each["entryId"]: (each["placeBefore"], each["placeAfter"]) for each in previewed["difference"]}
    moved = {entry: (before[entry], after[entry]) for entry in before if before[entry] != after[entry]}
    assert moved == {entry: places for entry, places in changed.items() if places[0] != places[1]}
    return list(previewed["difference"])


def _panel(play: Play, objection: str) -> str:
    seats = play.ask("Objection", ORGANIZER, id=objection)["seats"]
    return str(seats[0]["person"]).removeprefix("persona:")


def let_become_final(play: Play, stages: list[str], within: timedelta) -> None:
    """The public notice ends without an open objection."""
    play.wait_for(play.now + within)
    for stage in stages:
        play.until(lambda stage=stage: _is_final(play, stage), "a result did not become final")


def _is_final(play: Play, stage: str) -> bool:
    return bool(play.ask("Result", "", stage=stage)["status"] == "FINAL")
