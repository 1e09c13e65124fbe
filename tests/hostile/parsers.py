"""Parsers: all that reads strangers' bytes, each with the errors that it may raise; any other error is a finding."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import orjson

from contracts.base import Refusal
from contracts.refusals import NotFound
from gateway.locale import negotiate
from gateway.protocol.documents import Documents
from gateway.protocol.faults import Fault
from gateway.protocol.media import best_offer
from gateway.protocol.operations import read_parameters
from gateway.schema import graphql_schema
from gateway.sign_in.own_tokens import OwnTokens
from gateway.viewer import InvalidToken
from gateway.works.digest import digests_of
from kit.data.paging import cursor_of, place_of
from kit.files.tickets import BadTicket, Tickets
from kit.sheets.sheet import read_sheet
from kit.sheets.workbook import Xlsx
from kit.wire.envelope import CONTENT_TYPE, NotAMessage, from_amqp, to_amqp
from kit.wire.reply import read_reply
from kit.wire.request import Malformed, from_wire, refused_payload
from services.alliances.membership.importing.service import LAYOUT as MEMBERS
from services.events.admission.entering.roster import read_roster
from services.events.competitions.sections import SECTIONS
from services.events.editions.rulesets.reading import rulebook
from services.projects.planning.plans.reading import read_plan
from tests.gateway.sign_in.forging import private_key
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteWritten

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TOKENS = OwnTokens(private_key("ed-own"), now=lambda: NOON)
TICKETS = Tickets("a secret of more than thirty-two characters")
BODY, _, HEADERS = to_amqp(said(NoteWritten(note_id="1", text="甲")))


@dataclass(frozen=True)
class Parser:
    """`read` is given any bytes; it may raise what is `refused`; `seeds` are good inputs, from which fuzzers start."""

    read: Callable[[bytes], Any]
    refused: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]

    def tried(self, data: bytes) -> bool:
        """Whether it was taken; raises whatever it must not raise."""
        try:
            self.read(data)
        except self.refused:
            return False
        return True


@cache
def documents() -> Documents:
    return Documents(graphql_schema())


def _loose(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _json(data: bytes) -> Any:
    """What JSON says; bytes that are none are a text, so that every input reaches the parser."""
    try:
        return orjson.loads(data)
    except ValueError:
        return data.decode("latin-1")


def _request(data: bytes) -> Any:
    found = _json(data)
    headers = found.get("headers") if isinstance(found, dict) else None
    return from_wire("notes", "write", found, headers if isinstance(headers, dict) else {"hub.viewer": found})


def _message(data: bytes) -> Any:
    head, _, body = data.partition(b"\n\n")
    headers = _json(head)
    return from_amqp(body, CONTENT_TYPE, headers if isinstance(headers, dict) else HEADERS)


def _rules(data: bytes) -> Any:
    found = _json(data)
    return rulebook().complete(found if isinstance(found, dict) else {"scoring": found}, {"robot"}, SECTIONS)


def a_workbook() -> bytes:
    book = Xlsx("成员", [column.zh for column in MEMBERS.columns])
    book.add([["合肥学院", "", "高等学校", "340100", "Hefei University", "合院"]])
    with book.close() as file:
        return file.read()


PARSERS = {
    "roster": Parser(
        lambda data: read_roster(data, most_rows=20),
        (),
        ("赛道,单位,队名,姓名\nrobot,合肥一中,甲队,张三\n".encode(), '赛道;单位\t\n"'.encode("gb18030")),
    ),
    "workbook": Parser(lambda data: read_sheet(data, MEMBERS, most=20), (), (a_workbook(),)),
    "plan": Parser(
        lambda data: read_plan(_loose(data)),
        (),
        ("2026年工作要点\n一、总体要求\n1.到2027年，覆盖率达到95%以上。（责任单位：省教育厅）\n".encode(),),
    ),
    "rules": Parser(_rules, (Refusal,), (b'{"scoring": {}, "tracks": {"robot": {}}}',)),
    "document": Parser(
        lambda data: documents().read(_loose(data)),
        (),
        (b"query A($a: Int = 1) { alliances(first: $a) { nodes { ...F } } } fragment F on Alliance { name { zh } }",),
    ),
    "parameters": Parser(lambda data: read_parameters(_json(data)), (Fault,), (b'{"query": "{a}", "variables": {}}',)),
    "cursor": Parser(lambda data: place_of(_loose(data)), (Refusal,), (cursor_of(NOON, "a", 1).encode(),)),
    "token": Parser(
        lambda data: asyncio.run(TOKENS.verify(_loose(data))),
        (InvalidToken,),
        (TOKENS.issue("rep", name=None, email=None, lifetime=timedelta(hours=1), now=NOON).encode(),),
    ),
    "ticket": Parser(
        lambda data: TICKETS.verify(_loose(data), "file", now=NOON),
        (BadTicket,),
        (TICKETS.sign("file", {"version": "1"}, until=NOON + timedelta(hours=1)).encode(),),
    ),
    "message": Parser(_message, (NotAMessage,), (orjson.dumps(HEADERS) + b"\n\n" + BODY,)),
    "request": Parser(_request, (Malformed,), (b'{"kwargs": {}, "headers": {"hub.deadline": "1.5"}}',)),
    "reply": Parser(
        read_reply, (Malformed,), (b'{"result": [], "error": null}', orjson.dumps(refused_payload(NotFound("id"))))
    ),
    "digest": Parser(
        lambda data: digests_of({"content-digest": data.decode("latin-1")}),
        (Refusal,),
        (b"sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, md5=:x:",),
    ),
    "accept": Parser(
        lambda data: best_offer(data.decode("latin-1"), ("application/json", "text/html")),
        (),
        (b"text/html;q=0.9, */*;q=0.1",),
    ),
    "language": Parser(lambda data: negotiate(data.decode("latin-1"), None), (), (b"zh-Hans-CN;q=0.8, en;q=0.5",)),
}
