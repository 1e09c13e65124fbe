"""Judging: a judge's seats and sheets, and the sheet itself: saved by a form, or by its script while they write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from starlette.responses import JSONResponse, Response

from console import times
from console.answers import NOT_THERE, Done, Problem, Stop
from console.forms import Faults
from console.guarding import HEADERS
from console.screen import Screen
from console.visit import Visit

screen = Screen("judging")
POINTS, CHANGED = "points.", "CHANGED_MEANWHILE"
FIGURE = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)


@screen.shows("/judging")
async def judging(visit: Visit) -> Response:
    return await _sheets(visit, None)


@screen.shows("/judging/stages/{id}")
async def of_stage(visit: Visit) -> Response:
    return await _sheets(visit, visit.part("id"))


@screen.shows("/judging/seats/{id}/{answer}")
async def seat(visit: Visit) -> Response:
    return await _seat(visit, Faults())


@screen.does("/judging/seats/{id}/{answer}")
async def answer_seat(visit: Visit) -> Response:
    """Accepts or declines the seat, or declares a conflict with an institution."""
    word = visit.part("answer")
    if word == "conflict":
        done = await _declare(visit)
    elif word == "decline":
        done = await visit.do("DeclineSeat", seatId=visit.part("id"), reason=visit.typed("reason"))
    elif word == "accept":
        done = await visit.do("AcceptSeat", seatId=visit.part("id"))
    else:
        raise Stop(NOT_THERE)
    if done.problems:
        return await _seat(visit, Faults(done.problems, {"organizationId": "organization"}), 422)
    return visit.go("/judging", said=word)


@screen.shows("/judging/sheets/{id}")
async def sheet(visit: Visit) -> Response:
    return await _sheet(visit, await _found(visit), Faults())


@screen.does("/judging/sheets/{id}")
async def save(visit: Visit) -> Response:
    """Saves what was typed. The script of the page asks for JSON, and stays; a form leads on to the next page."""
    keys = [name.removeprefix(POINTS) for name in visit.form if name.startswith(POINTS)]
    figures = {key: unicodedata.normalize("NFKC", visit.typed(POINTS + key)).replace("。", ".") for key in keys}
    given = {key: figure for key, figure in figures.items() if figure}
    done = _unreadable(visit, given) or await visit.do(
        "SaveSheet",
        sheetId=visit.part("id"),
        scores=[{"criterion": key, "points": figure} for key, figure in given.items()],
        remark=visit.typed("remark"),
        rubricVersion=visit.typed("rubric") or None,
        version=_version(visit.typed("version")),
    )
    faults = Faults(done.problems, {f"scores.{place}.points": POINTS + key for place, key in enumerate(given)})
    changed = any(each.code == CHANGED for each in done.problems)
    if "application/json" in visit.request.headers.get("accept", ""):
        return _told_script(visit, done, faults, keys, changed=changed)
    if done.problems:
        return await _sheet(visit, await _found(visit), faults, 409 if changed else 422, changed=changed)
    path = f"/judging/sheets/{visit.part('id')}"
    return visit.go(f"{path}/submit") if visit.typed("then") else visit.go(path, said="saved")


@screen.shows("/judging/sheets/{id}/submit")
async def asked(visit: Visit) -> Response:
    return visit.page("submit.html", found=await _found(visit), faults=Faults())


@screen.does("/judging/sheets/{id}/submit")
async def submit(visit: Visit) -> Response:
    done = await visit.do("SubmitSheet", sheetId=visit.part("id"))
    found = await _found(visit)
    if done.problems:
        return visit.page("submit.html", 422, found=found, faults=Faults(done.problems))
    return visit.go(f"/judging/stages/{found['stage']['id']}", said="submitted")


async def _sheets(visit: Visit, stage: str | None) -> Response:
    """The seats, and the sheets of each stage; those of one stage where it is named.

    Those who run or supervise that stage and judge nothing there see how far its judges are.
    """
    seated, told = await visit.ask("Seats"), await visit.ask("Sheets", stage=stage, after=visit.query("after"))
    sheets = told.need("mySheets")
    if stage and not sheets["nodes"]:
        overseen = await visit.ask("Progress", stage=stage)
        if overseen["stage"] and overseen["judgingProgress"]:
            return visit.page("progress.html", stage=overseen["stage"], progress=overseen["judgingProgress"])
    seats = seated["mySeats"]["nodes"] if seated["mySeats"] else []
    groups = [list(each) for _, each in groupby(sheets["nodes"], lambda one: one["stage"]["id"])]
    stages = {each["stage"]["id"]: each["stage"] for each in seats}
    return visit.page("page.html", seated=seated, seats=seats, stages=stages, sheets=sheets, groups=groups, stage=stage)


async def _seat(visit: Visit, faults: Faults, status: int = 200) -> Response:
    word = visit.part("answer")
    if word not in ("accept", "decline", "conflict"):
        raise Stop(NOT_THERE)
    found = (await visit.ask("Seat", id=visit.part("id"))).need("node")
    if not found:
        raise Stop(NOT_THERE)
    searched = visit.query("search") or visit.typed("search")
    told = await visit.ask("Institutions", search=searched[:100]) if word == "conflict" and searched else None
    institutions = told.need("organizations")["nodes"] if told else None
    return visit.page(
        "seat.html", status, found=found, word=word, faults=faults, searched=searched, institutions=institutions
    )


async def _declare(visit: Visit) -> Done:
    found = (await visit.ask("Seat", id=visit.part("id"))).need("node")
    if not found or not found["candidate"]:
        raise Stop(NOT_THERE)
    given = {"organizationId": visit.typed("organization") or None, "reason": visit.typed("reason")}
    return await visit.do("DeclareConflict", candidateId=found["candidate"]["id"], **given)


async def _found(visit: Visit) -> dict[str, Any]:
    """The sheet, if it is the viewer's to write; those who run the stage have pages of their own, without what it says."""
    found: dict[str, Any] = (await visit.ask("Sheet", id=visit.part("id"))).need("node")
    if not found or found["code"] is None or found["version"] is None:
        raise Stop(NOT_THERE)
    return found


