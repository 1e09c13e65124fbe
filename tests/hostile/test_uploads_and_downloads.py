"""Whoever sends or fetches files slowly, often or not at all keeps nobody else out, and is cut off."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.hostile.transferring import Wire, closed, content_of, on_a_socket, status
from tests.running.processes import wait_until

SMALL, LARGE = content_of(3_200, "small"), content_of(9_600_000, "large")
PATIENCE = 60.0


@pytest.fixture
def patient(home: Path) -> Iterator[Wire]:
    """A gateway that lets nobody's patience run out in the time of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUB_TRANSFER_PATIENCE", "300")
        with on_a_socket() as wire:
            yield wire


@pytest.fixture
def hasty(home: Path) -> Iterator[Wire]:
    """A gateway that soon cuts off who is slow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUB_TRANSFER_PATIENCE", "0.3")
        with on_a_socket() as wire:
            yield wire


@pytest.mark.parametrize("sent", [0, 1])
def test_an_entrant_with_hanging_connections_keeps_nobody_out(patient: Wire, sent: int) -> None:
    for _ in range(4):
        patient.begin("hostile", SMALL, sent=sent)
    wait_until(lambda: _refused(patient, "hostile"), PATIENCE, "the places were not taken")
    refused = {patient.begin("hostile", SMALL, sent=sent).status() for _ in range(36)}

    honest = [patient.begin(f"honest-{number}", SMALL, sent=len(SMALL)) for number in range(3)]

    assert [each.status() for each in honest] == [204] * 3
    assert refused == {429}
    assert all(patient.kept(each) for each in honest)


def test_many_who_send_nothing_hold_no_place_of_those_that_all_share(patient: Wire) -> None:
    hanging = [patient.begin(f"hostile-{number // 4}", SMALL) for number in range(64)]

    honest = patient.begin("honest", SMALL, sent=len(SMALL))

    assert honest.status() == 204
    hanging[0].rest()
    assert hanging[0].status() == 204


def test_who_breaks_off_leaves_the_place_at_once(patient: Wire) -> None:
    for _ in range(3):
        hanging = [patient.begin("teacher", SMALL, sent=1) for _ in range(4)]
        wait_until(lambda: _refused(patient), PATIENCE, "the places were not taken")
        for each in hanging:
            each.caller.close()

        wait_until(lambda: not _refused(patient), PATIENCE, "the places did not come back")


@pytest.mark.parametrize("sent", [0, 1, 3_000])
def test_a_sender_who_stops_is_cut_off_and_told(hasty: Wire, sent: int) -> None:
    stopping = hasty.begin("hostile", SMALL, sent=sent)

    answer = closed(stopping.caller)

    assert answer.startswith(b"HTTP/1.1 408 ") and b"PIECE_TOO_SLOW" in answer
    assert not hasty.kept(stopping)


def test_a_sender_who_drips_is_cut_off_though_never_silent_for_long(hasty: Wire) -> None:
    dripping = hasty.begin("hostile", SMALL)
    dripping.caller.settimeout(0.05)
    answer = b""

    for number in range(400):
        try:
            with suppress(ConnectionError):  # the answer may be on its way already
                dripping.caller.sendall(SMALL[number : number + 1])
            answer = dripping.caller.recv(65_536)
            break
        except TimeoutError:
            continue

    assert answer.startswith(b"HTTP/1.1 408 ")


def test_readers_who_take_nothing_hold_few_places(patient: Wire) -> None:
    ticket = patient.holds(LARGE)
    for _ in range(4):
        _fetched(patient, ticket)

    assert status(patient.fetch(ticket, "teacher")) == 429
    assert closed_after(patient.fetch(ticket, "honest"), len(LARGE))


def test_readers_who_take_nothing_lose_their_places(hasty: Wire) -> None:
    ticket = hasty.holds(LARGE)
    hanging = [hasty.fetch(ticket, "hostile", buffer=4_096) for _ in range(4)]

    wait_until(lambda: status(hasty.fetch(ticket, "hostile")) == 200, PATIENCE, "the places did not come back")
    assert all(len(closed(each)) < len(LARGE) for each in hanging)


def test_a_reader_who_goes_away_leaves_the_place_at_once(patient: Wire) -> None:
    ticket = patient.holds(LARGE)
    for _ in range(3):
        hanging = [_fetched(patient, ticket) for _ in range(4)]
        assert status(patient.fetch(ticket, "teacher")) == 429
        for each in hanging:
            each.close()


def closed_after(caller: socket.socket, count: int) -> bool:
    """Whether at least so many bytes come."""
    found = 0
    while found < count:
        chunk = caller.recv(65_536)
        if not chunk:
            return False
        found += len(chunk)
    return True


def _refused(wire: Wire, person: str = "teacher") -> bool:
    """Whether somebody who sends a whole piece is refused for the places that are taken."""
    return wire.begin(person, SMALL, sent=len(SMALL)).status() == 429


def _fetched(wire: Wire, ticket: str) -> socket.socket:
    """A download that is under way, once there is a place for it."""

    def begun() -> socket.socket | None:
        caller = wire.fetch(ticket, "teacher", buffer=4_096)
        return caller if status(caller) == 200 else None

    return wait_until(begun, PATIENCE, "the places did not come back")
