"""A work of many pieces on a hub in processes of its own, with its files in a bucket: sent, completed, fetched, and timed."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.running.client import Client
from tests.running.fixtures import distributed
from tests.running.processes import RunningHub, running, wait_until
from tests.running.season import ANHUI, office, register
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.s3 import ObjectStore

SIZE = 60_000_000
DAY = 86_400.0


@pytest.fixture(params=["embedded", pytest.param("distributed", marks=pytest.mark.live)])
def storing_hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningHub]:
    """A hub in one process with a folder, and a hub in five with a bucket."""
    if request.param == "embedded":
        made = RunningHub(tmp_path)
    else:
        broker: RabbitMQ = request.getfixturevalue("rabbitmq")
        server: PostgreSQL = request.getfixturevalue("postgres")
        store: ObjectStore = request.getfixturevalue("object_store")
        settings = {"HUB_STORE": store.bucket(), "HUB_STORE_KEY": "key", "HUB_STORE_SECRET": "secret"}
        made = distributed(tmp_path, broker, server, HUB_TICKET_SECRET="t" * 40, **settings)
    with running(made) as hub:
        yield hub


def test_a_work_of_many_pieces_goes_in_and_comes_out_whole(storing_hub: RunningHub) -> None:
    content = b"%PDF-1.7\n" + os.urandom(SIZE)
    teacher, entry_id = competing(storing_hub)
    digest = hashlib.sha256(content).hexdigest()
    file = {"name": "教案.pdf", "mediaType": "application/pdf", "size": len(content), "sha256": digest}

    upload = teacher.do("beginUpload", "upload { id pieceSize pieces url }", entryId=entry_id, **file)["upload"]
    sent = timed(lambda: [send(storing_hub, upload, content, number) for number in range(1, upload["pieces"] + 1)])
    completed = timed(lambda: complete(teacher, upload["id"]))
    url = teacher.ask("query($entry: ID!) { works(entry: $entry) { versions { url } } }", entry=entry_id)["works"][0]
    fetched = timed(lambda: storing_hub.http.get(base(storing_hub) + url["versions"][0]["url"]))

    print(
        f"\n{SIZE / 1e6:.0f} MB sent in {sent[1]:.2f} s, completed in {completed[1]:.2f} s, fetched in {fetched[1]:.2f} s"
    )
    assert sent[0] == [204] * upload["pieces"]
    assert [version["sha256"] for version in completed[0]["versions"]] == [digest]
    assert fetched[0].content == content


def competing(hub: RunningHub) -> tuple[Client, str]:
    """A representative and the id of an entry of theirs, while works are taken."""
    institution = register(hub, "huangshan", email=False)
    now = datetime.now(UTC)
    competition = wait_until(lambda: drafted(hub, now), 60, "the competition could not be drafted")
    office(hub).do("publishCompetition", "competition { id }", competitionId=competition["id"])
    given = {"trackId": competition["tracks"][0]["id"], "organizationId": institution.id, "contestant": "第一队"}
    client = institution.representative
    entry = wait_until(
        lambda: client.payload("submitEntry", "entry { id }", **given)["entry"], 60, "no entry was taken"
    )
    hub.move_clock(2 * DAY)
    asked = "query($id: ID!) { competition(id: $id) { status } }"
    closed = {"competition": {"status": "CLOSED"}}
    wait_until(lambda: client.ask(asked, id=competition["id"]) == closed, 60, "the entries were not closed")
    hub.move_clock(DAY)
    return client, str(entry["id"])


def drafted(hub: RunningHub, now: datetime) -> dict[str, Any] | None:
    """A competition with a phase of works, once events has heard of the hub office."""
    opens, closes = now + timedelta(days=2, hours=12), now + timedelta(days=9)
    payload = office(hub).payload(
        "draftCompetition",
        "competition { id tracks { id } }",
        series={"nameZh": "大赛", "nameEn": "Contest"},
        number=1,
        hostRegion=ANHUI,
        opensAt=(now - timedelta(days=1)).isoformat(),
        closesAt=(now + timedelta(days=1)).isoformat(),
        tracks=[{"nameZh": "小学组", "nameEn": "Primary", "quotas": [{"province": ANHUI, "places": 5}]}],
        phases=[{"round": 1, "kind": "WORKS", "opensAt": opens.isoformat(), "closesAt": closes.isoformat()}],
    )
    found: dict[str, Any] | None = payload["competition"]
    return found


def complete(client: Client, upload_id: str) -> Any:
    """The work, asked for again where the first answer came too late."""
    asked = {"uploadId": upload_id}
    returning = "work { versions { number sha256 url } }"
    for _ in range(5):
        answer = client.answer(
            f"mutation($input: CompleteUploadInput!) {{ completeUpload(input: $input) {{ {returning} problems {{ code }} }} }}",
            input=asked,
        )
        if "errors" not in answer and "STILL_RUNNING" not in str(answer):
            break
    payload = answer["data"]["completeUpload"]
    assert payload["problems"] == []
    return payload["work"]


def send(hub: RunningHub, upload: dict[str, Any], content: bytes, number: int) -> int:
    start = (number - 1) * upload["pieceSize"]
    piece = content[start : start + upload["pieceSize"]]
    digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    headers = {"authorization": f"Bearer {hub.token('huangshan')}", "repr-digest": f"sha-256=:{digest}:"}
    return hub.http.put(f"{base(hub)}{upload['url']}/{number}", content=piece, headers=headers).status_code


def base(hub: RunningHub) -> str:
    return hub.url.removesuffix("/graphql")


def timed(deed: Any) -> tuple[Any, float]:
    began = time.monotonic()
    return deed(), time.monotonic() - began
