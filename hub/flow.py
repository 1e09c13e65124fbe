"""Flow: performs one command on a running hub and prints each hop that it and its messages made, with the time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click
import httpx
from sqlalchemy import select

from gateway.graph.relay import from_global_id
from hub.databases import session_of
from hub.personas import sign_in
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow, history
from kit.settings import SERVICES, Settings

COLLEGE = "quzhou-college"
OPEN = ("APPLIED", "MEMBER")
BETWEEN = ("INVITED", "IN_REVIEW", "SUSPENDED")
AS_IT_IS = (
    "成员资格 {id} 的状态为 {status}，演示流程不改动它；请先处理，或换用空的 HUB_HOME"
    " · the membership {id} is {status}, which is left as it is: settle it first, or use an empty HUB_HOME"
)
SETTLE = 1.0  # seconds until every subscriber has surely handled what one command said
_FIND = """query { alliances(kind: VOCATIONAL_GROUP, region: "340000", first: 1) { nodes { id nameZh } }
                   organizations(name: "衢州职业技术学院", first: 1) { nodes { id nameZh } } }"""
_STEP = """mutation($input: {name}Input!) {{ {field}(input: $input) {{ membership {{ id }} problems {{ code message }} }} }}"""
_MINE = "query { myMemberships(first: 100) { nodes { id status alliance { id } } } }"


@dataclass(frozen=True)
class Hop:
    """Something that the command's messages did, and when."""

    at: datetime
    what: str


def show_flow(settings: Settings, url: str | None) -> None:
    """Let a demo institution apply (leaving first where it is a member) and its alliance admit it; print the hops.

    In the end it is what it was before: a member, an applicant, or neither.
    """
    hub = Walker(settings, url or f"http://{settings.host}:{settings.port}/graphql")
    before = hub.standing()
    membership = hub.apply(before)
    time.sleep(SETTLE)
    began = datetime.now(UTC)
    hub.step("secretariat", "admitMember", membershipId=membership)
    answered = datetime.now(UTC)
    click.echo(f"{0:8.1f} ms  GraphQL admitMember is sent to the gateway")
    time.sleep(SETTLE)
    hops = sorted([Hop(answered, "the gateway answers"), *_hops(settings, membership)], key=lambda hop: hop.at)
    hub.restore(membership, before)
    for hop in hops:
        click.echo(f"{(hop.at - began).total_seconds() * 1000:8.1f} ms  {hop.what}")


class Walker:
    """The running hub as the demo personas see it."""

    def __init__(self, settings: Settings, url: str) -> None:
        self._settings = settings
        self._url = url

        found = self.ask(COLLEGE, _FIND)
        self._alliance, self._college = (found[name]["nodes"][0]["id"] for name in ("alliances", "organizations"))

    def standing(self) -> Any:
        """The membership of the demo college in the demo group that is open: `id` and `status`; None where there is none."""
        mine = self.ask(COLLEGE, _MINE)["myMemberships"]["nodes"]
        for one in mine:
            if one["alliance"]["id"] == self._alliance and one["status"] in BETWEEN:
                raise click.ClickException(AS_IT_IS.format(status=one["status"], id=one["id"]))
            if one["alliance"]["id"] == self._alliance and one["status"] in OPEN:
                return one
        return None

    def apply(self, before: Any) -> str:
        """The id of an application of the college to the group: the one that stands, or a fresh one."""
        if before and before["status"] == "APPLIED":
            return str(before["id"])
        if before:
            self.step(COLLEGE, "withdrawMember", membershipId=before["id"], reason="flow")
        return self._apply()

    def restore(self, membership: str, before: Any) -> None:
        """Leave, and apply again, unless the college was a member before."""
        if before is None or before["status"] == "APPLIED":
            self.step(COLLEGE, "withdrawMember", membershipId=membership, reason="flow")
        if before and before["status"] == "APPLIED":
            self._apply()

    def _apply(self) -> str:
        return self.step(COLLEGE, "applyForMembership", allianceId=self._alliance, organizationId=self._college)

    def step(self, persona: str, field: str, **input_: str) -> str:
        document = _STEP.format(name=field[0].upper() + field[1:], field=field)
        payload = self.ask(persona, document, input_)[field]
        if payload["problems"]:
            raise click.ClickException(str(payload["problems"]))
        return str(payload["membership"]["id"])

    def ask(self, persona: str, document: str, input_: dict[str, str] | None = None) -> Any:
        token = sign_in(self._settings, persona, 1)
        try:
            answer = httpx.post(
                self._url,
                json={"query": document, "variables": {"input": input_} if input_ else {}},
                headers={"Authorization": f"Bearer {token}"},
                timeout=10,
            ).json()
        except httpx.TransportError:
            raise click.ClickException(f"no hub answers at {self._url}: start one with `make run`") from None
        if "errors" in answer:
            raise click.ClickException(f"{answer['errors']} (HUB_HOME {self._settings.home.absolute()})")
        return answer["data"]


def _hops(settings: Settings, membership: str) -> Iterator[Hop]:
    """What the journals and inboxes of the four services remember of the last course of events about a membership."""
    _, membership_id = from_global_id(membership)
    with session_of(settings, "alliances") as session:
        correlation_id = history(session, "membership", membership_id)[-1].correlation_id
    for service in SERVICES:
        with session_of(settings, service) as session:
            for sent in session.scalars(select(OutboxRow).where(OutboxRow.correlation_id == correlation_id)):
                yield Hop(sent.time, f"{service} begins the transaction that records {sent.type}")
                if sent.sent_at:
                    yield Hop(sent.sent_at, f"the relay of {service} has the broker's confirm for {sent.type}")
            for taken in session.scalars(select(InboxRow).where(InboxRow.correlation_id == correlation_id)):
                yield Hop(taken.received_at, f"{taken.handler} handles {taken.type}")
