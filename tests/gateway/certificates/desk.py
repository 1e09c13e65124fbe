"""Desk: a gateway in front of a hub of events, asked as by whoever holds a certificate; and certificates to print."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pypdfium2
from httpx import ASGITransport, AsyncClient, Response
from PIL.Image import Image

from contracts.events.recognition.awards import AwardKind, WithdrawalGround
from gateway.app import create_app
from gateway.certificates.facts import Facts
from gateway.certificates.paper import Bilingual
from gateway.viewer import Identity
from hub.embedded import EmbeddedWire
from hub.settings import read_settings
from kit.broker.bus import Unavailable
from kit.wire.request import Payload, Request
from tests.services.events.events_hub import EventsHub
from tests.services.events.recognition.awards.awarding import Awarded, placed

HUB = "https://hub.example.cn"
NUMBER = "2026-YRD-7K3M-9QX2-H4TC"
ADDRESS = f"{HUB}/verify/{NUMBER}"
ISSUED = datetime(2026, 5, 17, 16, 30, tzinfo=UTC)  # the 18th in China


class Believing:
    """Takes the token for the id of a person."""

    async def verify(self, token: str) -> Identity:
        return Identity(token)


class Wire(EmbeddedWire):
    """Counts the calls, and fails them while `down`."""

    calls = 0
    down = False

    async def send(self, service: str, request: Request) -> Payload:
        self.calls += 1
        if self.down:
            raise Unavailable("nobody serves events")
        return await super().send(service, request)


class Desk:
    """Fetches addresses of the gateway without a token."""

    def __init__(self, events: EventsHub, client: AsyncClient, wire: Wire) -> None:
        self.events = events
        self.wire = wire
        self._client = client

    async def get(self, path: str, language: str = "zh-CN", **headers: str) -> Response:
        return await self._client.get(path.removeprefix(HUB), headers={"accept-language": language, **headers})

    async def json(self, path: str) -> Any:
        return (await self.get(path)).json()

    async def graph(self, document: str, viewer: str = "", **variables: Any) -> Any:
        """The data of a GraphQL answer without errors."""
        headers = {"authorization": f"Bearer {viewer}"} if viewer else {}
        body = {"query": document, "variables": variables}
        answer = (await self._client.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def awarded(self, **rules: Any) -> tuple[Awarded, str]:
        """A stage whose awards were given, and the number of the winner's certificate."""
        stage = placed(self.events, **rules)
        stage.grant()
        return stage, str(stage.award("a")["number"])


@asynccontextmanager
async def desk_at(events: EventsHub) -> AsyncIterator[Desk]:
    wire = Wire(events.hub.broker)
    app = create_app(read_settings(), wire, Believing(), lambda: {"ready": True})
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gateway") as client,
    ):
        yield Desk(events, client, wire)


def named(zh: str, en: str) -> Bilingual:
    return Bilingual(zh, en)


def facts(**changed: Any) -> Facts:
    """A certificate for one contestant, with some facts replaced."""
    given: dict[str, Any] = {
        "number": NUMBER,
        "kind": AwardKind.ENTRY,
        "recipient": "张三",
        "members": ("张三",),
        "advisers": ("李老师",),
        "organization": named("上海师范大学", "Shanghai Normal University"),
        "competition": named("长三角师范生教学基本功大赛", "Yangtze Delta Teaching Skills Contest"),
        "edition": named("第14届", "Edition 14"),
        "track": named("小学语文", "Primary School Chinese"),
        "round": named("决赛", "Final"),
        "prize": named("一等奖", "First Prize"),
        "achievement": "urn:uuid:5b1c1f8e-7a0e-5f0b-9a3a-0d5f3f3c2b11",
        "entry": "",
        "entry_prize": None,
        "issuers": (named("长三角教育协作枢纽", "Yangtze River Delta Education Hub"),),
        "issued_at": ISSUED,
        "withdrawn_at": None,
        "ground": None,
        "status_list": "018f0000-0000-7000-8000-000000000001",
        "status_index": 4711,
    }
    return Facts(**{**given, **changed})


def withdrawn(**changed: Any) -> Facts:
    when = datetime(2026, 6, 1, tzinfo=UTC)
    return facts(withdrawn_at=when, ground=WithdrawalGround.MISCONDUCT, **changed)


FOUR_BODIES = tuple(
    named(f"{name}省教育厅教育督导与竞赛管理办公室", f"Office for Contests, Department of Education of {name}")
    for name in ("江苏", "浙江", "安徽", "福建")
)
CASES = {
    "one": facts(),
    "a team": facts(
        recipient="星火燎原队",
        members=("欧阳震华", "司马相如·阿卜杜热依木", "王𬭎"),
        advisers=("诸葛㛃", "上官䶮"),
    ),
    "a name of a minority": facts(recipient="买买提·吐尔逊·阿卜杜拉·努尔买买提江"),
    "a large team": facts(recipient="百人合唱团", members=tuple(f"队员{number}号" for number in range(100))),
    "long names": facts(
        recipient="阿" * 100,
        competition=named("长三角" * 30, "Contest " * 25),
        track=named("跨学科" * 30, "Track " * 30),
        organization=named("大学" * 50, "University " * 18),
    ),
    "an adviser": facts(
        kind=AwardKind.ADVISER,
        recipient="诸葛孔明",
        members=(),
        advisers=(),
        prize=named("优秀指导教师", "Outstanding Adviser"),
        entry="星火燎原队",
        entry_prize=named("一等奖", "First Prize"),
    ),
    "an organisation": facts(
        kind=AwardKind.ORGANIZATION,
        recipient="上海师范大学",
        members=(),
        advisers=(),
        track=None,
        round=None,
        prize=named("优秀组织奖", "Outstanding Organisation"),
        issuers=FOUR_BODIES,
    ),
}
"""Certificates of every kind, with names as they come and as they hardly ever come."""


def first_page(pdf: bytes) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return document[0]


def picture(pdf: bytes) -> Image:
    """The page as 150 dots an inch show it."""
    return first_page(pdf).render(scale=150 / 72).to_pil()
