"""Works through the gateway alone: announced, sent in pieces, completed, read and fetched as a frontend does."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import Response

from tests.gateway.graph.events.competitions.competing import OFFICE, Gateway, published, registered

TEACHER = "teacher"
CONTENT = b"%PDF-1.7\n".ljust(2_500, b"x")
UPLOAD = "upload { id pieceSize pieces url expiresAt }"
WORK = "work { id place counts stage { id } versions { number name mediaType size sha256 completedAt counts url } }"


async def test_a_file_goes_in_by_pieces_and_comes_out_whole(gateway: Gateway) -> None:
    entry_id = await competing(gateway)

    upload = (await gateway.do("beginUpload", UPLOAD, TEACHER, **announced(entry_id)))["upload"]
    sent = [await send(gateway, upload, number) for number in (3, 1, 2)]
    work = (await gateway.do("completeUpload", WORK, TEACHER, uploadId=upload["id"]))["work"]

    assert [answer.status_code for answer in sent] == [204] * 3
    [version] = work["versions"]
    assert (version["number"], version["name"], version["size"], version["counts"]) == (1, "教案.pdf", 2_500, False)
    assert work["stage"]["id"]
    [read] = (
        await gateway.ask(
            "query($entry: ID!) { works(entry: $entry) { id versions { url } } }", TEACHER, entry=entry_id
        )
    )["works"]
    fetched = await gateway._client.get(read["versions"][0]["url"])
    assert (read["id"], fetched.content) == (work["id"], CONTENT)
    assert fetched.headers["content-disposition"].startswith("attachment;")


async def test_a_new_version_is_of_the_work_that_it_names(gateway: Gateway) -> None:
    entry_id = await competing(gateway)
    upload = (await gateway.do("beginUpload", UPLOAD, TEACHER, **announced(entry_id)))["upload"]
    for number in (1, 2, 3):
        await send(gateway, upload, number)
    work = (await gateway.do("completeUpload", WORK, TEACHER, uploadId=upload["id"]))["work"]

    again = announced(entry_id) | {"workId": work["id"]}
    newer = (await gateway.do("beginUpload", UPLOAD, TEACHER, **again))["upload"]
    missing = await gateway.payload("completeUpload", WORK, TEACHER, uploadId=newer["id"])

    assert missing["work"] is None
    assert [(each["code"], each["field"]) for each in missing["problems"]] == [("PIECES_MISSING", "uploadId")]
    assert missing["problems"][0]["message"] == "These pieces have not arrived: 1, 2, 3."


async def test_refusals_are_told_as_problems_and_strangers_see_nothing(gateway: Gateway) -> None:
    entry_id = await competing(gateway)

    payload = await gateway.payload("beginUpload", UPLOAD, TEACHER, **announced(entry_id) | {"mediaType": "text/html"})
    foreign = await gateway.payload("beginUpload", UPLOAD, "stranger", **announced(entry_id))
    works = await gateway.answer("query($entry: ID!) { works(entry: $entry) { id } }", "stranger", entry=entry_id)
    blind = await gateway.answer(
        'query($stage: ID!) { blindWorks(stage: $stage, code: "A-22222") { url } }',
        OFFICE,
        stage=await stage_of(gateway, entry_id),
    )

    assert [(each["code"], each["field"]) for each in payload["problems"]] == [("MEDIA_TYPE_NOT_TAKEN", "mediaType")]
    assert [each["code"] for each in foreign["problems"]] == ["NOT_ALLOWED"]
    for refused in (works, blind):
        assert [error["extensions"]["code"] for error in refused["errors"]] == ["NOT_ALLOWED"]


async def competing(gateway: Gateway) -> str:
    """The id of an entry of TEACHER's organisation, while works are taken."""
    now = datetime.now(UTC)
    opens, closes = now + timedelta(days=3), now + timedelta(days=5)
    phases = [{"round": 1, "kind": "WORKS", "opensAt": opens.isoformat(), "closesAt": closes.isoformat()}]
    rules = {"works": {"bytes": 10_000, "piece_bytes": 1_000}}
    competition = await published(gateway, closesAt=(now + timedelta(days=2)).isoformat(), phases=phases, rules=rules)
    organization_id = await registered(gateway, "安徽", TEACHER)
    given = {"trackId": competition["tracks"][0]["id"], "organizationId": organization_id, "contestant": "第一队"}
    entry = (await gateway.do("submitEntry", "entry { id }", TEACHER, **given))["entry"]
    gateway.clock.advance(timedelta(days=2, minutes=1))
    await until(gateway, competition["id"], "CLOSED")
    gateway.clock.advance(timedelta(days=1))
    return str(entry["id"])


async def until(gateway: Gateway, competition_id: str, status: str) -> None:
    asked = "query($id: ID!) { competition(id: $id) { status } }"
    deadline = time.monotonic() + 60
    while (await gateway.ask(asked, OFFICE, id=competition_id))["competition"]["status"] != status:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def stage_of(gateway: Gateway, entry_id: str) -> str:
    asked = "query($id: ID!) { node(id: $id) { ... on Entry { competition { rounds { stages { id } } } } } }"
    found = (await gateway.ask(asked, TEACHER, id=entry_id))["node"]
    return str(found["competition"]["rounds"][0]["stages"][0]["id"])


async def send(gateway: Gateway, upload: dict[str, Any], number: int) -> Response:
    piece = CONTENT[(number - 1) * 1_000 : number * 1_000]
    digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    headers = {"authorization": f"Bearer {TEACHER}", "content-digest": f"sha-256=:{digest}:"}
    return await gateway._client.put(f"{upload['url']}/{number}", content=piece, headers=headers)


def announced(entry_id: str) -> dict[str, Any]:
    digest = hashlib.sha256(CONTENT).hexdigest()
    return {
        "entryId": entry_id,
        "name": "教案.pdf",
        "mediaType": "application/pdf",
        "size": len(CONTENT),
        "sha256": digest,
    }