async def _sheet(
    visit: Visit, found: Mapping[str, Any], faults: Faults, status: int = 200, *, changed: bool = False
) -> Response:
    """The sheet with its work. What was typed stays; beside it stands what is saved, where that was changed elsewhere."""
    told = await visit.ask("Desk", stage=found["stage"]["id"], code=found["code"])
    saved = {each["criterion"]: each["points"] for each in found["scores"] or []}
    return visit.page(
        "sheet.html",
        status,
        found=found,
        told=told,
        rubric=told.need("rubric"),
        saved=saved,
        faults=faults,
        changed=changed,
        writes=any(each["name"] == "saveSheet" and each["allowed"] for each in found["actions"]),
        around=_around(found["id"], told["mySheets"]["nodes"] if told["mySheets"] else []),
    )


def _around(id_: str, sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The sheets before and after this one by code, and which one of how many it is."""
    ids = [each["id"] for each in sheets]
    if id_ not in ids:
        return {"before": None, "after": None, "place": None, "all": len(ids)}
    at = ids.index(id_)
    before, after = (sheets[at - 1] if at else None), (sheets[at + 1] if at + 1 < len(ids) else None)
    return {"before": before, "after": after, "place": at + 1, "all": len(ids)}


def _unreadable(visit: Visit, given: Mapping[str, str]) -> Done | None:
    """Refused before anything is asked where something is no figure, so that it can be said at its field."""
    word = visit.screen.library.in_(visit.locale)("no_figure")
    wrong = [Problem("", POINTS + key, word) for key, figure in given.items() if not FIGURE.fullmatch(figure)]
    return Done({}, tuple(wrong)) if wrong else None


def _version(text: str) -> int:
    """The version that the page was made from; one that is none is none that stands."""
    return int(text) if FIGURE.fullmatch(text) and "." not in text else 0


def _told_script(visit: Visit, done: Done, faults: Faults, keys: Sequence[str], *, changed: bool) -> Response:
    """What became of it: when it was saved and the key for the next time, or what is wrong at which field."""
    say = visit.screen.library.in_(visit.locale)
    if not done.problems:
        at = partial(times.moment, locale=visit.locale, now=visit.now)(visit.now.isoformat())
        saved = done.payload["sheet"]
        told = {"version": saved["version"], "total": saved["total"], "said": say("saved_at", at=at)}
    else:
        names = [POINTS + key for key in keys]
        wrong = {name: " ".join(faults.at(name)) for name in names if faults.at(name)}
        beside = " ".join(faults.beside(names))
        told = {"faults": wrong, "said": say("changed") if changed else beside or say("not_saved"), "changed": changed}
    status = 200 if not done.problems else 503 if done.unsettled else 422
    return JSONResponse({**told, "key": visit.new_key}, status, HEADERS)
