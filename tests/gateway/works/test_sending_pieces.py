"""Sending pieces: what arrives whole and as announced is kept; everything else is told why, and nothing of it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from httpx import Response

from contracts.events.judging.works import FILE_TICKET
from contracts.uploads import PIECE_TICKET
from gateway.transfers.settings import TransferSettings
from kit.files.store import StoreAway
from kit.files.tickets import tickets_of
from tests.gateway.works.sending import IN_BOTH_STORES, SENDER, WorksGateway, code, digest, works_gateway

FULL, LAST = b"a" * 1_000, b"b" * 500


@IN_BOTH_STORES
async def test_a_piece_is_kept_under_its_number(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=1_500)

    answers = [await gateway.put(ticket, 2, LAST), await gateway.put(ticket, 1, FULL)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert (gateway.kept(upload, 1), gateway.kept(upload, 2)) == (FULL, LAST)


@IN_BOTH_STORES
async def test_a_piece_may_come_again_and_the_last_one_stays(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=1_500)
    other = b"c" * 500

    for content in (LAST, LAST, other):
        assert (await gateway.put(ticket, 2, content)).status_code == 204

    assert gateway.kept(upload, 2) == other


@IN_BOTH_STORES
async def test_pieces_that_come_at_once_are_each_kept_whole(gateway: WorksGateway) -> None:
    contents = [os.urandom(300_000) for _ in range(4)]
    upload, ticket = gateway.ticket(size=1_200_000, piece_size=300_000)

    sent = [gateway.put(ticket, number, content) for number, content in enumerate(contents, start=1)]
    answers = await asyncio.gather(*sent)

    assert {answer.status_code for answer in answers} == {204}
    assert [gateway.kept(upload, number) for number in (1, 2, 3, 4)] == contents


async def test_the_same_piece_is_taken_in_once_at_a_time(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=500)
    gate = asyncio.Event()
    first = asyncio.create_task(gateway.put(ticket, 1, held_back(LAST, gate), content_digest=digest(LAST)))
    await gateway.settled()

    second = await gateway.put(ticket, 1, LAST)
    gate.set()

    assert code(second) == (409, "PIECE_UNDER_WAY")
    assert (await first).status_code == 204
    assert gateway.kept(upload, 1) == LAST
    assert (await gateway.put(ticket, 1, LAST)).status_code == 204


async def test_a_digest_of_the_representation_will_do_and_both_must_agree(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=500)

    by_other_name = await gateway.put(ticket, 1, LAST, content_digest="", repr_digest=digest(LAST))
    among_others = await gateway.put(ticket, 1, LAST, content_digest=f"sha-512=:AAAA:, {digest(LAST)}, md5=:AA==:")
    at_odds = await gateway.put(ticket, 1, LAST, repr_digest=digest(FULL))

    assert (by_other_name.status_code, among_others.status_code) == (204, 204)
    assert code(at_odds) == (400, "DIGEST_WRONG")
    assert gateway.kept(upload, 1) == LAST


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha-256=abc",
        "sha-256=:####:",
        "sha-256=:YWJj:",
        "sha-512=:AAAA:",
        "SHA-256=:" + "A" * 43 + "=:",
        "x" * 2000,
    ],
)
async def test_a_piece_without_a_digest_that_can_be_read_is_refused(gateway: WorksGateway, header: str) -> None:
    upload, ticket = gateway.ticket(size=500)

    assert code(await gateway.put(ticket, 1, LAST, content_digest=header)) == (400, "DIGEST_REQUIRED")
    assert gateway.kept(upload, 1) is None


@IN_BOTH_STORES
async def test_a_piece_with_a_wrong_digest_is_not_kept_and_leaves_the_one_before(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=500)

    assert code(await gateway.put(ticket, 1, LAST, content_digest=digest(FULL))) == (400, "DIGEST_WRONG")
    assert gateway.kept(upload, 1) is None
    await gateway.put(ticket, 1, LAST)
    assert code(await gateway.put(ticket, 1, b"x" * 500, content_digest=digest(LAST))) == (400, "DIGEST_WRONG")
    assert gateway.kept(upload, 1) == LAST


@IN_BOTH_STORES
async def test_a_piece_has_exactly_its_length(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=1_500)

    assert code(await gateway.put(ticket, 1, FULL + b"a")) == (413, "PIECE_TOO_LARGE")
    assert code(await gateway.put(ticket, 1, FULL[:-1])) == (400, "PIECE_TOO_SMALL")
    assert code(await gateway.put(ticket, 2, FULL)) == (413, "PIECE_TOO_LARGE")
    assert code(await gateway.put(ticket, 1, b"")) == (400, "PIECE_TOO_SMALL")
    assert (gateway.kept(upload, 1), gateway.kept(upload, 2)) == (None, None)


@IN_BOTH_STORES
async def test_a_body_that_does_not_say_how_long_it_is_is_cut_off_at_the_first_byte_too_many(
    gateway: WorksGateway,
) -> None:
    upload, ticket = gateway.ticket(size=1_000)
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(400)

    async def short() -> AsyncIterator[bytes]:
        yield bytes(999)

    assert code(await gateway.put(ticket, 1, endless(), content_digest=digest(FULL))) == (413, "PIECE_TOO_LARGE")
    assert taken <= 4
    assert code(await gateway.put(ticket, 1, short(), content_digest=digest(FULL))) == (400, "PIECE_TOO_SMALL")
    assert gateway.kept(upload, 1) is None


@IN_BOTH_STORES
async def test_a_large_piece_in_many_chunks_is_kept_whole(gateway: WorksGateway) -> None:
    content = os.urandom(6_000_000)
    upload, ticket = gateway.ticket(size=len(content), piece_size=8_000_000)

    async def in_chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 65_536):
            yield content[start : start + 65_536]

    assert (await gateway.put(ticket, 1, in_chunks(), content_digest=digest(content))).status_code == 204
    assert gateway.kept(upload, 1) == content


@pytest.mark.parametrize("number", ["0", "-1", "3", "999999999999999999999", "1.5", "one", "１", "0x1", "1 ", "%2e%2e"])
async def test_a_number_that_no_piece_has_is_refused(gateway: WorksGateway, number: str) -> None:
    _, ticket = gateway.ticket(size=1_500)

    assert code(await gateway.put(ticket, number, LAST)) == (404, "PIECE_OUT_OF_RANGE")


@IN_BOTH_STORES
async def test_a_sender_who_stops_half_way_leaves_nothing(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=1_000)

    async def breaking_off() -> AsyncIterator[bytes]:
        yield bytes(400)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await gateway.put(ticket, 1, breaking_off(), content_digest=digest(FULL))

    assert gateway.kept(upload, 1) is None


async def test_a_ticket_that_has_expired_was_changed_or_is_for_something_else_is_refused(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=500)
    head, claims, signature = ticket.split(".")
    larger = jwt.encode({**jwt.decode(ticket, options={"verify_signature": False}), "size": 5_000}, "z" * 32, "HS256")
    for_a_file = tickets_of(gateway.settings).sign(FILE_TICKET, {"version": upload}, until=gateway.clock.now())

    for other in (
        f"{head}.{claims}.{signature[::-1]}",
        f"{head}.{larger.split('.')[1]}.{signature}",
        larger,
        for_a_file,
        "a",
    ):
        assert code(await gateway.put(other, 1, LAST)) == (403, "TICKET_INVALID")
    gateway.clock.advance(timedelta(hours=1))
    assert code(await gateway.put(ticket, 1, LAST)) == (403, "TICKET_INVALID")
    assert gateway.kept(upload, 1) is None


async def test_the_ticket_of_one_person_is_of_no_use_to_another(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=500)

    assert code(await gateway.put(ticket, 1, LAST, viewer="somebody-else")) == (403, "TICKET_INVALID")
    assert code(await gateway.put(ticket, 1, LAST, viewer="")) == (401, "SIGN_IN_REQUIRED")
    broken = await gateway.put(ticket, 1, LAST, viewer="", authorization="Basic dTpw")
    assert code(broken) == (401, "INVALID_TOKEN")
    assert broken.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert gateway.kept(upload, 1) is None


async def test_a_compressed_piece_is_refused(gateway: WorksGateway) -> None:
    _, ticket = gateway.ticket(size=500)

    assert code(await gateway.put(ticket, 1, LAST, content_encoding="gzip")) == (415, "ENCODING_NOT_TAKEN")


async def test_problems_are_told_in_the_language_of_the_caller(gateway: WorksGateway) -> None:
    _, ticket = gateway.ticket(size=500)

    chinese = await gateway.put(ticket, 1, FULL, accept_language="zh")
    english = await gateway.put(ticket, 1, FULL, accept_language="en")

    assert chinese.json()["detail"] == "该分片须为 500 字节，收到的更多。"
    assert english.json()["detail"] == "This piece must have 500 bytes, and more arrived."


async def test_a_store_that_is_away_is_told_as_such(gateway: WorksGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    _, ticket = gateway.ticket(size=500)
    away = type("Away", (), {"draft": lambda _self, _key: _raise()})()
    monkeypatch.setattr("gateway.works.pieces.store_of", lambda _: away)

    answer = await gateway.put(ticket, 1, LAST)

    assert code(answer) == (503, "UNAVAILABLE")
    assert answer.headers["retry-after"] == "5"


async def test_more_pieces_than_memory_is_meant_for_are_sent_away_and_their_places_come_back(
    gateway: WorksGateway,
) -> None:
    gate, bounds = asyncio.Event(), gateway.settings.of(TransferSettings)
    senders = [f"teacher-{number // bounds.each}" for number in range(bounds.uploads + 1)]
    tickets = [gateway.ticket(size=500, person=sender)[1] for sender in senders]

    def begin(ticket: str, sender: str) -> asyncio.Task[Response]:
        content = held_back(LAST, gate)
        return asyncio.create_task(gateway.put(ticket, 1, content, sender, content_digest=digest(LAST)))

    sent = [begin(ticket, sender) for ticket, sender in zip(tickets, senders, strict=True)]
    done, _ = await asyncio.wait(sent, return_when=asyncio.FIRST_COMPLETED)
    refused = [await each for each in done]
    gate.set()
    answers = await asyncio.gather(*sent)

    assert [(code(answer), answer.headers["retry-after"]) for answer in refused] == [((503, "GATEWAY_BUSY"), "5")]
    assert [answer.status_code for answer in answers].count(204) == bounds.uploads
    assert (await gateway.put(tickets[-1], 1, LAST, senders[-1])).status_code == 204


async def test_a_piece_that_takes_too_long_is_given_up(gateway: WorksGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    upload, ticket = gateway.ticket(size=500)
    monkeypatch.setenv("HUB_TRANSFER_PATIENCE", "0.05")

    async with works_gateway() as hasty:
        answer = await hasty.put(ticket, 1, held_back(LAST, asyncio.Event()), content_digest=digest(LAST))

    assert code(answer) == (408, "PIECE_TOO_SLOW")
    assert answer.headers["connection"] == "close"
    assert gateway.kept(upload, 1) is None


async def test_pages_of_allowed_sites_may_send_pieces_with_their_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    monkeypatch.setenv("HUB_ALLOWED_ORIGINS", "https://hub.example.org")
    asked = {
        "origin": "https://hub.example.org",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "authorization,content-digest",
    }

    async with works_gateway() as gateway:
        answer = await gateway.client.options("/works/pieces/ticket/1", headers=asked)
        foreign = await gateway.client.options("/works/pieces/ticket/1", headers={**asked, "origin": "https://evil"})

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "https://hub.example.org")
    assert foreign.status_code == 400


async def test_only_put_is_taken(gateway: WorksGateway) -> None:
    _, ticket = gateway.ticket(size=500)

    for method in ("GET", "POST", "DELETE"):
        assert (await gateway.client.request(method, f"/works/pieces/{ticket}/1")).status_code == 405


def test_a_ticket_says_no_more_than_a_piece_needs(gateway: WorksGateway) -> None:
    upload, ticket = gateway.ticket(size=500)

    claims = jwt.decode(ticket, options={"verify_signature": False})

    assert claims == {
        "upload": upload,
        "person": SENDER,
        "size": 500,
        "piece_size": 1_000,
        "aud": PIECE_TICKET,
        "exp": claims["exp"],
    }


async def held_back(content: bytes, gate: asyncio.Event) -> AsyncIterator[bytes]:
    """The first bytes at once, the others once the gate is open."""
    yield content[:100]
    await gate.wait()
    yield content[100:]


def _raise() -> None:
    raise StoreAway("gone")
