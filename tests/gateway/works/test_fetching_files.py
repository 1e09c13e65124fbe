"""Fetching files: as something to save and never to run, and saying no more than the ticket allows."""

from __future__ import annotations

from datetime import timedelta

from contracts.refusals import NotFound
from contracts.uploads import PIECE_TICKET
from kit.files.tickets import Tickets, tickets_of
from tests.gateway.works.sending import IN_BOTH_STORES, WorksGateway, code

CONTENT = bytes(range(256)) * 1_000


@IN_BOTH_STORES
async def test_a_file_comes_byte_by_byte_as_an_attachment_that_nothing_runs(gateway: WorksGateway) -> None:
    gateway.holds(CONTENT, name="教案.pdf")

    answer = await gateway.get(gateway.file_ticket())

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert dict(answer.headers) == {
        "content-type": "application/pdf",
        "content-length": str(len(CONTENT)),
        "content-disposition": "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%95%99%E6%A1%88.pdf",
        "cache-control": "private, no-store",
        "content-security-policy": "sandbox; default-src 'none'",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "vary": "Origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


async def test_the_headers_are_had_without_the_file(gateway: WorksGateway) -> None:
    gateway.holds(CONTENT)

    answer = await gateway.get(gateway.file_ticket(), "HEAD")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(CONTENT))


async def test_only_a_ticket_for_a_file_of_this_hub_that_still_holds_opens_one(gateway: WorksGateway) -> None:
    gateway.holds(CONTENT)
    until = gateway.clock.now() + timedelta(hours=1)
    foreign = Tickets("f" * 32).sign("works.file", {"version": "v"}, until=until)
    for_a_piece = tickets_of(gateway.settings).sign(PIECE_TICKET, {"version": "v"}, until=until)
    ticket = gateway.file_ticket()

    for bad in (foreign, for_a_piece, "x", ticket + "x"):
        assert code(await gateway.get(bad)) == (403, "TICKET_INVALID")
    gateway.clock.advance(timedelta(hours=1))
    assert code(await gateway.get(ticket)) == (403, "TICKET_INVALID")
    assert gateway.events.calls == []


@IN_BOTH_STORES
async def test_a_file_that_is_no_longer_there_is_not_found(gateway: WorksGateway) -> None:
    gateway.events.file = NotFound("ticket")
    assert code(await gateway.get(gateway.file_ticket())) == (404, "NOT_FOUND")

    gateway.holds(CONTENT)
    gateway.store.delete("works/one")
    assert code(await gateway.get(gateway.file_ticket())) == (404, "NOT_FOUND")


async def test_a_path_in_place_of_a_ticket_leads_nowhere(gateway: WorksGateway) -> None:
    for path in ("..%2f..%2fetc%2fpasswd", "../../etc/passwd", "works/one", "%00"):
        answer = await gateway.client.get(f"/works/files/{path}")
        assert answer.status_code in {403, 404}
    assert gateway.events.calls == []
